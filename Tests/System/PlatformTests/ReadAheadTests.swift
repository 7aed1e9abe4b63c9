import Platform
import TestSupport
import Testing

@Suite("reading ahead")
struct ReadAheadTests {
    @Test("every byte comes, in order, whatever the pieces", arguments: [0, 1, 999, 1_000, 70_001])
    func passesEverything(_ count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 / 3) }
        var seen: [UInt8] = []
        try MemoryInput(bytes, pieceSize: 700).readAhead(pieceByteCount: 1_000) { piece in
            seen.append(copying: piece)
        }
        #expect(seen == bytes)
    }

    @Test("what was read before a failure comes first, then the failure")
    func passesFailuresOn() {
        struct Broken: ByteInput {
            let good = MemoryInput([UInt8](repeating: 7, count: 2_500))

            func read(into span: inout MutableSpan<UInt8>) throws(StreamError) -> Int {
                let count = try good.read(into: &span)
                if count == 0 { throw .failed(code: 5) }
                return count
            }
        }
        var seen = 0
        #expect(throws: StreamError.failed(code: 5)) {
            try Broken().readAhead(pieceByteCount: 1_000) { seen += $0.count }
        }
        #expect(seen == 2_500)
    }
}
