import Notebook
import Platform
import Secrets
import TestSupport
import Testing
import Vault

@Suite("notebook")
struct NotebookTests {
    @Test("a note comes back with its title, body, tags and times")
    func add() throws {
        let store = MemoryRecordStore(seed: 1)
        let notebook = Notebook(store)
        let id = try notebook.add(
            title: " Entrevista Puerto ", body: Array("Dijo que sí.\n".utf8),
            tags: ["veracruz", "#fuente"])
        let note = try #require(notebook.note(id))
        #expect(note.title == "Entrevista Puerto")
        #expect(try notebook.body(of: note.current) == Array("Dijo que sí.\n".utf8))
        #expect(note.tags == ["fuente", "veracruz"])
        #expect(note.created == store.now && note.modified == store.now)
        #expect(notebook.notes() == [note])
    }

    @Test("bodies up to 3,000 bytes are inline, longer ones are blobs, both come back whole")
    func bodies() throws {
        let notebook = Notebook(MemoryRecordStore(seed: 2))
        for count in [0, 1, 3_000, 3_001, 70_000, 131_072] {
            let body = [UInt8](repeating: UInt8(ascii: "a"), count: count)
            let id = try notebook.add(title: "t", body: body)
            let version = try #require(notebook.note(id)).current
            #expect(try notebook.body(of: version) == body)
            #expect(version.body.byteCount == UInt64(count))
            if case .inline = version.body {
                #expect(count <= 3_000)
            } else {
                #expect(count > 3_000)
            }
        }
    }

    @Test("without a title the first line with words stands for it")
    func untitled() throws {
        let notebook = Notebook(MemoryRecordStore(seed: 3))
        let id = try notebook.add(title: "", body: Array("\n  \nLa lancha\nsalió".utf8))
        #expect(notebook.note(id)?.title == "La lancha")
    }

