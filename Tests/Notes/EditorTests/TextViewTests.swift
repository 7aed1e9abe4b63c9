import Editor
import TestSupport
import Testing

@Suite("a text on a screen")
struct TextViewTests {
    private func view(_ text: String, columns: Int = 20, rows: Int = 5) -> TextView {
        let view = TextView(TextBuffer(Array(text.utf8), limit: 4 << 20))
        view.resize(columns: columns, rows: rows)
        return view
    }

    /// What the screen shows, runs put where they belong.
    private func shown(_ view: TextView) -> [String] {
        view.draw().rows.map { row in
            var line = ""
            for run in row.runs {
                line += String(repeating: " ", count: max(0, run.column - line.count)) + run.text
            }
            return line
        }
    }

    private func type(_ view: TextView, _ text: String) { view.insert(Array(text.utf8)) }

    @Test("lines are broken between words, and words that are too long anywhere")
    func wrap() {
        let view = view("el muelle estaba a oscuras\ny\nabcdefghijklmnopqrstuvwxyz")
        #expect(
            shown(view) == [
                "el muelle estaba a ", "oscuras", "y", "abcdefghijklmnopqrs", "tuvwxyz",
            ])
        view.resize(columns: 10, rows: 9)
        #expect(shown(view).prefix(3) == ["el muelle ", "estaba a ", "oscuras"])
    }

    @Test("no row is wider than the screen, and every letter is on one, at any width")
    func widths() {
        let text =
            "ñandú con 字幕組 y 👩🏽‍🚒\tfin e\u{301}\u{323} \u{202E}abc\r palabra-larguísima-que-no-cabe"
        for columns in 4...60 {
            let view = view(text, columns: columns, rows: 200)
            var seen = ""
            for row in view.draw().rows {
                for run in row.runs {
                    #expect(run.column < columns)
                    seen += run.text
                }
            }
            for piece in ["ñandú", "字", "👩🏽‍🚒", "<202E>", "^M", "larguísima"] {
                let letters = piece.filter { $0 != " " }
                #expect(
                    seen.contains(letters) || letters.allSatisfy { seen.contains($0) },
                    "\(piece) at \(columns)")
            }
            // The caret is always on the screen.
            for _ in 0..<80 {
                view.move(.right)
                let caret = view.draw().caret
                #expect((0..<columns).contains(caret.column))
            }
        }
    }

    @Test("what could move the cursor or turn a line around is shown as a mark")
    func hidden() {
        let rows = shown(view("a\u{1B}[31mb\u{7}\u{85}\u{200F}\u{FEFF}", columns: 60))
        #expect(rows == ["a^[[31mb^G<85><200F><FEFF>"])
    }

    @Test("up and down keep their column through short lines")
    func column() {
        let view = view("primera línea\nx\ntercera línea", columns: 40)
        for _ in 0..<8 { view.move(.right) }
        view.move(.down)
        #expect(view.draw().caret == (1, 1))
        view.move(.down)
        #expect(view.draw().caret == (2, 8))
        view.move(.up)
        view.move(.left)
        view.move(.up)
        #expect(view.draw().caret == (0, 0))
        view.move(.up)
        #expect(view.caret == 0)
    }

    @Test("wide letters and tabs take the columns that they take")
    func wide() {
        let view = view("字a\tb", columns: 40)
        var columns = [view.draw().caret.column]
        for _ in 0..<4 {
            view.move(.right)
            columns.append(view.draw().caret.column)
        }
        #expect(columns == [0, 2, 3, 4, 5])
    }

    @Test("words, row ends, pages and the ends of the text")
    func motions() {
        let view = view("el muelle, de noche\n" + String(repeating: "x\n", count: 30))
        view.move(.wordRight)
        #expect(view.caret == 2)
        view.move(.wordRight)
        #expect(view.caret == 9)
        view.move(.wordLeft)
        #expect(view.caret == 3)
        view.move(.rowEnd)
        #expect(view.caret == 19)
        view.move(.rowStart)
        #expect(view.caret == 0)
        view.move(.pageDown)
        #expect(view.text.line(at: view.caret) == 3)
        view.move(.bottom)
        #expect(view.caret == view.text.bytes.count)
        #expect(view.draw().caret.row == 4)
        view.move(.pageUp)
        #expect(view.text.line(at: view.caret) == 28)
        view.move(.top)
        #expect(view.caret == 0 && view.draw().caret == (0, 0))
    }

    @Test("deleting takes whole letters, words and line ends")
    func deleting() {
        let view = view("e\u{301}l mañana\nsí")
        view.delete(.right)
        #expect(String(decoding: view.text.bytes, as: UTF8.self) == "l mañana\nsí")
        view.move(.rowEnd)
        view.delete(.wordLeft)
        #expect(String(decoding: view.text.bytes, as: UTF8.self) == "l \nsí")
        view.delete(.right)
        #expect(String(decoding: view.text.bytes, as: UTF8.self) == "l sí")
        view.move(.top)
        view.deleteToLineEnd()
        #expect(view.text.bytes.isEmpty)
        #expect(view.undo() && view.undo() && view.undo())
        #expect(String(decoding: view.text.bytes, as: UTF8.self) == "l mañana\nsí")
    }

    @Test("a search forgives case and accents, goes round, and marks what it found")
    func search() throws {
        let view = view("El Muelle 字\nel  MUÉLLE de Núñez\nfin", columns: 40)
        let text = view.text
        let first = try #require(TextSearch.next("muelle", in: text, from: 1))
        #expect(String(decoding: text.bytes[first], as: UTF8.self) == "Muelle")
        let second = try #require(TextSearch.next("muelle", in: text, from: first.upperBound))
        #expect(String(decoding: text.bytes[second], as: UTF8.self) == "MUÉLLE")
        #expect(TextSearch.next("muelle", in: text, from: second.upperBound) == first)
        let phrase = try #require(TextSearch.next("EL muelle DE nunez", in: text, from: 0))
        #expect(String(decoding: text.bytes[phrase], as: UTF8.self) == "el  MUÉLLE de Núñez")
        #expect(TextSearch.next("mezcal", in: text, from: 0) == nil)
        view.show(second)
        let marked = view.draw().rows.flatMap(\.runs).filter(\.isMarked).map(\.text).joined()
        #expect(marked == "MUÉLLE")
    }

    @Test("a megabyte is put in, drawn, searched and taken back without delay")
    func large() throws {
        let line = "Dijo que sí, en el muelle, de noche; ñandú y 字.\n"
        let paste = Array(String(repeating: line, count: (1 << 20) / line.utf8.count + 1).utf8)
        let view = view("", columns: 80, rows: 22)
        let clock = ContinuousClock()
        let spent = clock.measure {
            view.insert(paste)
            _ = view.draw()
            for _ in 0..<50 {
                view.insert([0x61])
                view.move(.pageUp)
                _ = view.draw()
            }
        }
        // A debug build on a busy machine; the release build takes a hundredth.
        #expect(spent < .seconds(30))
        #expect(view.text.bytes.count == paste.count + 50)
        // Without a line end too.
        let flat = self.view("", columns: 80, rows: 22)
        flat.insert(Array(repeating: 0x78, count: 300_000))
        _ = flat.draw()
        flat.move(.up)
        flat.insert([0x79])
        #expect(flat.text.bytes.count == 300_001 && flat.undo() && flat.undo())
        #expect(flat.text.bytes.isEmpty)
    }

    @Test("another size keeps the caret in sight")
    func resize() {
        let view = view((0..<200).map { "línea \($0) de un texto largo" }.joined(separator: "\n"))
        view.move(.bottom)
        _ = view.draw()
        for (columns, rows) in [(80, 20), (10, 3), (4, 1), (200, 60), (1, 1)] {
            view.resize(columns: columns, rows: rows)
            let drawn = view.draw()
            #expect(drawn.rows.count <= max(rows, 1))
            #expect(drawn.caret.row < max(rows, 1))
        }
    }
}
