import Encoding
import Passphrases
import Primitives
import Secrets
import TestSupport
import Testing
import Wording

@Suite("recovery words")
struct RecoveryWordsTests {
    private func text(_ words: borrowing RecoveryWords, _ language: Language) -> String {
        words.text(in: language).withBytes { span in
            String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
        }
    }

    private func secret(_ words: borrowing RecoveryWords) -> [UInt8] {
        words.withSecret { span in span.indices.map { span[$0] } }
    }

    private func reading(_ text: String) -> Result<[UInt8], RecoveryWordsError> {
        Result { () throws(RecoveryWordsError) in
            secret(try RecoveryWords(reading: Array(text.utf8).span))
        }
    }

    @Test(
        "twelve words in either language give the same 16 bytes back", arguments: Language.allCases)
    func roundTrip(_ language: Language) {
        let random = SeededRandom(seed: 12)
        for _ in 0..<300 {
            let words = RecoveryWords(random: random)
            let spoken = text(words, language)
            let expected = secret(words)
            #expect(spoken.split(separator: " ").count == 12)
            #expect(reading(spoken) == .success(expected))
            #expect(reading("\n " + spoken.uppercased() + "  ") == .success(expected))
        }
    }

    @Test("the numbers are those of the specification")
    func layout() {
        let secret: [UInt8] = Array(0..<16)
        let check = BLAKE2b.hash(count: 16, Array("amparo/words/1".utf8), secret)
        var bits = ""
        for byte in secret + check.prefix(2) {
            let digits = String(byte, radix: 2)
            bits += String(repeating: "0", count: 8 - digits.count) + digits
        }
        let words = RecoveryWords(secret: SecretBytes(copying: secret.span))
        for position in 1...12 {
            let index = Int(bits.prefix(12), radix: 2) ?? -1
            bits.removeFirst(12)
            let word = words.word(position, in: .spanish)
            #expect(word == WordList.spanish.word(at: index))
            let asked = Array(word.utf8)
            let (right, wrong) = (
                words.isWord(position, asked.span), words.isWord(position, Array("x".utf8).span)
            )
            #expect(right && !wrong)
        }
    }

    @Test("the slot passphrase is the label and hexadecimal digits")
    func slotPassphrase() {
        let words = RecoveryWords(
            secret: SecretBytes(copying: [UInt8](repeating: 0xA7, count: 16).span))
        let text = words.slotPassphrase().withBytes { span in
            String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
        }
        #expect(text == "amparo-recovery-1:" + String(repeating: "a7", count: 16))
    }

    @Test("too few or too many words are counted", arguments: [0, 1, 11, 13, 40])
    func wrongCount(_ count: Int) {
        let text = Array(repeating: "abacus", count: count).joined(separator: " ")
        #expect(reading(text) == .failure(.wrongCount(count)))
    }

    @Test("an unknown word is named by its place, with what was probably meant")
    func unknownWord() {
        let words = RecoveryWords(random: SeededRandom(seed: 3))
        for position in 1...12 {
            var spoken = text(words, .spanish).split(separator: " ").map(String.init)
            let meant = spoken[position - 1]
            spoken[position - 1] = meant + "q"
            let result = reading(spoken.joined(separator: " "))
            guard case .failure(.unknownWord(position, let suggestions)) = result else {
                Issue.record("\(result)")
                continue
            }
            #expect(suggestions.contains(meant))
        }
    }

    @Test("two words exchanged, or another word of the list, are refused by the check")
    func wrongCheck() {
        let random = SeededRandom(seed: 4)
        var passed = 0
        for _ in 0..<200 {
            let words = RecoveryWords(random: random)
            var spoken = text(words, .english).split(separator: " ").map(String.init)
            spoken.swapAt(0, 1)
            // 16 bits: one exchange in 65,536 goes unnoticed.
            if reading(spoken.joined(separator: " ")) != .failure(.wrongCheck) { passed += 1 }
        }
        #expect(passed == 0)
    }

    @Test("words of two languages in one phrase are not a phrase")
    func mixed() {
        let words = RecoveryWords(random: SeededRandom(seed: 5))
        let english = text(words, .english).split(separator: " ")
        let spanish = text(words, .spanish).split(separator: " ")
        let mixture = (english.prefix(6) + spanish.suffix(6)).joined(separator: " ")
        guard case .failure(.unknownWord) = reading(mixture) else {
            Issue.record("a mixed phrase was read")
            return
        }
    }
}