    @Test("what is not a note is refused before anything is stored")
    func refusals() throws {
        let store = MemoryRecordStore(seed: 4)
        let notebook = Notebook(store)
        #expect(throws: NotebookError.emptyNote) { try notebook.add(title: "", body: []) }
        #expect(throws: NotebookError.bodyIsNotText) {
            try notebook.add(title: "x", body: [0x61, 0xf1, 0x6f])
        }
        #expect(throws: NotebookError.malformedTitle(limit: 500)) {
            try notebook.add(title: "a\u{1b}[2J", body: [])
        }
        #expect(throws: NotebookError.malformedTag(limit: 100)) {
            try notebook.add(title: "x", body: [], tags: ["bien", " "])
        }
        #expect(store.records.isEmpty)
    }

    @Test("edits on two devices leave two heads, newest first, until one edit sees both")
    func twoHeads() throws {
        let laptop = MemoryRecordStore(seed: 5)
        let phone = MemoryRecordStore(seed: 6)
        let id = try Notebook(laptop).add(title: "Puerto", body: Array("uno".utf8))
        phone.merge(laptop)
        laptop.now = laptop.now + .seconds(60)
        phone.now = phone.now + .seconds(30)
        try edit(id, in: laptop, to: "dos")
        try edit(id, in: phone, to: "tres")
        laptop.merge(phone)
        phone.merge(laptop)
        for store in [laptop, phone] {
            let notebook = Notebook(store)
            let note = try #require(notebook.note(id))
            #expect(try note.versions.map { try text(notebook, $0) } == ["dos", "tres"])
            #expect(note.created == Instant(milliseconds: 1_768_000_000_000))
        }
        try edit(id, in: laptop, to: "cuatro")
        let note = try #require(Notebook(laptop).note(id))
        #expect(note.versions.count == 1)
    }

    @Test("the trash hides a note, a restore or an unseen edit brings it back")
    func trash() throws {
        let laptop = MemoryRecordStore(seed: 7)
        let notebook = Notebook(laptop)
        let id = try notebook.add(title: "Puerto", body: [])
        let phone = MemoryRecordStore(seed: 8)
        phone.merge(laptop)
        notebook.trash(try #require(notebook.note(id)))
        #expect(notebook.notes().isEmpty)
        #expect(notebook.notes(inTrash: true).map(\.id) == [id])
        notebook.restore(try #require(notebook.note(id)))
        #expect(notebook.notes().map(\.id) == [id])
        notebook.trash(try #require(notebook.note(id)))
        try edit(id, in: phone, to: "una frase más")
        laptop.merge(phone)
        #expect(notebook.notes().count == 1)
    }

    @Test("a purge is for ever, whatever an old copy brings")
    func purge() throws {
        let laptop = MemoryRecordStore(seed: 9)
        let id = try Notebook(laptop).add(title: "Puerto", body: [])
        let copy = MemoryRecordStore(seed: 10)
        copy.merge(laptop)
        laptop.stage(kind: RecordKind.purge, entity: id, parents: [], fields: .init())
        try edit(id, in: copy, to: "otra vez")
        laptop.merge(copy)
        #expect(Notebook(laptop).notes().isEmpty)
        #expect(Notebook(laptop).note(id) == nil)
    }

    @Test("an attachment keeps its name, bytes and time")
    func attachment() throws {
        let store = MemoryRecordStore(seed: 11)
        let notebook = Notebook(store)
        let id = try notebook.add(title: "Puerto", body: [])
        let photo = SeededRandom(seed: 1).bytes(100_000)
        var rest = photo[...]
        try notebook.attach("foto.jpg", to: id) {
            defer { rest = rest.dropFirst(65_536) }
            return Array(rest.prefix(65_536))
        }
        let attachment = try #require(notebook.note(id)?.attachments.first)
        #expect(attachment.name == "foto.jpg" && attachment.time == store.now)
        var out: [UInt8] = []
        try notebook.extract(attachment) { out += $0 }
        #expect(out == photo)
        for name in ["", "..", "a/b", "a\nb"] {
            #expect(throws: NotebookError.malformedName) {
                try notebook.attach(name, to: id) { [] }
            }
        }
    }

    @Test("random histories on three devices give one result in every order of merging")
    func histories() throws {
        for seed in UInt64(0)..<60 {
            let random = SeededRandom(seed: seed)
            var stores = (0..<3).map { MemoryRecordStore(seed: seed * 10 + UInt64($0) + 100) }
            for _ in 0..<40 {
                let store = stores[Int(random.below(3))]
                // Clocks a year off, both ways.
                let days = Int64(random.below(730)) - 365
                store.now = Instant(milliseconds: 1_768_000_000_000 + days * 86_400_000)
                try step(store, random)
                if random.below(5) == 0 { store.merge(stores[Int(random.below(3))]) }
            }
            var results: [[Note]] = []
            for _ in 0..<3 {
                let target = MemoryRecordStore(seed: 99)
                random.shuffle(&stores)
                for store in stores + stores { target.merge(store) }
                target.shuffle(random)
                let notebook = Notebook(target)
                results.append(notebook.notes() + notebook.notes(inTrash: true))
                let seen = Set(target.records.filter { $0.kind == RecordKind.note }.map(\.entity))
                #expect(Set(results[0].map(\.id)) == seen, "seed \(seed)")
            }
            #expect(results[0] == results[1] && results[1] == results[2], "seed \(seed)")
        }
    }

    private func step(_ store: MemoryRecordStore, _ random: SeededRandom) throws {
        let notebook = Notebook(store)
        let notes = notebook.notes() + notebook.notes(inTrash: true)
        guard !notes.isEmpty, random.below(4) > 0 else {
            try notebook.add(title: "n\(random.below(1_000))", body: [], tags: ["uno"])
            return
        }
        let note = notes[Int(random.below(UInt32(notes.count)))]
        let tag = ["uno", "Dos", "dos", "trés"][Int(random.below(4))]
        switch random.below(5) {
        case 0: try notebook.edit(note, title: note.title + "+", body: [])
        case 1: try notebook.addTags([tag], to: note.id)
        case 2: try notebook.removeTags([tag], from: note.id)
        case 3: notebook.trash(note)
        default: notebook.restore(note)
        }
    }

    private func edit(_ id: ID16, in store: MemoryRecordStore, to text: String) throws {
        let notebook = Notebook(store)
        let note = try #require(notebook.note(id))
        try notebook.edit(note, title: note.title, body: Array(text.utf8))
    }

    private func text(_ notebook: Notebook, _ version: NoteVersion) throws -> String {
        String(decoding: try notebook.body(of: version), as: UTF8.self)
    }
}
