internal import Encoding
internal import Primitives
internal import Secrets

/// The file `ssh-keygen -t ed25519` writes, read strictly and only without a passphrase: its key
/// derivation, bcrypt, is not in libsodium.
///
/// "openssh-key-v1" 0 ‖ cipher ‖ kdf ‖ kdf options ‖ count u32 ‖ public key ‖ private section; the
/// section is check u32 twice ‖ type ‖ public key ‖ seed ‖ public key ‖ comment ‖ 1, 2, 3… to a
/// whole multiple of 8. Variable parts come after their length as u32.
///
/// Source: OpenSSH, PROTOCOL.key.
enum SSHPrivateKey {
    private static let begin = Array("-----BEGIN OPENSSH PRIVATE KEY-----".utf8)
    private static let end = Array("-----END OPENSSH PRIVATE KEY-----".utf8)
    private static let magic = Array("openssh-key-v1\0".utf8)
    private static let blockByteCount = 8
    /// One key with a comment of several thousand characters.
    private static let byteLimit = 16 * 1_024

    /// Whether a text begins like such a file.
    static func isOne(_ text: Span<UInt8>) -> Bool {
        text.count >= begin.count && begin.indices.allSatisfy { text[$0] == begin[$0] }
    }

    /// - Returns: The 32-byte seed.
    static func seed(parsing text: Span<UInt8>) throws(KeyError) -> SecretBytes {
        var bytes = try dearmor(text)
        defer { Zeroing.zero(&bytes) }
        return try parse(bytes.span)
    }

    private static func parse(_ bytes: Span<UInt8>) throws(KeyError) -> SecretBytes {
        var place = 0
        try expect(magic, in: bytes, at: &place)
        guard try string(bytes, at: &place) == Array("none".utf8) else { throw .encryptedSSHKey }
        try expect(field(Array("none".utf8)) + field([]), in: bytes, at: &place)
        guard try number(bytes, at: &place) == 1 else { throw .malformed }
        let publicRange = try range(bytes, at: &place)
        let section = try range(bytes, at: &place)
        guard place == bytes.count, section.count % blockByteCount == 0 else { throw .malformed }

        place = section.lowerBound
        let check = try number(bytes, at: &place)
        guard try number(bytes, at: &place) == check else { throw .malformed }
        let type = try string(bytes, at: &place)
        guard type == Array(SSHPublicKey.type.utf8) else {
            throw .unsupported(kind: String(decoding: type, as: UTF8.self))
        }
        let publicKey = try string(bytes, at: &place)
        let secret = try range(bytes, at: &place)
        guard publicKey.count == Ed25519.publicKeyByteCount, secret.count == 64 else {
            throw .malformed
        }
        _ = try range(bytes, at: &place)
        let padding = section.upperBound - place
        guard (0..<blockByteCount).contains(padding),
            (0..<padding).allSatisfy({ bytes[place + $0] == UInt8($0 + 1) })
        else { throw .malformed }

        // Three copies of the public key, and the one that the seed gives: all must agree.
        let seedEnd = secret.lowerBound + Ed25519.seedByteCount
        let seed = SecretBytes(copying: bytes.extracting(secret.lowerBound..<seedEnd))
        guard Ed25519.publicKey(seed: seed) == publicKey,
            publicKey.indices.allSatisfy({ bytes[seedEnd + $0] == publicKey[$0] }),
            SSHPublicKey(wire: publicRange.map { bytes[$0] })?.bytes == publicKey
        else { throw .malformed }
        return seed
    }

