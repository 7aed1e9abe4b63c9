internal import Age
internal import Encoding
package import Minisign
package import Platform
internal import Vault

/// "This key of mine is replaced by that one", signed by a key that the reader knows.
///
/// A minisign signature file over nothing (0 bytes), whose trusted comment is the statement:
/// `amparo-successor-1`, `retired:KEY`, `successor:KEY`, `date:YYYY-MM-DD`, with tabs between them.
/// Both keys are age recipients, or both are minisign public keys. So it is one text of four lines,
/// and minisign itself verifies and shows it: `minisign -V -m /dev/null -x FILE -P KEY`.
package struct SuccessorStatement: Hashable, Sendable {
    package let retired: String
    package let successor: String
    package let day: CivilDate

    private static let title = "amparo-successor-1"
    private static let untrusted = "a key has a successor: amparo contact successor"

    /// - Throws: `.malformed` for keys that are equal, of two sorts, or not in their one spelling.
    package init(
        retired: String, successor: String, day: CivilDate
    ) throws(SuccessorStatementError) {
        guard retired != successor, let sort = Sort(retired), Sort(successor) == sort else {
            throw .malformed
        }
        self.retired = retired
        self.successor = successor
        self.day = day
    }

    /// Whether the keys sign or open files.
    package var isOfSigningKeys: Bool { Sort(retired) == .signing }

    /// - Throws: Never for keys of this program; two post-quantum recipients fit too.
    package func signed(
        with key: borrowing MinisignSecretKey
    ) throws(SuccessorStatementError) -> [UInt8] {
        do throws(MinisignError) {
            return try key.sign(
                Prehash(of: Span()), trustedComment: line, untrustedComment: Self.untrusted
            ).serialized()
        } catch { throw .signature(error) }
    }

    /// Reads a statement and verifies it with one of the keys that are known.
    ///
    /// - Returns: The statement, and the key that signed it.
    /// - Throws: `.unknownSigner` when none of `keys` has the signature's number; `.signature`;
    ///   `.malformed` for a good signature over something else.
    package static func verified(
        _ text: Span<UInt8>, with keys: [MinisignPublicKey]
    ) throws(SuccessorStatementError) -> (statement: SuccessorStatement, signer: MinisignPublicKey)
    {
        let signature: MinisignSignature
        do { signature = try MinisignSignature(parsing: text) } catch { throw .signature(error) }
        let matching = keys.filter { $0.keyID == signature.keyID }
        guard !matching.isEmpty else { throw .unknownSigner(signature.keyID) }
        var refusal = MinisignError.badSignature
        for key in matching {
            let comment: String
            do throws(MinisignError) {
                comment = try signature.verify(Prehash(of: Span()), with: key)
            } catch {
                refusal = error
                continue
            }
            return (try SuccessorStatement(line: comment), key)
        }
        throw .signature(refusal)
    }

    private var line: String {
        "\(Self.title)\tretired:\(retired)\tsuccessor:\(successor)\tdate:\(day)"
    }

    private init(line: String) throws(SuccessorStatementError) {
        let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, parts[0] == Self.title, parts[1].hasPrefix("retired:"),
            parts[2].hasPrefix("successor:"), parts[3].hasPrefix("date:"),
            let day = Self.day(parts[3].dropFirst(5))
        else { throw .malformed }
        try self.init(
            retired: String(parts[1].dropFirst(8)), successor: String(parts[2].dropFirst(10)),
            day: day)
    }

    /// `YYYY-MM-DD`
    private static func day(_ text: Substring) -> CivilDate? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Int($0) }
        guard numbers.count == 3,
            let day = CivilDate(year: numbers[0], month: numbers[1], day: numbers[2]),
            // One spelling: no sign, and all zeros.
            "\(day)" == text
        else { return nil }
        return day
    }

    private enum Sort {
        case opening, signing

        /// nil for anything but a key in its one spelling.
        init?(_ text: String) {
            if let key = try? MinisignPublicKey(parsing: text), key.description == text {
                self = .signing
            } else if let recipient = try? Recipient(parsing: text), recipient.description == text {
                self = .opening
            } else {
                return nil
            }
        }
    }
}

/// Why a statement is not believed.
package enum SuccessorStatementError: Error, Hashable {
    /// Nobody's key that is known here.
    case unknownSigner(MinisignKeyID)
    case signature(MinisignError)
    /// Signed, but not a statement of this kind.
    case malformed
    /// It replaces a key that the contact does not have here.
    case notHers
}

extension Keyring {
    /// Puts the successor in the place of a contact's key; all else stays as it is, also whether
    /// she was verified: her old key answers for the new one.
    ///
    /// A statement that was accepted before changes nothing.
    /// - Throws: `.notHers`.
    package func accept(
        _ statement: SuccessorStatement, from contact: Contact
    ) throws(SuccessorStatementError) {
        let tag =
            statement.isOfSigningKeys ? ContactCard.signKeyTag : ContactCard.recipientTag
        guard let entity = entities(RecordKind.contact).first(where: { $0.id == contact.id }) else {
            throw .notHers
        }
        let fields = entity.current.fields
        let keys = fields.texts(tag)
        guard keys.contains(statement.retired) else {
            guard keys.contains(statement.successor) else { throw .notHers }
            return
        }
        let isThere = keys.contains(statement.successor)
        save(
            RecordKind.contact, replacing: entity,
            fields.fields.compactMap { field in
                guard field.tag == tag, field.bytes == Array(statement.retired.utf8) else {
                    return field
                }
                return isThere ? nil : Field(tag, statement.successor)
            })
    }
}
