internal import AgeFormat
internal import Platform
package import Secrets

/// A text of keys, one to a line; empty lines and lines that start with `#` are skipped. Lines are
/// not trimmed, save for the CR of a CR LF.
///
/// Source: age's `parse.go` and `age-keygen(1)`.
package enum KeyFile {
    /// Source: age's limit for identity files.
    package static let byteLimit = 16 << 20

    /// The recipients of a `-R` file.
    package static func recipients(_ text: [UInt8]) throws(KeyFileError) -> [Recipient] {
        var recipients: [Recipient] = []
        try forEachLine(text.span) { (line) throws(KeyError) in
            var characters: [UInt8] = []
            for index in line.indices { characters.append(line[index]) }
            guard let text = String(validating: characters, as: UTF8.self) else {
                throw .malformed
            }
            recipients.append(try Recipient(parsing: text))
        }
        return recipients
    }

    /// The identities of a file that is not encrypted.
    package static func identities(
        _ text: borrowing SecretBytes
    ) throws(KeyFileError) -> [Identity] {
        var identities: [Identity] = []
        try text.withBytes { (text) throws(KeyFileError) in
            // A file of OpenSSH is one key, not lines of keys.
            if SSHPrivateKey.isOne(text) {
                do throws(KeyError) {
                    identities = [try Identity(parsingSSH: text)]
                } catch { throw .line(1, error) }
                return
            }
            try forEachLine(text) { (line) throws(KeyError) in
                identities.append(try Identity(parsing: line))
            }
        }
        return identities
    }

    /// The identities of a file that is encrypted, with a passphrase as age wants it.
    package static func identities(
        sealed file: borrowing SecretBytes, with passphrase: FilePassphrase
    ) throws(KeyFileError) -> [Identity] {
        var bytes: [UInt8] = []
        file.withBytes { bytes.append(copying: $0) }
        guard try wantsPassphrase(bytes) else { throw .sealedToKeys }
        let text: SecretBytes?
        do { text = try Age.openSecret(bytes, with: [passphrase]) } catch { throw .sealed(error) }
        guard let text else { throw .empty }
        return try identities(text)
    }

    /// Whether a file that holds identities is itself an age file.
    package static func isSealed(_ bytes: borrowing SecretBytes) -> Bool {
        bytes.withBytes { bytes in
            ["age-encryption", "-----BEGIN AGE"].contains { mark in
                let mark = Array(mark.utf8)
                return bytes.count >= mark.count
                    && mark.indices.allSatisfy { bytes[$0] == mark[$0] }
            }
        }
    }

    /// What `age-keygen` writes for an identity, or `ssh-keygen` for an SSH key.
    ///
    /// - Parameter created: RFC 3339.
    package static func text(of identity: Identity, created: String) -> SecretBytes {
        // OpenSSH has no place for comments.
        guard identity.kind != .ssh else { return identity.secretText() }
        let comment = "# created: \(created)\n# public key: \(identity.recipient)\n"
        let secret = identity.secretText()
        let front = Array(comment.utf8)
        return secret.withBytes { secret in
            SecretBytes(count: front.count + secret.count + 1) { out in
                for index in front.indices { out[index] = front[index] }
                for index in secret.indices { out[front.count + index] = secret[index] }
                out[front.count + secret.count] = lineBreak
            }
        }
    }

    private static func wantsPassphrase(_ file: [UInt8]) throws(KeyFileError) -> Bool {
        do {
            return try SealedFile(reading: Bytes(file)).wantsPassphrase
        } catch { throw .sealed(error) }
    }

    private static let lineBreak = UInt8(ascii: "\n")

    /// - Throws: `.empty` when no line holds a key.
    private static func forEachLine(
        _ text: Span<UInt8>, _ body: (Span<UInt8>) throws(KeyError) -> Void
    ) throws(KeyFileError) {
        var number = 0
        var found = false
        var start = 0
        while start < text.count {
            var end = start
            while end < text.count, text[end] != lineBreak { end += 1 }
            number += 1
            let next = end + 1
            if end > start, text[end - 1] == UInt8(ascii: "\r") { end -= 1 }
            if end > start, text[start] != UInt8(ascii: "#") {
                do { try body(text.extracting(start..<end)) } catch { throw .line(number, error) }
                found = true
            }
            start = next
        }
        guard found else { throw .empty }
    }
}
