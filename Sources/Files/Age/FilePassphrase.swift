package import AgeFormat
internal import Encoding
internal import Primitives
package import Secrets

/// A passphrase that seals and opens files, by scrypt.
///
/// Source: age-encryption.org/v1, "scrypt recipient stanza". Its bytes are used as they are:
/// what somebody else sealed may have been typed in another spelling of the same letters.
package final class FilePassphrase: Sendable {
    static let type = "scrypt"
    static let saltByteCount = 16

    private static let label = Array("age-encryption.org/v1/scrypt".utf8)

    /// The first one seals; each is tried to open.
    private let spellings: [SharedSecret]
    private let cost: WorkFactor

    /// - Parameter cost: Of files that it seals.
    package convenience init(
        _ passphrase: consuming SecretBytes, cost: WorkFactor = .standard
    ) {
        self.init(spellings: [SharedSecret(passphrase)], cost: cost)
    }

    /// - Parameter spellings: At least one, in the order in which they are tried.
    package init(spellings: [SharedSecret], cost: WorkFactor = .standard) {
        precondition(!spellings.isEmpty)
        self.spellings = spellings
        self.cost = cost
    }

    private func wrapKey(
        _ spelling: SharedSecret, salt: [UInt8], _ cost: WorkFactor
    ) throws(AgeError) -> SecretBytes {
        let salt = Self.label + salt
        do {
            return try spelling.bytes.withBytes { (passphrase) throws(PrimitiveError) in
                try Scrypt.derive(count: 32, from: passphrase, salt: salt.span, log2N: cost.log2N)
            }
        } catch { throw .outOfMemory(log2N: cost.log2N) }
    }
}

extension FilePassphrase: Sealer {
    package func wrap(
        _ fileKey: borrowing SecretBytes, random: any RandomSource
    ) throws(AgeError) -> Stanza {
        let salt = random.bytes(Self.saltByteCount)
        let key = try wrapKey(spellings[0], salt: salt, cost)
        let spelling = String(decoding: Base64.encode(salt.span, .unpadded), as: UTF8.self)
        return Stanza(
            type: Self.type, arguments: [spelling, cost.description],
            body: KeyBox.seal(fileKey, key: key))
    }
}

extension FilePassphrase: Opener {
    package func unwrap(_ stanzas: [Stanza]) throws(AgeError) -> SecretBytes? {
        guard let stanza = stanzas.first(where: { $0.type == Self.type }) else { return nil }
        guard stanzas.count == 1 else { throw .header(.passphraseNotAlone) }
        guard stanza.arguments.count == 2, stanza.body.count == KeyBox.byteCount,
            let salt = Base64.decode(Array(stanza.arguments[0].utf8).span, .unpadded),
            salt.count == Self.saltByteCount
        else { throw .header(.malformedStanza(type: Self.type)) }
        let cost: WorkFactor
        do { cost = try WorkFactor(parsing: stanza.arguments[1]) } catch { throw .header(error) }
        for spelling in spellings {
            let key = try wrapKey(spelling, salt: salt, cost)
            if let fileKey = KeyBox.open(stanza.body, key: key) { return fileKey }
        }
        return nil
    }
}
