/// What a minisign file, key or signature can be refused for. Lines count from 1.
package enum MinisignError: Error, Hashable {
    /// More bytes than any key or signature file has.
    case tooLong(limit: Int)
    /// Too few or too many lines for this kind of file.
    case lineCount(found: Int, expected: Int)
    /// A signature that ends before its trusted comment: made by another tool, or cut.
    case missingTrustedComment
    /// A line does not begin with the words that belong there.
    case missingPrefix(line: Int)
    /// A comment that a terminal would obey instead of showing, or that is not UTF-8.
    case unprintableComment(line: Int)
    case commentTooLong(limit: Int)
    /// Not canonical base64, or not of this line's length.
    case encoding(line: Int)
    /// The two bytes that name the algorithm, key derivation or checksum are none that we know.
    case unknownAlgorithm([UInt8])
    /// The old kind, which signs the file itself: only read when asked for.
    case legacySignature
    case keyIDMismatch(signature: MinisignKeyID, key: MinisignKeyID)
    /// The signature is not this key's over this content.
    case badSignature
    /// The content is genuine and the trusted comment is not.
    case badTrustedComment
    /// The key file asks for more than minisign itself ever spends.
    case excessiveCost(operations: UInt64, memory: UInt64)
    case outOfMemory
    case passphraseTooLong(limit: Int)
    case passphraseNeeded
    /// The checksum does not hold: nobody can tell one from the other.
    case wrongPassphraseOrDamaged
    /// The public half in a secret key is not that of the secret half.
    case inconsistentKey
}
