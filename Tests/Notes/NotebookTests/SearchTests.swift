import Notebook
import Platform
import TestSupport
import Testing

@Suite("search")
struct SearchTests {
    private let notebook: Notebook

    init() throws {
        let store = MemoryRecordStore(seed: 1)
        notebook = Notebook(store)
        try notebook.add(
            title: "Entrevista Puerto",
            body: Array("La adjudicación del\n  puerto de Veracruz".utf8),
            tags: ["veracruz", "San Juan"])
        store.now = store.now + .seconds(86_400)
        try notebook.add(title: "Año nuevo", body: Array("LUCIÉRNAGA en la ﬁnca".utf8))
        store.now = store.now + .seconds(86_400)
        let long = String(repeating: "relleno ", count: 1_000) + "zarzamora"
        let id = try notebook.add(title: "Largo", body: Array(long.utf8), tags: ["veracruz"])
        try notebook.attach("acta-notarial.pdf", to: id) { [] }
    }

    static let cases: [(String, [String])] = [
        ("puerto", ["Entrevista Puerto"]), ("PUERTO adjudicacion", ["Entrevista Puerto"]),
        ("\"del puerto de\"", ["Entrevista Puerto"]), ("\"puerto del\"", []),
        ("“del   puerto”", ["Entrevista Puerto"]), ("luciernaga", ["Año nuevo"]),
        ("ano", ["Año nuevo"]), ("AÑO", ["Año nuevo"]), ("finca", ["Año nuevo"]),
        ("zarzamora", ["Largo"]), ("tag:veracruz", ["Entrevista Puerto", "Largo"]),
        ("tag:VERACRUZ zarza", ["Largo"]), ("tag:vera", []),
        ("tag:\"san juan\"", ["Entrevista Puerto"]),
        ("tag:#veracruz puerto", ["Entrevista Puerto"]),
        ("before:2026-01-02", ["Entrevista Puerto"]), ("after:2026-01-03", ["Largo"]),
        ("after:2026-01-02 before:2026-01-03", ["Año nuevo"]), ("notarial", ["Largo"]),
        ("veracruz", ["Entrevista Puerto", "Largo"]), ("etiqueta:veracruz zarza", ["Largo"]),
        ("después:2026-01-03", ["Largo"]), ("antes:2026-01-02", ["Entrevista Puerto"]),
        ("\"puerto la\"", []), ("", ["Entrevista Puerto", "Año nuevo", "Largo"]),
    ]

    @Test("words, phrases, tags and days", arguments: cases)
    func finds(_ query: String, _ titles: [String]) throws {
        let search = try Search(parsing: query)
        let found = try notebook.find(search) { moment in
            // The notes were written on three days from the first of January on.
            CivilDate(
                daysSince1970: 20_454 + Int((moment.milliseconds - 1_768_000_000_000) / 86_400_000))
        }
        #expect(found.matches.map(\.note.title) == titles)
        #expect(found.unreadable.isEmpty)
    }

    @Test("the line that matched is shown")
    func line() throws {
        let search = try Search(parsing: "puerto veracruz")
        let found = try notebook.find(search) { _ in CivilDate(daysSince1970: 20_454) }
        #expect(found.matches.map(\.line) == ["puerto de Veracruz"])
    }

    @Test("a note whose text is lost is named, and the others are found")
    func lostText() throws {
        let store = MemoryRecordStore(seed: 2)
        let notebook = Notebook(store)
        try notebook.add(title: "Perdido", body: Array(repeating: 0x70, count: 20_000))
        try notebook.add(title: "Entero", body: Array("puerto".utf8))
        store.loseBlobs()
        let found = try notebook.find(try Search(parsing: "puerto")) { $0.utc.date }
        #expect(found.matches.map(\.note.title) == ["Entero"])
        #expect(found.unreadable.map(\.title) == ["Perdido"])
    }

    @Test(
        "a day that does not exist is refused",
        arguments: ["before:ayer", "after:2026-02-29", "before:2026-1-1", "after:2026-13-01"])
    func dates(_ query: String) {
        #expect(throws: SearchError.self) { try Search(parsing: query) }
    }
}
