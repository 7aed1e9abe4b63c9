internal import Notebook
internal import Platform
internal import Vault

/// Where an editor puts what it holds: versions when its user says so, drafts in between. Each is a
/// commit of its own.
final class NoteDesk {
    private let vault: Vault
    private let tags: [String]
    private let template: String?
    /// As it lies in the vault; nil for a note that is new.
    private(set) var note: Note?
    /// The note's; also that of a new note with a draft.
    private(set) var id: ID16?
    private var seen: [ID16]
    private var hasDraft: Bool
    private var hasCommitted = false
    private(set) var hasSaved = false

    /// - Parameter draft: What is gone on with.
    init(_ vault: Vault, note: Note?, draft: Draft?, tags: [String], template: String?) {
        self.vault = vault
        self.note = note
        self.tags = draft?.tags ?? tags
        self.template = draft?.template ?? template
        id = note?.id ?? draft?.id
        seen = draft.map(\.seen) ?? note?.versions.map(\.id) ?? []
        hasDraft = draft != nil
    }

    /// Bytes that a hidden compartment takes in one commit; nil where nothing limits them.
    var room: Int? { vault.room }

    /// Whether drafts are kept in between.
    var keepsDrafts: Bool { vault.room == nil }

    /// - Throws: Why nothing can be stored; then nothing of it is.
    func save(title: String, body: [UInt8]) throws {
        try store { try stage(title: title, body: body) }
        hasDraft = false
        hasSaved = true
        note = id.flatMap { Notebook(vault).note($0) }
        seen = note?.versions.map(\.id) ?? []
    }

    /// The same without a commit of its own.
    func stage(title: String, body: [UInt8]) throws {
        let notebook = Notebook(vault)
        if let note {
            try notebook.edit(note, seen: seen, title: title, body: body)
        } else {
            id = try notebook.add(title: title, body: body, tags: tags, template: template, id: id)
        }
        if hasDraft, let id { notebook.closeDraft(id) }
    }

    func keepDraft(title: String, body: [UInt8]) throws {
        try store {
            id = try Notebook(vault).keepDraft(
                id, seen: seen, title: title, body: body, tags: tags, template: template)
        }
        hasDraft = true
    }

    /// What was not kept is not wanted. A draft that cannot be closed now stays.
    func drop() {
        if hasDraft, let id { Notebook(vault).closeDraft(id) }
        if hasDraft { hasCommitted = (try? vault.commit()) != nil || hasCommitted }
        hasDraft = false
        visit()
    }

    /// The vault was opened, whether or not anything was kept.
    func visit() {
        guard !hasCommitted else { return }
        _ = try? vault.commit()
        hasCommitted = true
    }

    private func store(_ stage: () throws -> Void) throws {
        let before = id
        do {
            try stage()
            _ = try vault.commit()
            hasCommitted = true
        } catch {
            vault.discardStaged()
            id = before
            throw error
        }
    }
}
