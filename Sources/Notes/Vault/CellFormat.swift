internal import Primitives
internal import Secrets

/// What a cell holds; also a hint in its id.
///
/// Source: Docs/formats/vault.md, "Cells".
enum CellKind: UInt8, CaseIterable {
    case slot = 1
    case visit = 2
    case log = 3
    case checkpoint = 4
    case blob = 5
}

/// Kind and sequence: what an id hints at and what the box's authenticated data says.
struct CellAddress: Hashable {
    let kind: CellKind
    /// Below 2^56.
    let sequence: UInt64

    static let greatestSequence: UInt64 = 1 << 56 - 1

    /// kind u8 ‖ sequence u56.
    var bytes: [UInt8] {
        var bytes = [kind.rawValue]
        for shift in stride(from: UInt64(48), through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: sequence >> shift))
        }
        return bytes
    }
}

/// Sizes and version of the one shape that all cells share.
enum CellFormat {
    static let version: UInt8 = 1
    static let checkByteCount = 16
    static let labelByteCount = 16
    static let idByteCount = checkByteCount + labelByteCount
    static let boxByteCount = 4_000
    /// Length u16 ‖ content ‖ zeros.
    static let textByteCount =
        boxByteCount - XChaChaPoly.nonceByteCount - XChaChaPoly.tagByteCount
    static let contentLimit = textByteCount - 2

    /// r: binds an id to its box, for chaff too.
    static func check(of box: Span<UInt8>) -> [UInt8] {
        BLAKE2b.hash(count: checkByteCount, of: box)
    }
}

/// A row as it is stored.
struct SealedCell: Hashable {
    /// r 16 ‖ label 16.
    let id: [UInt8]
    let box: [UInt8]

    /// Random bytes that nobody can tell from a cell whose key they lack.
    static func chaff(_ random: any RandomSource) -> SealedCell {
        let box = random.bytes(CellFormat.boxByteCount)
        let label = random.bytes(CellFormat.labelByteCount)
        return SealedCell(id: CellFormat.check(of: box.span) + label, box: box)
    }
}

/// The two keys for one owner's cells: one seals boxes, one recognises ids.
final class CellKeys: Sendable {
    private let sealKey: SecretBytes
    private let labelKey: SecretBytes

    /// - Parameters:
    ///   - master: 32 bytes: a KEK, a compartment's master key or a visit key.
    ///   - context: `AmpSlot1`, `AmpComp1` or `AmpVisit`.
    init(from master: borrowing SecretBytes, context: StaticString) {
        sealKey = Subkey.derive(1, context: context, from: master)
        labelKey = Subkey.derive(2, context: context, from: master)
    }

    /// - Precondition: `content` has at most `CellFormat.contentLimit` bytes.
    func seal(
        _ content: some Collection<UInt8>, at address: CellAddress, vault: ID16,
        random: any RandomSource
    ) -> SealedCell {
        precondition(content.count <= CellFormat.contentLimit, "a cell's content is bounded")
        var text = [UInt8(content.count >> 8), UInt8(content.count & 0xff)]
        text.reserveCapacity(CellFormat.textByteCount)
        text.append(contentsOf: content)
        text.append(
            contentsOf: repeatElement(0, count: CellFormat.textByteCount - text.count))
        defer { Zeroing.zero(&text) }

        let nonce = random.bytes(XChaChaPoly.nonceByteCount)
        var sealed = [UInt8](
            repeating: 0, count: CellFormat.boxByteCount - XChaChaPoly.nonceByteCount)
        var out = sealed.mutableSpan
        sealKey.withBytes { key in
            XChaChaPoly.seal(
                text.span, into: &out, key: key, nonce: nonce.span,
                authenticating: Self.authenticated(address, vault: vault).span)
        }
        let box = nonce + sealed
        let check = CellFormat.check(of: box.span)
        return SealedCell(id: check + label(of: address, check: check.span), box: box)
    }

    /// The content of a box, which must be a cell of this owner at this address.
    ///
    /// - Parameter text: Scratch space of `CellFormat.textByteCount` bytes; holds plaintext after.
    /// - Returns: nil when it is not, whatever the reason.
    func open(
        _ box: Span<UInt8>, at address: CellAddress, vault: ID16, using text: inout [UInt8]
    ) -> ArraySlice<UInt8>? {
        var out = text.mutableSpan
        return open(box, at: address, vault: vault, into: &out).map { text[$0] }
    }

    /// The same into a part of a larger space.
    ///
    /// - Returns: Where in `text` the content lies.
    func open(
        _ box: Span<UInt8>, at address: CellAddress, vault: ID16,
        into text: inout MutableSpan<UInt8>
    ) -> Range<Int>? {
        guard box.count == CellFormat.boxByteCount, text.count == CellFormat.textByteCount else {
            return nil
        }
        let nonceCount = XChaChaPoly.nonceByteCount
        do throws(PrimitiveError) {
            try sealKey.withBytes { (key) throws(PrimitiveError) in
                try XChaChaPoly.open(
                    box.extracting(nonceCount..<box.count), into: &text, key: key,
                    nonce: box.extracting(0..<nonceCount),
                    authenticating: Self.authenticated(address, vault: vault).span)
            }
        } catch { return nil }
        let count = Int(text[0]) << 8 | Int(text[1])
        guard count <= CellFormat.contentLimit else { return nil }
        // One spelling: the padding carries nothing.
        for place in 2 + count..<text.count where text[place] != 0 { return nil }
        return 2..<2 + count
    }

    /// Which of the owner's cells an id names, as far as anybody can tell before the box opens.
    ///
    /// - Returns: nil for an id of somebody else's cell or of chaff; a false match is 2^-64.
    func recognise(_ id: Span<UInt8>) -> CellAddress? {
        var mask = SmallBytes()
        mask.derive(id.extracting(0..<CellFormat.checkByteCount), key: labelKey)
        for index in 0..<8 where mask[index] != id[CellFormat.checkByteCount + index] { return nil }
        guard let kind = CellKind(rawValue: mask[8] ^ id[CellFormat.checkByteCount + 8]) else {
            return nil
        }
        var sequence: UInt64 = 0
        for index in 9..<16 {
            sequence = sequence << 8 | UInt64(mask[index] ^ id[CellFormat.checkByteCount + index])
        }
        return CellAddress(kind: kind, sequence: sequence)
    }

    /// HChaCha20(label key, r)[0..<16] XOR (8 zero bytes ‖ kind ‖ sequence).
    private func label(of address: CellAddress, check: Span<UInt8>) -> [UInt8] {
        var mask = SmallBytes()
        mask.derive(check, key: labelKey)
        let plain = [UInt8](repeating: 0, count: 8) + address.bytes
        return plain.indices.map { plain[$0] ^ mask[$0] }
    }

    /// Format version u8 ‖ vault id 16 ‖ kind u8 ‖ sequence u56.
    private static func authenticated(_ address: CellAddress, vault: ID16) -> [UInt8] {
        [CellFormat.version] + vault.bytes + address.bytes
    }
}

/// HChaCha20's output on the stack: a vault of 500,000 rows asks for it a million times.
private struct SmallBytes {
    private var bytes = InlineArray<32, UInt8>(repeating: 0)

    subscript(index: Int) -> UInt8 { bytes[index] }

    mutating func derive(_ input: Span<UInt8>, key: borrowing SecretBytes) {
        var out = bytes.mutableSpan
        key.withBytes { HChaCha20.derive(input, key: $0, into: &out) }
    }
}
