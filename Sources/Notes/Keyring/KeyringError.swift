/// What the keyring refuses.
package enum KeyringError: Error, Hashable {
    case malformedName(String)
    /// `me` stands for one's own key, everywhere.
    case reservedName(String)
    case nameTaken(String)
    /// It looks like the name of somebody who is there already, in letters of another alphabet.
    case resembles(String, present: String)
    case unknownContact(String)
    case unknownKey(String)
    /// Two devices say different things about one contact's keys.
    case contested(String)
    /// A contact's keys are others than before, and nobody has compared them yet.
    case keyChanged(String)
    /// There is nothing to compare or to go back to.
    case noKeys(String)
    case noFormerKeys(String)
    case malformedRecipient(String)
    /// A private key where a public one belongs; never repeated on a screen.
    case identityInsteadOfRecipient
    case malformedSigningKey(String)
    case malformedEmail(String)
    /// `scheme:address` of a kind that nobody knows, or with spaces.
    case malformedAddress(String)
    case malformedPhone(String)
    /// No address or number of this contact is the one that was to be forgotten.
    case unknownAddress(String, of: String)
    /// A stored key whose record cannot be read.
    case unreadableKey
}
