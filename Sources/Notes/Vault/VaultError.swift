package import Database
package import Platform

/// Why a vault could not do what it was asked, as facts.
package enum VaultError: Error, Hashable {
    /// No file at the path.
    case notFound
    /// Something is at the path already.
    case alreadyExists
    /// Another kind of file.
    case notAVault
    /// A vault of a later program.
    case newerFormat(version: Int32)
    /// The file's structure, schema or all three head rows are damaged.
    case damaged
    /// The head asks for a key derivation outside 32 MiB…1 GiB or 1…10 passes; nothing was spent.
    case unreasonableCost(operations: Int64, byteCount: Int64)
    /// The key derivation needs this much memory and did not get it.
    case outOfMemory(mebibytes: Int)
    /// No slot opens: a wrong passphrase, or words of another vault.
    case wrongPassphrase
    /// Empty, or longer than 1,024 bytes.
    case passphraseLength
    /// The keys that a session kept open nothing here.
    case sessionEnded
    /// The new passphrase opens a slot already.
    case passphraseInUse
    /// A passphrase that was to stay opens nothing, or a hidden compartment, which is carried along by
    /// itself and would be lost as one of these.
    case nothingToKeep, hiddenToKeep
    /// Another process is writing.
    case busy
    case full
    case readOnly
    /// A read-only medium with a write that was cut off: copy the file and its `-journal`.
    case unfinishedWrite
    /// Another file has taken the vault's place since it was opened.
    case replaced
    case inputOutput(code: Int32)
    /// What only an outer session can do.
    case hiddenSession
    /// What is to be hidden needs more than the chaff of this commit, which holds so many bytes.
    case noRoom(byteCount: Int)
    /// A vault without chaff, in which nothing can hide.
    case provable
    /// The log holds records that only a later program understands.
    case newerRecords(kind: UInt8)
    /// More than fits into one commit.
    case tooLarge
    /// A cell of a blob is not in the file.
    case blobMissing(ID16, index: Int)
    /// The whole differs from what the record says.
    case blobDamaged(ID16)
    /// The text of a note was in a write that is not whole any more.
    case textLost(ID16)
    /// A copy differs from the original after it was read back.
    case copyDiffers
    /// A copy of another vault, where one of this vault was to be merged.
    case otherVault
    /// A copy from before or after this vault was rewritten.
    case otherLineage
    /// Not one head row is left, and no other copy was named.
    case headLost
    /// A link or another file that is not a regular one, where a copy is to be read.
    case notRegular
    case file(FileError)
    /// SQLite refused a statement: a mistake of this program.
    case database(DatabaseError)

    init(_ error: DatabaseError) {
        self =
            switch error {
            case .busy: .busy
            case .full: .full
            case .readOnly: .readOnly
            case .hotJournal: .unfinishedWrite
            case .moved: .replaced
            case .inputOutput(let code): .inputOutput(code: code)
            case .corrupt, .schemaMismatch: .damaged
            case .notADatabase: .notAVault
            case .cannotOpen: .notFound
            case .exists: .alreadyExists
            case .isLink: .notRegular
            case .outOfMemory: .outOfMemory(mebibytes: 1)
            case .constraint, .failed: .database(error)
            }
    }

    init(_ error: FileError) {
        self =
            switch error {
            case .notFound: .notFound
            case .alreadyExists: .alreadyExists
            case .noSpace: .full
            case .notRegular, .isDirectory: .notRegular
            case .readOnly, .accessDenied: .readOnly
            default: .file(error)
            }
    }

    /// Runs `body` and turns the database's errors into the vault's.
    static func wrapping<R>(_ body: () throws(DatabaseError) -> R) throws(VaultError) -> R {
        do { return try body() } catch { throw VaultError(error) }
    }
}

/// What is wrong inside a vault that can still be read.
package enum VaultDamage: Hashable, Sendable {
    /// A row whose length is wrong, or whose box does not belong to its id, whoever owns it.
    case row(Int64)
    /// A row that carries this compartment's label, and whose box does not open.
    case cell(row: Int64)
    /// One of the three head rows.
    case head(Int)
    /// SQLite cannot walk through the file, or its index and its table differ.
    case structure
    /// A commit that others build upon is not in the file.
    case commitLost(ID16)
    /// Some parts of a commit are not in the file.
    case commitIncomplete(ID16)
    /// A commit whose cells open and whose content is not in the format.
    case commitUnreadable(ID16)
    /// The text of a record of this entity was in one of those.
    case text(ID16)
    /// A blob that a record names is missing or damaged.
    case blob(ID16)
}
