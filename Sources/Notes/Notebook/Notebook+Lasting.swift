package import Vault

extension Notebook {
    /// What stays when the vault is rewritten: all but versions, marks and attachments of what was
    /// purged. The purges stay: a copy somewhere may still have what they are about.
    package var lasting: Lasting {
        let purged = Set(
            store.records.lazy.filter { $0.kind == RecordKind.purge }.map(\.entity))
        let records = store.records.filter { record in
            guard record.kind != RecordKind.purge else { return true }
            let note = record.kind == RecordKind.blob ? Attachment.note(of: record) : nil
            return !purged.contains(record.entity) && !(note.map(purged.contains) ?? false)
        }
        return Lasting(records: records, blobs: Self.storedBytes(in: records).map(\.blob))
    }
}
