internal import CPlatform

/// An input that can lend its bytes where the system keeps them, in any order and to several threads
/// at a time: nothing is copied.
package protocol LendingInput: ByteInput {
    /// How many bytes there are to lend, from the beginning; 0 where only reading is possible.
    var lendableByteCount: Int { get }

    /// - Parameters:
    ///   - range: Whole multiples of 64 KiB, within what can be lent.
    ///   - use: Called once. It must read each byte once: another program may change it meanwhile.
    /// - Throws: When some of them could not be had; what `use` made of them is not to be used.
    func lend(_ range: Range<Int>, to use: (Span<UInt8>) -> Void) throws(StreamError)

    /// Makes the first read begin after `count` bytes, which were lent.
    func skip(_ count: Int) throws(StreamError)
}

extension Descriptor {
    func lend(_ range: Range<Int>, to use: (Span<UInt8>) -> Void) throws(StreamError) {
        do throws(FileError) {
            var loan = unsafe amparo_loan()
            try check(unsafe amparo_lend(number, Int64(range.lowerBound), range.count, &loan))
            let lent = unsafe UnsafeBufferPointer(start: loan.bytes, count: loan.count)
            unsafe use(lent.span)
            try check(unsafe amparo_give_back(&loan))
        } catch { throw error.asStreamError }
    }
}
