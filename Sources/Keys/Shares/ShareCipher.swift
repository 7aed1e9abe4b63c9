internal import Primitives
internal import Secrets

/// The encryption of the secret before it is split, also under an empty passphrase: four Feistel
/// rounds with PBKDF2.
///
/// A wrong passphrase gives another secret and is never noticed, by design: compare what comes out
/// with a public key that was kept.
///
/// Source: SLIP-39, "Encryption of the master secret".
enum ShareCipher {
    private static let rounds: [UInt8] = [0, 1, 2, 3]
    /// 10,000 rounds of PBKDF2 at exponent 0, a quarter for each Feistel round.
    private static let baseIterations = 2_500

    static func encrypt(
        _ secret: borrowing SecretBytes, passphrase: Span<UInt8>, header: ShareHeader
    ) -> SecretBytes {
        run(rounds, secret, passphrase: passphrase, header: header)
    }

    static func decrypt(
        _ secret: borrowing SecretBytes, passphrase: Span<UInt8>, header: ShareHeader
    ) -> SecretBytes {
        run(rounds.reversed(), secret, passphrase: passphrase, header: header)
    }

    /// - Throws: `.unprintablePassphrase` for anything but the characters 32...126.
    static func check(passphrase: Span<UInt8>) throws(ShareError) {
        for index in passphrase.indices where !(32...126).contains(passphrase[index]) {
            throw .unprintablePassphrase(position: index + 1)
        }
    }

    private static func run(
        _ order: [UInt8], _ secret: borrowing SecretBytes, passphrase: Span<UInt8>,
        header: ShareHeader
    ) -> SecretBytes {
        let half = secret.count / 2
        var left = secret.slice(0..<half)
        var right = secret.slice(half..<secret.count)
        for round in order {
            let mask = mask(round, right, passphrase: passphrase, header: header)
            let mixed = xor(left, mask)
            left = right
            right = mixed
        }
        return join(right, left)
    }

    private static func mask(
        _ round: UInt8, _ right: borrowing SecretBytes, passphrase: Span<UInt8>,
        header: ShareHeader
    ) -> SecretBytes {
        let password = SecretBytes(count: 1 + passphrase.count) { password in
            password[0] = round
            for index in passphrase.indices { password[index + 1] = passphrase[index] }
        }
        // Before the extendable kind the identifier was part of the salt.
        let prefix =
            header.isExtendable
            ? []
            : Array("shamir".utf8) + [
                UInt8(truncatingIfNeeded: header.identifier >> 8),
                UInt8(truncatingIfNeeded: header.identifier),
            ]
        let salt = SecretBytes(count: prefix.count + right.count) { salt in
            for index in prefix.indices { salt[index] = prefix[index] }
            right.withBytes { right in
                for index in right.indices { salt[prefix.count + index] = right[index] }
            }
        }
        let count = right.count
        return password.withBytes { password in
            salt.withBytes { salt in
                PBKDF2.derive(
                    count: count, from: password, salt: salt,
                    iterations: baseIterations << header.exponent)
            }
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

    private static func join(
        _ first: borrowing SecretBytes, _ second: borrowing SecretBytes
    ) -> SecretBytes {
        first.withBytes { first in
            second.withBytes { second in
                SecretBytes(count: first.count + second.count) { out in
                    for index in first.indices { out[index] = first[index] }
                    for index in second.indices { out[first.count + index] = second[index] }
                }
            }
        }
    }
}
