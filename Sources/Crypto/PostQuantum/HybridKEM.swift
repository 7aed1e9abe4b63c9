package import Primitives
package import Secrets

/// MLKEM768-X25519, also called X-Wing: a secret that holds as long as either of its parts does.
///
/// secret = SHA3-256(ML-KEM's secret ‖ X25519's secret ‖ ephemeral point ‖ X25519 key ‖ label).
///
/// Source: draft-connolly-cfrg-xwing-kem-09, section 5; FiloSottile/hpke, hpke-pq.md.
package enum HybridKEM {
    package static let seedByteCount = 32
    package static let publicKeyByteCount = MLKEM768.encapsulationKeyByteCount + X25519.byteCount
    package static let ciphertextByteCount = MLKEM768.ciphertextByteCount + X25519.byteCount

    private static let label = Array(#"\.//^\"#.utf8)

    fileprivate static func combine(
        _ lattice: borrowing SecretBytes, _ curve: borrowing SecretBytes,
        ephemeral: Span<UInt8>, publicKey: Span<UInt8>
    ) -> SecretBytes {
        var sponge = Keccak(.sha3With256Bits)
        lattice.withBytes { sponge.absorb($0) }
        curve.withBytes { sponge.absorb($0) }
        sponge.absorb(ephemeral)
        sponge.absorb(publicKey)
        sponge.absorb(label.span)
        return sponge.squeeze(count: 32)
    }
}

/// A public key of both kinds: ML-KEM-768's 1,184 bytes ‖ X25519's 32.
package struct HybridPublicKey: Hashable, Sendable {
    package var bytes: [UInt8] { lattice.bytes + curve }
    private let lattice: MLKEM768EncapsulationKey
    private let curve: [UInt8]

    /// - Returns: nil for another length or a lattice part that fails the modulus check.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == HybridKEM.publicKeyByteCount,
            let lattice = MLKEM768EncapsulationKey(
                Array(bytes[..<MLKEM768.encapsulationKeyByteCount]))
        else { return nil }
        self.init(lattice, curve: Array(bytes[MLKEM768.encapsulationKeyByteCount...]))
    }

    fileprivate init(_ lattice: MLKEM768EncapsulationKey, curve: [UInt8]) {
        self.lattice = lattice
        self.curve = curve
    }

    /// - Returns: 1,120 bytes to send, and the secret.
    /// - Throws: `.lowOrderPoint` for a key to which nothing can be sealed.
    package func encapsulate(random: any RandomSource) throws(PrimitiveError) -> Encapsulation {
        let lattice = lattice.encapsulate(random.secret(count: MLKEM768.seedByteCount))
        let scalar = random.secret(count: X25519.byteCount)
        let ephemeral = X25519.publicKey(scalar: scalar)
        let shared = try X25519.sharedSecret(scalar: scalar, point: curve.span)
        return Encapsulation(
            ciphertext: lattice.ciphertext + ephemeral,
            secret: HybridKEM.combine(
                lattice.secret, shared, ephemeral: ephemeral.span, publicKey: curve.span))
    }
}

/// A private key of both kinds, expanded from its 32-byte seed; lives as long as it is used.
package struct HybridSecretKey: ~Copyable {
    package let publicKey: HybridPublicKey
    private let lattice: MLKEM768DecapsulationKey
    private let scalar: SecretBytes
    private let curve: [UInt8]

    /// SHAKE256(seed) = d 32 ‖ z 32 ‖ X25519 scalar 32.
    ///
    /// - Parameter seed: 32 bytes, all that is ever stored.
    package init(seed: borrowing SecretBytes) {
        precondition(seed.count == HybridKEM.seedByteCount)
        var sponge = Keccak(.shake256)
        seed.withBytes { sponge.absorb($0) }
        let expanded = sponge.squeeze(count: 96)
        lattice = MLKEM768DecapsulationKey(
            seed: expanded.slice(0..<32), rejection: expanded.slice(32..<64))
        scalar = expanded.slice(64..<96)
        curve = X25519.publicKey(scalar: scalar)
        publicKey = HybridPublicKey(lattice.encapsulationKey, curve: curve)
    }

    /// - Parameter ciphertext: 1,120 bytes.
    /// - Returns: The secret; for an altered ciphertext another one.
    /// - Throws: `.lowOrderPoint` when the X25519 part would be all zero: age forbids it.
    package func decapsulate(_ ciphertext: [UInt8]) throws(PrimitiveError) -> SecretBytes {
        precondition(ciphertext.count == HybridKEM.ciphertextByteCount)
        let ephemeral = ciphertext[MLKEM768.ciphertextByteCount...]
        let shared = try X25519.sharedSecret(scalar: scalar, point: ephemeral.span)
        let secret = lattice.decapsulate(Array(ciphertext[..<MLKEM768.ciphertextByteCount]))
        return HybridKEM.combine(
            secret, shared, ephemeral: ephemeral.span, publicKey: curve.span)
    }
}
