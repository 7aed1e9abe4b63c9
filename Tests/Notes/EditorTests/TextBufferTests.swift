import Editor
import TestSupport
import Testing

@Suite("the text that is being edited")
struct TextBufferTests {
    private func buffer(_ text: String, limit: Int = 1 << 20) -> TextBuffer {
        TextBuffer(Array(text.utf8), limit: limit)
    }

    private func words(_ buffer: TextBuffer) -> String {
        String(decoding: buffer.bytes, as: UTF8.self)
    }

    @Test("lines are found again after any change, as if the text were read anew")
    func lines() {
        let random = SeededRandom(seed: 7)
        let text = buffer("uno\ndos\n\ncuatro")
        var model = Array("uno\ndos\n\ncuatro".utf8)
        for round in 0..<2_000 {
            let start = Int(random.below(UInt32(model.count + 1)))
            let end = min(model.count, start + Int(random.below(6)))
            let new = Array(["", "a", "\n", "b\nc", "\n\n", "larga"][Int(random.below(6))].utf8)
            #expect(text.replace(start..<end, with: new, caret: start))
            model.replaceSubrange(start..<end, with: new)
            if round % 7 == 0 { _ = text.undo() }
            if round % 7 == 0 { _ = text.redo() }
            #expect(text.bytes == model)
            let starts = [0] + model.indices.filter { model[$0] == 10 }.map { $0 + 1 }
            #expect(text.lineStarts == starts)
            let line = Int(random.below(UInt32(starts.count)))
            #expect(text.line(at: starts[line]) == line)
            #expect(text.range(ofLine: line).lowerBound == starts[line])
        }
    }

    @Test("undo goes back to the first letter, redo to the last, whatever was done")
    func undo() {
        let random = SeededRandom(seed: 8)
        let text = buffer("")
        for _ in 0..<500 {
            let count = text.bytes.count
            let start = Int(random.below(UInt32(count + 1)))
            let end = min(count, start + Int(random.below(3)))
            text.replace(
                start..<end, with: Array(["x", "y ", "\n", ""][Int(random.below(4))].utf8),
                caret: start)
            if random.below(5) == 0 { text.endStep() }
        }
        let last = text.bytes
        while text.undo() != nil {}
        #expect(text.bytes.isEmpty && text.lineStarts == [0])
        while text.redo() != nil {}
        #expect(text.bytes == last)
    }

    @Test("what is typed is taken back word by word, with the caret where it was")
    func words() {
        let text = buffer("")
        for letter in "una señal clara" {
            text.replace(
                text.bytes.count..<text.bytes.count, with: Array(String(letter).utf8),
                caret: text.bytes.count)
        }
        #expect(text.undo() == "una señal ".utf8.count && words(text) == "una señal ")
        #expect(text.undo() == 4 && words(text) == "una ")
        #expect(text.redo() == "una señal ".utf8.count)
        // A change after an undo leaves nothing to redo.
        text.replace(0..<0, with: [0x21], caret: 0)
        #expect(text.redo() == nil)
    }

    @Test("nothing longer than a note may be is taken, and what is there stays")
    func limit() {
        let text = buffer("12345", limit: 8)
        #expect(!text.replace(5..<5, with: Array("6789".utf8), caret: 5))
        #expect(words(text) == "12345" && text.undo() == nil)
        #expect(text.replace(4..<5, with: Array("6789".utf8), caret: 5))
        #expect(words(text) == "12346789")
    }

    @Test(
        "a letter is what a person sees as one",
        arguments: [
            "ñ", "n\u{303}", "e\u{301}\u{323}", "字", "👩🏽‍🚒", "🇲🇽", "a", "한", "ก็", "\u{301}",
        ])
    func letters(_ letter: String) {
        let text = buffer("x" + letter + "yz\n" + letter + letter)
        let size = letter.utf8.count
        if letter == "\u{301}" {
            // A mark belongs to the letter before it.
            #expect(text.next(0) == 1 + size && text.previous(1 + size) == 0)
            return
        }
        #expect(text.next(0) == 1 && text.next(1) == 1 + size && text.previous(1 + size) == 1)
        let second = 1 + size + 3
        #expect(text.next(second) == second + size)
        #expect(text.previous(second + 2 * size) == second + size)
        #expect(text.previous(second) == second - 1 && text.next(second - 1) == second)
        #expect(text.next(text.bytes.count) == text.bytes.count && text.previous(0) == 0)
    }
}
