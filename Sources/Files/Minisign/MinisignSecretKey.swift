internal import Primitives
package import Secrets

/// The secret half of a signing key, open and ready to sign.
package struct MinisignSecretKey: ~Copyable, Sendable {
    package let keyID: MinisignKeyID
    /// The 32 bytes that an Ed25519 key is made from: what to keep and to split. The key ID is
    /// random and lost unless kept too.
    package let seed: SecretBytes

    /// - Precondition: The seed has 32 bytes.
    package init(keyID: MinisignKeyID, seed: consuming SecretBytes) {
        precondition(seed.count == Ed25519.seedByteCount, "an Ed25519 seed has 32 bytes")
        self.keyID = keyID
        self.seed = seed
    }

    package static func generate(random: any RandomSource) -> MinisignSecretKey {
        MinisignSecretKey(
            keyID: MinisignKeyID(random.bytes(MinisignKeyID.byteCount)),
            seed: random.secret(count: Ed25519.seedByteCount))
    }

    package var publicKey: MinisignPublicKey {
        MinisignPublicKey(keyID: keyID, bytes: Ed25519.publicKey(seed: seed))
    }

    /// Signs a content by its hash; the same content and comment give the same file.
    ///
    /// - Throws: `.unprintableComment` or `.commentTooLong` for a comment that no reader should
    ///   have to show.
    package func sign(
        _ content: Prehash, trustedComment: String = MinisignSignature.quietComment,
        untrustedComment: String = MinisignSignature.untrustedComment
    ) throws(MinisignError) -> MinisignSignature {
        let untrusted = try Comment(untrustedComment, .untrusted, line: 1)
        let trusted = try Comment(trustedComment, .trusted, line: 3)
        let signature = Ed25519.sign(content.bytes.span, seed: seed)
        let global = MinisignSignature.globalMessage(signature, trusted)
        return MinisignSignature(
            algorithm: .prehashed, keyID: keyID, untrusted: untrusted, trusted: trusted,
            signature: signature, globalSignature: Ed25519.sign(global.span, seed: seed))
    }
}
