internal import Encoding
internal import Primitives
package import Secrets

/// A secret key file as it lies on disk, still closed if it has a passphrase.
///
/// untrusted comment · base64("Ed" ‖ kdf 2 ‖ "B2" ‖ salt 32 ‖ operations u64 ‖ memory u64 ‖ tail),
/// 158 bytes, little-endian; tail = key ID 8 ‖ seed 32 ‖ public key 32 ‖ checksum 32, and with kdf
/// "Sc" it is XORed with scrypt's output.
///
/// Source: minisign.c, `SeckeyStruct`.
package struct MinisignSecretKeyFile: ~Copyable, Sendable {
    /// What opening the file spends, as libsodium's two limits.
    package struct Cost: Hashable, Sendable {
        package let operations: UInt64
        package let memory: UInt64

        package init(operations: UInt64, memory: UInt64) {
            self.operations = operations
            self.memory = memory
        }

        /// 1 GiB and about 4 s: what minisign writes, and the most that we spend for a stranger.
        package static let sensitive = Cost(operations: 33_554_432, memory: 1_073_741_824)
        /// 16 MiB and about 50 ms: the least that minisign falls back to.
        package static let interactive = Cost(operations: 524_288, memory: 16_777_216)

        fileprivate var halved: Cost? {
            guard memory / 2 >= Self.interactive.memory,
                operations / 2 >= Self.interactive.operations
            else { return nil }
            return Cost(operations: operations / 2, memory: memory / 2)
        }
    }

    /// Minisign's own limit.
    package static let maximumPassphraseByteCount = 1_023
    private static let byteCount = 158
    private static let tailByteCount = 104
    private static let encrypted = Array("Sc".utf8)
    private static let plain: [UInt8] = [0, 0]

    /// nil for a key without passphrase.
    package let cost: Cost?
    private let salt: [UInt8]
    private let tail: SecretBytes

    package var needsPassphrase: Bool { cost != nil }

    /// - Parameter text: The file's bytes; lent from guarded memory if the key has no passphrase.
    /// - Throws: `.excessiveCost` before anything is spent.
    package init(parsing text: Span<UInt8>) throws(MinisignError) {
        let lines = try Lines.split(text, expecting: 2)
        _ = try Comment(parsing: text.extracting(lines[0]), .untrusted, line: 1)
        var bytes = try Lines.decode(text.extracting(lines[1]), count: Self.byteCount, line: 2)
        defer { Zeroing.zero(&bytes) }
        guard bytes[0..<2].elementsEqual("Ed".utf8) else {
            throw .unknownAlgorithm(Array(bytes[0..<2]))
        }
        guard bytes[4..<6].elementsEqual("B2".utf8) else {
            throw .unknownAlgorithm(Array(bytes[4..<6]))
        }
        switch Array(bytes[2..<4]) {
        case Self.plain:
            cost = nil
        case Self.encrypted:
            let asked = Cost(
                operations: Self.littleEndian(bytes[38..<46]),
                memory: Self.littleEndian(bytes[46..<54]))
            let most = Cost.sensitive
            guard asked.operations <= most.operations, asked.memory <= most.memory else {
                throw .excessiveCost(operations: asked.operations, memory: asked.memory)
            }
            cost = asked
        default:
            throw .unknownAlgorithm(Array(bytes[2..<4]))
        }
        salt = Array(bytes[6..<38])
        tail = SecretBytes(copying: bytes.span.extracting(54..<Self.byteCount))
    }

    /// Opens a key that has no passphrase.
    ///
    /// Its checksum is not looked at: minisign leaves it zero in a fresh key.
    package func open() throws(MinisignError) -> MinisignSecretKey {
        guard cost == nil else { throw .passphraseNeeded }
        return try Self.key(in: tail)
    }

    /// Opens a key with its passphrase, which is ignored if it has none.
    ///
    /// - Parameter passphrase: Up to 1,023 bytes, as typed; may be empty.
    package func open(passphrase: Span<UInt8>) throws(MinisignError) -> MinisignSecretKey {
        guard let cost else { return try open() }
        let stream = try Self.stream(passphrase, salt: salt, cost: cost)
        let opened = Self.xor(tail, stream)
        guard
            opened.withBytes({ constantTimeEqual($0.extracting(72..<104), Self.checksum($0).span) })
        else { throw .wrongPassphraseOrDamaged }
        return try Self.key(in: opened)
    }

    /// Writes a key file under a passphrase and a fresh salt.
    ///
    /// - Returns: The file, and the cost: like minisign, it is halved until the memory suffices.
    package static func seal(
        _ key: borrowing MinisignSecretKey, passphrase: Span<UInt8>, cost: Cost = .sensitive,
        random: any RandomSource
    ) throws(MinisignError) -> (file: [UInt8], cost: Cost) {
        let salt = random.bytes(32)
        var cost = cost
        while true {
            do {
                let stream = try stream(passphrase, salt: salt, cost: cost)
                let sealed = xor(tail(of: key, checked: true), stream)
                var writer = head(kdf: encrypted, salt: salt, cost: cost)
                sealed.withBytes { writer.raw($0) }
                return (text(of: writer.bytes), cost)
            } catch {
                guard error == .outOfMemory, let less = cost.halved else { throw error }
                cost = less
            }
        }
    }

    /// Writes a key file that anybody who has it can sign with.
    package static func exposed(_ key: borrowing MinisignSecretKey) -> SecretBytes {
        let salt = [UInt8](repeating: 0, count: 32)
        var writer = head(kdf: plain, salt: salt, cost: Cost(operations: 0, memory: 0))
        writer.bytes.reserveCapacity(byteCount)
        tail(of: key, checked: false).withBytes { writer.raw($0) }
        defer { Zeroing.zero(&writer.bytes) }
        var file = text(of: writer.bytes)
        return SecretBytes(draining: &file)
    }

    private static func head(kdf: [UInt8], salt: [UInt8], cost: Cost) -> ByteWriter {
        var writer = ByteWriter()
        writer.raw(Array("Ed".utf8) + kdf + Array("B2".utf8) + salt)
        for limit in [cost.operations, cost.memory] {
            for shift in stride(from: UInt64(0), to: 64, by: 8) {
                writer.u8(UInt8(truncatingIfNeeded: limit >> shift))
            }
        }
        return writer
    }

    private static func text(of bytes: [UInt8]) -> [UInt8] {
        var encoded = Base64.encode(bytes.span, .padded)
        defer { Zeroing.zero(&encoded) }
        var text = Array("untrusted comment: minisign encrypted secret key\n".utf8)
        // Reserved first: an array that grows leaves its old bytes behind.
        text.reserveCapacity(text.count + encoded.count + 1)
        text.append(contentsOf: encoded)
        text.append(10)
        return text
    }

    private static func tail(of key: borrowing MinisignSecretKey, checked: Bool) -> SecretBytes {
        let keyID = key.keyID.bytes
        let publicKey = key.publicKey.bytes
        return key.seed.withBytes { seed in
            SecretBytes(count: tailByteCount) { tail in
                for index in 0..<8 { tail[index] = keyID[index] }
                for index in 0..<32 { tail[8 + index] = seed[index] }
                for index in 0..<32 { tail[40 + index] = publicKey[index] }
                guard checked else { return }
                let sum = checksum(tail.span)
                for index in 0..<32 { tail[72 + index] = sum[index] }
            }
        }
    }

    /// BLAKE2b-256("Ed" ‖ key ID ‖ seed ‖ public key): the only test of the passphrase.
    private static func checksum(_ tail: Span<UInt8>) -> [UInt8] {
        var state = BLAKE2bState(count: 32)
        state.update(Array("Ed".utf8).span)
        state.update(tail.extracting(0..<72))
        return state.finish()
    }

    private static func stream(
        _ passphrase: Span<UInt8>, salt: [UInt8], cost: Cost
    ) throws(MinisignError) -> SecretBytes {
        guard passphrase.count <= maximumPassphraseByteCount else {
            throw .passphraseTooLong(limit: maximumPassphraseByteCount)
        }
        guard let memory = Int(exactly: cost.memory) else { throw .outOfMemory }
        do {
            return try Scrypt.derive(
                count: tailByteCount, from: passphrase, salt: salt.span,
                operations: cost.operations, memory: memory)
        } catch {
            throw .outOfMemory
        }
    }

    private static func xor(
        _ left: borrowing SecretBytes, _ right: borrowing SecretBytes
    ) -> SecretBytes {
        left.withBytes { left in
            right.withBytes { right in
                SecretBytes(count: left.count) { out in
                    for index in left.indices { out[index] = left[index] ^ right[index] }
                }
            }
        }
    }

    /// A public half of another key would let two signatures of one text give the secret away.
    private static func key(
        in tail: borrowing SecretBytes
    ) throws(MinisignError) -> MinisignSecretKey {
        let keyID = tail.withBytes { tail in (0..<8).map { tail[$0] } }
        let written = tail.withBytes { tail in (40..<72).map { tail[$0] } }
        let key = MinisignSecretKey(keyID: MinisignKeyID(keyID), seed: tail.slice(8..<40))
        guard key.publicKey.bytes == written else { throw .inconsistentKey }
        return key
    }

    private static func littleEndian(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
