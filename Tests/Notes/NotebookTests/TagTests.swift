import Notebook
import TestSupport
import Testing

@Suite("tags")
struct TagTests {
    @Test("one tag in several spellings is one tag, in its first spelling")
    func spelling() throws {
        let notebook = Notebook(MemoryRecordStore(seed: 1))
        let id = try notebook.add(title: "x", body: [], tags: ["Corrupción", "corrupcion"])
        try notebook.addTags(["CORRUPCIÓN", "agua"], to: id)
        #expect(notebook.note(id)?.tags == ["agua", "Corrupción"])
        #expect(try notebook.removeTags(["corrupcion", "fuego"], from: id) == ["fuego"])
        #expect(notebook.note(id)?.tags == ["agua"])
    }

    @Test("a tag added again elsewhere outlives a removal that did not see it")
    func observedRemove() throws {
        let laptop = MemoryRecordStore(seed: 2)
        let phone = MemoryRecordStore(seed: 3)
        let id = try Notebook(laptop).add(title: "x", body: [], tags: ["agua"])
        phone.merge(laptop)
        try Notebook(laptop).removeTags(["agua"], from: id)
        try Notebook(phone).removeTags(["agua"], from: id)
        try Notebook(phone).addTags(["agua"], to: id)
        laptop.merge(phone)
        phone.merge(laptop)
        #expect(Notebook(laptop).note(id)?.tags == ["agua"])
        #expect(Notebook(phone).note(id)?.tags == ["agua"])
        try Notebook(laptop).removeTags(["agua"], from: id)
        #expect(Notebook(laptop).note(id)?.tags == [])
    }
}
