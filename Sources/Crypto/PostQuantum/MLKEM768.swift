package import Secrets

/// The module-lattice key encapsulation of security category 3, which libsodium 1.0.18 lacks.
///
/// Nothing that depends on a secret branches, indexes memory or divides.
///
/// Source: FIPS 203.
package enum MLKEM768 {
    package static let seedByteCount = 32
    package static let secretByteCount = 32
    package static let encapsulationKeyByteCount = 3 * 384 + 32
    package static let ciphertextByteCount = 3 * 320 + 128

    fileprivate static let rank = 3
    fileprivate static let vectorByteCount = rank * 384
}

/// What an encapsulation gives: bytes to send and the secret that they stand for.
package struct Encapsulation: ~Copyable, Sendable {
    package let ciphertext: [UInt8]
    /// 32 bytes.
    package let secret: SecretBytes
}

/// A public ML-KEM-768 key: 1,184 bytes that passed the modulus check.
package struct MLKEM768EncapsulationKey: Hashable, Sendable {
    package let bytes: [UInt8]

    /// - Returns: nil for another length, or a coefficient that is not below q.
    ///
    /// Source: FIPS 203, section 7.2, "Encapsulation key check".
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == MLKEM768.encapsulationKeyByteCount else { return nil }
        var vector = Polynomials(count: MLKEM768.rank)
        guard vector.decode(bits: 12, from: bytes.span, at: 0) else { return nil }
        self.bytes = bytes
    }

    fileprivate init(trusted bytes: [UInt8]) { self.bytes = bytes }

    /// - Parameter message: 32 fresh random bytes.
    package func encapsulate(_ message: borrowing SecretBytes) -> Encapsulation {
        precondition(message.count == MLKEM768.seedByteCount)
        let keys = Self.derive(message, keyHash: hash)
        return Encapsulation(
            ciphertext: encrypt(message, randomness: keys.slice(32..<64)),
            secret: keys.slice(0..<32))
    }

    /// H(ek).
    fileprivate var hash: SecretBytes {
        var sponge = Keccak(.sha3With256Bits)
        sponge.absorb(bytes.span)
        return sponge.squeeze(count: 32)
    }

    /// G(m ‖ H(ek)) = K ‖ r.
    fileprivate static func derive(
        _ message: borrowing SecretBytes, keyHash: borrowing SecretBytes
    ) -> SecretBytes {
        var sponge = Keccak(.sha3With512Bits)
        message.withBytes { sponge.absorb($0) }
        keyHash.withBytes { sponge.absorb($0) }
        return sponge.squeeze(count: 64)
    }

    /// Source: FIPS 203, algorithm 14.
    fileprivate func encrypt(
        _ message: borrowing SecretBytes, randomness: borrowing SecretBytes
    ) -> [UInt8] {
        let rank = MLKEM768.rank
        let matrix = Self.matrix(seed: bytes.span.extracting(MLKEM768.vectorByteCount...))
        var key = Polynomials(count: rank)
        _ = key.decode(bits: 12, from: bytes.span, at: 0)
        var secret = Polynomials(count: rank)
        var noise = Polynomials(count: rank)
        var lastNoise = Polynomials(count: 1)
        for index in 0..<rank {
            secret.sampleSmall(index, seed: randomness, number: index)
            noise.sampleSmall(index, seed: randomness, number: rank + index)
        }
        lastNoise.sampleSmall(0, seed: randomness, number: 2 * rank)
        secret.transform()

        var u = Polynomials(count: rank)
        var v = Polynomials(count: 1)
        for row in 0..<rank {
            // The transpose of the matrix of key generation.
            for column in 0..<rank {
                u.addProduct(row, matrix, column * rank + row, secret, column)
            }
            v.addProduct(0, key, row, secret, row)
        }
        u.transformBack()
        u.add(noise)
        v.transformBack()
        v.add(lastNoise)
        var text = Polynomials(count: 1)
        message.withBytes { _ = text.decode(bits: 1, from: $0, at: 0) }
        v.add(text)

        var ciphertext = [UInt8](repeating: 0, count: MLKEM768.ciphertextByteCount)
        var out = ciphertext.mutableSpan
        u.encode(bits: 10, into: &out, at: 0)
        v.encode(bits: 4, into: &out, at: rank * 320)
        return ciphertext
    }

    /// The public matrix, row by row, already transformed.
    fileprivate static func matrix(seed: Span<UInt8>) -> Polynomials {
        var matrix = Polynomials(count: MLKEM768.rank * MLKEM768.rank)
        for row in 0..<MLKEM768.rank {
            for column in 0..<MLKEM768.rank {
                var xof = Keccak(.shake128)
                xof.absorb(seed)
                xof.absorb(UInt8(column))
                xof.absorb(UInt8(row))
                matrix.sampleUniform(row * MLKEM768.rank + column, from: &xof)
            }
        }
        return matrix
    }
}