    /// Writes such a file, without passphrase or comment.
    ///
    /// - Parameter check: Any number; the reader compares its two copies.
    static func text(seed: borrowing SecretBytes, check: UInt32 = 0) -> SecretBytes {
        let publicKey = Ed25519.publicKey(seed: seed)
        let type = Array(SSHPublicKey.type.utf8)
        let wire = field(type) + field(publicKey)
        var section = ByteWriter()
        // Room for all of it: an array that grows leaves copies behind.
        section.bytes.reserveCapacity(256)
        section.u32(check)
        section.u32(check)
        section.raw(wire)
        section.u32(64)
        seed.withBytes { section.raw($0) }
        section.raw(publicKey)
        section.u32(0)
        var filling: UInt8 = 1
        while section.bytes.count % blockByteCount != 0 {
            section.u8(filling)
            filling += 1
        }
        let none = Array("none".utf8)
        var file = ByteWriter()
        file.bytes.reserveCapacity(512)
        file.raw(magic + field(none) + field(none) + field([]) + [0, 0, 0, 1] + field(wire))
        file.u32(UInt32(section.bytes.count))
        file.raw(section.bytes.span)
        defer {
            Zeroing.zero(&section.bytes)
            Zeroing.zero(&file.bytes)
        }
        return armor(file.bytes.span)
    }

    // Text

    private static func armor(_ bytes: Span<UInt8>) -> SecretBytes {
        var body = Base64.encode(bytes, .padded)
        defer { Zeroing.zero(&body) }
        var text: [UInt8] = []
        text.reserveCapacity(body.count + body.count / 70 + begin.count + end.count + 4)
        text.append(contentsOf: begin)
        text.append(10)
        for start in stride(from: 0, to: body.count, by: 70) {
            text.append(contentsOf: body[start..<min(start + 70, body.count)])
            text.append(10)
        }
        text.append(contentsOf: end)
        text.append(10)
        return SecretBytes(draining: &text)
    }

    /// - Returns: Bytes for the caller to zero.
    private static func dearmor(_ text: Span<UInt8>) throws(KeyError) -> [UInt8] {
        guard text.count <= byteLimit else { throw .malformed }
        var body: [UInt8] = []
        body.reserveCapacity(text.count)
        defer { Zeroing.zero(&body) }
        var line = 0
        var start = 0
        var isClosed = false
        while start < text.count {
            var stop = start
            while stop < text.count, text[stop] != 10 { stop += 1 }
            let next = stop + 1
            if stop > start, text[stop - 1] == 13 { stop -= 1 }
            if line == 0 {
                guard equal(text, start..<stop, begin) else { throw .malformed }
            } else if equal(text, start..<stop, end) {
                isClosed = true
            } else {
                guard !isClosed || start == stop else { throw .malformed }
                for index in start..<stop { body.append(text[index]) }
            }
            line += 1
            start = next
        }
        guard isClosed, let bytes = Base64.decode(body.span, .padded) else { throw .malformed }
        return bytes
    }

    // Wire

    private static func field(_ bytes: [UInt8]) -> [UInt8] {
        var writer = ByteWriter()
        writer.u32(UInt32(bytes.count))
        writer.raw(bytes)
        return writer.bytes
    }

    private static func equal(_ text: Span<UInt8>, _ range: Range<Int>, _ wanted: [UInt8]) -> Bool {
        range.count == wanted.count
            && range.allSatisfy { text[$0] == wanted[$0 - range.lowerBound] }
    }

    private static func expect(
        _ wanted: [UInt8], in bytes: Span<UInt8>, at place: inout Int
    ) throws(KeyError) {
        guard bytes.count - place >= wanted.count,
            equal(bytes, place..<place + wanted.count, wanted)
        else { throw .malformed }
        place += wanted.count
    }

    private static func number(_ bytes: Span<UInt8>, at place: inout Int) throws(KeyError) -> Int {
        guard bytes.count - place >= 4 else { throw .malformed }
        defer { place += 4 }
        return (place..<place + 4).reduce(0) { $0 << 8 | Int(bytes[$1]) }
    }

    /// Where the next variable part lies.
    private static func range(
        _ bytes: Span<UInt8>, at place: inout Int
    ) throws(KeyError) -> Range<Int> {
        let count = try number(bytes, at: &place)
        guard count <= bytes.count - place else { throw .malformed }
        defer { place += count }
        return place..<place + count
    }

    /// A short part that is no secret.
    private static func string(
        _ bytes: Span<UInt8>, at place: inout Int
    ) throws(KeyError) -> [UInt8] {
        let range = try range(bytes, at: &place)
        guard range.count <= 64 else { throw .malformed }
        return range.map { bytes[$0] }
    }
}
