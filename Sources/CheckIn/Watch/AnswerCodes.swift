package import Secrets

internal import Primitives

/// The code by which a contact answers a message. It is made with a key of the watcher's: the names
/// of messages lie open in its store, and whoever has only that cannot answer for anybody.
package struct AnswerCodes: Sendable {
    /// What stands in a message that is only shown.
    static let sample = "A7K2"

    private let key: SharedSecret

    /// - Parameter key: 32 bytes.
    package init(key: SharedSecret) { self.key = key }

    /// Four characters for the telephone: letter, digit, letter, digit, without those that sound or
    /// look alike.
    ///
    /// The first four bytes of BLAKE2b-128(key, name of the message), as a number.
    package func code(_ message: DeliveryID) -> String {
        let letters = Array("ABCDEFGHJKLMNPQRTUVWXYZ")
        let digits = Array("2345679")
        let hash = key.bytes.withBytes { key in
            BLAKE2b.hash(count: 16, of: message.bytes.span, key: key)
        }
        let number = hash[..<4].reduce(0) { $0 << 8 | Int($1) }
        return String([
            letters[number % 23], digits[number / 23 % 7], letters[number / 161 % 23],
            digits[number / 3_703 % 7],
        ])
    }
}