/// A private ML-KEM-768 key, expanded from its seed; lives as long as it is used.
package struct MLKEM768DecapsulationKey: ~Copyable {
    package let encapsulationKey: MLKEM768EncapsulationKey
    /// ŝ, transformed.
    private let vector: Polynomials
    /// z: what an altered ciphertext's secret is made from.
    private let rejection: SecretBytes

    /// - Parameters:
    ///   - seed: d, 32 bytes.
    ///   - rejection: z, 32 bytes.
    ///
    /// Source: FIPS 203, algorithms 13 and 16.
    package init(seed: borrowing SecretBytes, rejection: consuming SecretBytes) {
        precondition(seed.count == 32 && rejection.count == 32)
        let rank = MLKEM768.rank
        var sponge = Keccak(.sha3With512Bits)
        seed.withBytes { sponge.absorb($0) }
        sponge.absorb(UInt8(rank))
        let seeds = sponge.squeeze(count: 64)
        let noiseSeed = seeds.slice(32..<64)
        let publicSeed = seeds.withBytes { seeds in (0..<32).map { seeds[$0] } }
        let matrix = MLKEM768EncapsulationKey.matrix(seed: publicSeed.span)

        var secret = Polynomials(count: rank)
        var noise = Polynomials(count: rank)
        for index in 0..<rank {
            secret.sampleSmall(index, seed: noiseSeed, number: index)
            noise.sampleSmall(index, seed: noiseSeed, number: rank + index)
        }
        secret.transform()
        noise.transform()
        for row in 0..<rank {
            for column in 0..<rank {
                noise.addProduct(row, matrix, row * rank + column, secret, column)
            }
        }
        var bytes = [UInt8](repeating: 0, count: MLKEM768.vectorByteCount)
        var out = bytes.mutableSpan
        noise.encode(bits: 12, into: &out, at: 0)
        encapsulationKey = MLKEM768EncapsulationKey(trusted: bytes + publicSeed)
        vector = secret
        self.rejection = rejection
    }

    /// - Parameter ciphertext: 1,088 bytes.
    /// - Returns: The 32-byte secret; for an altered ciphertext another one, in the same time.
    ///
    /// Source: FIPS 203, algorithm 18.
    package func decapsulate(_ ciphertext: [UInt8]) -> SecretBytes {
        precondition(ciphertext.count == MLKEM768.ciphertextByteCount)
        let message = decrypt(ciphertext)
        let keys = MLKEM768EncapsulationKey.derive(message, keyHash: encapsulationKey.hash)
        var again = encapsulationKey.encrypt(message, randomness: keys.slice(32..<64))
        // Of an altered ciphertext this would tell what it decrypts to.
        defer { Zeroing.zero(&again) }
        var sponge = Keccak(.shake256)
        rejection.withBytes { sponge.absorb($0) }
        sponge.absorb(ciphertext.span)
        let rejected = sponge.squeeze(count: 32)

        var difference: UInt32 = 0
        for index in ciphertext.indices { difference |= UInt32(ciphertext[index] ^ again[index]) }
        // 255 if there is no difference, else 0; &- wraps by intent.
        let keep = UInt8(truncatingIfNeeded: (difference &- 1) >> 8)
        return keys.withBytes { keys in
            rejected.withBytes { rejected in
                SecretBytes(count: 32) { out in
                    for index in 0..<32 {
                        out[index] = keys[index] & keep | rejected[index] & ~keep
                    }
                }
            }
        }
    }

    /// Source: FIPS 203, algorithm 15.
    private func decrypt(_ ciphertext: [UInt8]) -> SecretBytes {
        let rank = MLKEM768.rank
        var u = Polynomials(count: rank)
        _ = u.decode(bits: 10, from: ciphertext.span, at: 0)
        var text = Polynomials(count: 1)
        _ = text.decode(bits: 4, from: ciphertext.span, at: rank * 320)
        u.transform()
        var mask = Polynomials(count: 1)
        for index in 0..<rank { mask.addProduct(0, vector, index, u, index) }
        mask.transformBack()
        text.subtract(mask)
        return SecretBytes(count: 32) { out in text.encode(bits: 1, into: &out, at: 0) }
    }
}
