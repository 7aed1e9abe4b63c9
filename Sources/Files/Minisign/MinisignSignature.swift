internal import Encoding
internal import Primitives

/// A detached signature file: four lines.
///
/// untrusted comment · base64(algorithm 2 ‖ key ID 8 ‖ signature 64) · trusted comment ·
/// base64(Ed25519(signature ‖ trusted comment) 64).
///
/// The trusted comment can be had from `verify` only: nobody shows it before both signatures hold.
///
/// Source: minisign.c, `sig_load`.
package struct MinisignSignature: Hashable, Sendable {
    package enum Algorithm: Hashable, Sendable {
        /// `ED`: Ed25519 over the content's BLAKE2b-512. What we write.
        case prehashed
        /// `Ed`: Ed25519 over the content itself. A content that is the hash of a signed one
        /// verifies under this kind too: one signature, two documents. Read only when asked for.
        case legacy

        var name: [UInt8] {
            switch self {
            case .prehashed: Array("ED".utf8)
            case .legacy: Array("Ed".utf8)
            }
        }
    }

    /// Says neither the file's name nor the time of signing, either of which can betray a source.
    package static let quietComment = "hashed"
    package static let untrustedComment = "signature from minisign secret key"
    /// Longest signature file: what a reader has to fetch.
    package static let maximumByteCount = Lines.maximumByteCount

    package let algorithm: Algorithm
    package let keyID: MinisignKeyID
    private let untrusted: Comment
    private let trusted: Comment
    /// 64 bytes over the content or its hash.
    private let signature: [UInt8]
    /// 64 bytes over `signature` and the trusted comment.
    private let globalSignature: [UInt8]

    init(
        algorithm: Algorithm, keyID: MinisignKeyID, untrusted: Comment, trusted: Comment,
        signature: [UInt8], globalSignature: [UInt8]
    ) {
        self.algorithm = algorithm
        self.keyID = keyID
        self.untrusted = untrusted
        self.trusted = trusted
        self.signature = signature
        self.globalSignature = globalSignature
    }

    package init(parsing text: Span<UInt8>) throws(MinisignError) {
        let lines = try Lines.split(text)
        guard lines.count != 2 else { throw .missingTrustedComment }
        guard lines.count == 4 else { throw .lineCount(found: lines.count, expected: 4) }
        let untrusted = try Comment(parsing: text.extracting(lines[0]), .untrusted, line: 1)
        let head = try Lines.decode(text.extracting(lines[1]), count: 74, line: 2)
        let algorithm: Algorithm
        switch Array(head[0..<2]) {
        case Algorithm.prehashed.name: algorithm = .prehashed
        case Algorithm.legacy.name: algorithm = .legacy
        default: throw .unknownAlgorithm(Array(head[0..<2]))
        }
        self.init(
            algorithm: algorithm, keyID: MinisignKeyID(Array(head[2..<10])),
            untrusted: untrusted,
            trusted: try Comment(parsing: text.extracting(lines[2]), .trusted, line: 3),
            signature: Array(head[10..<74]),
            globalSignature: try Lines.decode(text.extracting(lines[3]), count: 64, line: 4))
    }

    /// Whether a comment may be signed.
    ///
    /// - Throws: `.unprintableComment` or `.commentTooLong`.
    package static func check(trustedComment: String) throws(MinisignError) {
        _ = try Comment(trustedComment, .trusted, line: 3)
    }

    package func serialized() -> [UInt8] {
        let head = algorithm.name + keyID.bytes + signature
        return untrusted.line + Base64.encode(head.span, .padded) + [10]
            + trusted.line + Base64.encode(globalSignature.span, .padded) + [10]
    }

    /// Checks a prehashed signature.
    ///
    /// - Returns: The trusted comment, which is now worth its name.
    /// - Throws: `.legacySignature` for the old kind; `.keyIDMismatch`, `.badSignature`,
    ///   `.badTrustedComment`, in this order.
    package func verify(
        _ content: Prehash, with key: MinisignPublicKey
    ) throws(MinisignError) -> String {
        guard algorithm == .prehashed else { throw .legacySignature }
        return try verify(message: content.bytes.span, with: key)
    }

    /// Checks a signature of either kind over a content in memory: the legacy kind needs all of it.
    package func verifyAllowingLegacy(
        _ content: Span<UInt8>, with key: MinisignPublicKey
    ) throws(MinisignError) -> String {
        switch algorithm {
        case .prehashed: try verify(Prehash(of: content), with: key)
        case .legacy: try verify(message: content, with: key)
        }
    }

    private func verify(
        message: Span<UInt8>, with key: MinisignPublicKey
    ) throws(MinisignError) -> String {
        guard keyID == key.keyID else { throw .keyIDMismatch(signature: keyID, key: key.keyID) }
        guard Ed25519.verify(signature.span, of: message, publicKey: key.bytes.span) else {
            throw .badSignature
        }
        let signed = Self.globalMessage(signature, trusted)
        guard Ed25519.verify(globalSignature.span, of: signed.span, publicKey: key.bytes.span)
        else { throw .badTrustedComment }
        return trusted.text
    }

    /// What the second signature covers; algorithm, key ID and untrusted comment are outside both.
    static func globalMessage(_ signature: [UInt8], _ trusted: Comment) -> [UInt8] {
        signature + trusted.text.utf8
    }

    /// minisign's own default, for those who ask for it: it tells the name and the time.
    ///
    /// - Parameter time: Unix seconds.
    package static func tellingComment(fileName: String, time: Int64) -> String {
        "timestamp:\(time)\tfile:\(fileName)\thashed"
    }
}
