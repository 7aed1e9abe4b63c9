internal import Bundles
internal import Minisign
internal import Platform
internal import Primitives
internal import Secrets

/// A text that ends with its signature, as sheets of plans do: kept until its end is known.
struct SignedText: Sendable {
    /// Of the trusted comment: a plan, for whom, and when.
    static let sheetOpening = "amparo sheet; "
    /// More than any sheet has; of a longer text nothing is kept.
    private static let byteLimit = 1 << 20
    private static let lineCount = 4

    private var bytes: [UInt8] = []
    private var isTooLong = false

    mutating func add(_ piece: Span<UInt8>) {
        guard !isTooLong, bytes.count + piece.count <= Self.byteLimit else {
            isTooLong = true
            return Zeroing.zero(&bytes)
        }
        bytes.append(copying: piece)
    }

    /// At the end of the text, which is zeroed.
    ///
    /// - Returns: nil for a text that does not end with the signature of a sheet.
    mutating func take() -> BundleSignature? {
        defer { Zeroing.zero(&bytes) }
        guard !isTooLong, bytes.last == UInt8(ascii: "\n") else { return nil }
        var start = bytes.count - 1
        for _ in 0..<Self.lineCount {
            guard let end = bytes[..<start].lastIndex(of: UInt8(ascii: "\n")) else { return nil }
            start = end
        }
        let text = Array(bytes[(start + 1)...])
        let comment = "\ntrusted comment: " + Self.sheetOpening
        guard (try? MinisignSignature(parsing: text.span)) != nil,
            String(decoding: text, as: UTF8.self).contains(comment)
        else { return nil }
        let sum = BLAKE2b.hash(
            count: Prehash.byteCount, of: bytes.span.extracting(0..<start + 1))
        return BundleSignature(sum: sum, text: text)
    }

    /// Whom a sheet is for, as its writer calls that person; nil for any other comment.
    static func reader(of comment: String) -> String? {
        guard comment.hasPrefix(sheetOpening) else { return nil }
        let parts = comment.split(separator: "; ")
        return parts.first { $0.hasPrefix("for ") }.map { String($0.dropFirst(4)) }
    }
}
