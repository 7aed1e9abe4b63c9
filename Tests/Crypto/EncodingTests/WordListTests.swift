import Encoding
import Testing
import Wording

@Suite("word lists")
struct WordListTests {
    static let languages = Language.allCases

    @Test("4,096 different words of 4 to 8 letters in byte order", arguments: languages)
    func shape(_ language: Language) {
        let list = WordList.of(language)
        let words = (0..<WordList.count).map { list.word(at: $0) }
        #expect(words.count == 4096)
        #expect(Set(words).count == 4096)
        #expect(
            words.map { Array($0.utf8) }
                == words.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) })
        #expect(words.allSatisfy { (4...8).contains($0.utf8.count) })
        #expect(words.allSatisfy { $0.utf8.allSatisfy { (97...122).contains($0) } })
    }

    @Test("the frozen lists keep their ends and their middle")
    func frozen() {
        let english = WordList.english
        let spanish = WordList.spanish
        #expect([0, 2048, 4095].map { english.word(at: $0) } == ["abacus", "marshy", "zoology"])
        #expect([0, 2048, 4095].map { spanish.word(at: $0) } == ["abadesa", "juzgaba", "zurich"])
    }

    @Test("every word is found at its own number", arguments: languages)
    func lookUp(_ language: Language) {
        let list = WordList.of(language)
        let all = (0..<WordList.count).map { list.word(at: $0) }.joined(separator: " ")
        let typed = TypedWords(Array(all.utf8).span)
        let found = (0..<WordList.count).map { list.index(of: typed, at: $0) }
        #expect(found == (0..<WordList.count).map { $0 })
    }

    @Test("no more than a handful of words are in both languages")
    func overlap() {
        let english = Set((0..<WordList.count).map { WordList.english.word(at: $0) })
        let both = (0..<WordList.count).filter { english.contains(WordList.spanish.word(at: $0)) }
        // With n shared words, both lists hold a whole phrase of twelve once in (4096/n)^12.
        #expect(both.count == 50)
    }

    @Test(
        "capitals, accents and white space are forgiven",
        arguments: [
            "abadesa", "ABADESA", "  Abadesa\t\n", "ábadesa", "aba\u{301}desa", "ÁBADESA",
            "abàdesa?",
        ])
    func folding(_ text: String) {
        let typed = TypedWords(Array(text.utf8).span)
        let (count, index) = (typed.count, WordList.spanish.index(of: typed, at: 0))
        #expect(count == 1)
        #expect(index == (text == "abàdesa?" ? nil : 0))
    }

    @Test(
        "what is too long, cut or no text at all is in no list",
        arguments: [
            "abadesaabadesa", "zoologyx", "abadesas", "a", "abades\u{301}\u{0}a", "\u{1F600}",
            "abadesaabades",
        ])
    func strangers(_ text: String) {
        let typed = TypedWords(Array(text.utf8).span)
        let found = WordList.all.map { $0.index(of: typed, at: 0) }
        #expect(found == [nil, nil])
    }

    @Test("bytes that are not UTF-8 do no harm")
    func invalidText() {
        for first in UInt8.min...UInt8.max {
            let typed = TypedWords([first, 0xCC].span)
            let count = typed.count
            #expect((0...1).contains(count))
        }
        let empty = TypedWords([UInt8]().span)
        let count = empty.count
        #expect(count == 0)
    }

    @Test(
        "a slip of the pen is answered with the word it came from",
        arguments: [("abcus", "abacus"), ("zoologi", "zoology"), ("maarshy", "marshy")])
    func suggestions(_ slip: String, _ meant: String) {
        let typed = TypedWords(Array(slip.utf8).span)
        let near = WordList.english.suggestions(for: typed, at: 0)
        #expect(near.first == meant)
        #expect(near.count <= 3)
    }
}
