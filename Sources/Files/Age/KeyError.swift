/// Why text is not a key. Never holds the text: a bad line may be a secret.
package enum KeyError: Error, Hashable, Sendable {
    /// Not a recipient, or an identity, in any spelling.
    case malformed
    /// A private key where a public one belongs.
    case identityGiven
    /// A public key where a private one belongs.
    case recipientGiven
    /// A private key of OpenSSH under a passphrase, whose key derivation is not to be had here.
    case encryptedSSHKey
    /// A kind of key that age knows and this program does not, such as `ssh-rsa` or a plugin's.
    case unsupported(kind: String)
}

/// Why a file of keys could not be read.
package enum KeyFileError: Error, Hashable, Sendable {
    /// - Parameter line: Counted from 1.
    case line(Int, KeyError)
    /// Nothing but comments and empty lines.
    case empty
    /// An encrypted file of identities could not be opened; `.noMatch` is a wrong passphrase.
    case sealed(AgeError)
    /// An encrypted file of identities that wants a key, not a passphrase.
    case sealedToKeys
}
