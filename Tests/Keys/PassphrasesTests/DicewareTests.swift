import Encoding
import Foundation
import Passphrases
import Secrets
import TestSupport
import Testing
import Wording

@Suite("passphrases drawn by lot")
struct DicewareTests {
    private func text(_ secret: borrowing SecretBytes) -> String {
        secret.withBytes { bytes in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
    }

    @Test(
        "the bits that are stated are those of the words that are left",
        arguments: Language.allCases)
    func bits(_ language: Language) {
        let dice = Diceware(language)
        #expect(dice.wordCount < WordList.count && dice.wordCount > 4_000)
        #expect(dice.millibitsPerWord == Int(1_000 * log2(Double(dice.wordCount))))
        #expect(dice.bits(Diceware.usualCount) == 71)
        #expect(dice.bits(1) == 11)
    }

    @Test("as many words as asked for, all of the list", arguments: Language.allCases)
    func words(_ language: Language) {
        let dice = Diceware(language)
        let list = WordList.of(language)
        for count in Diceware.wordCounts {
            let words = text(dice.draw(count, random: SeededRandom(seed: UInt64(count))))
                .split(separator: " ").map(String.init)
            #expect(words.count == count)
            for word in words { #expect(list.index(of: Array(word.utf8)) != nil) }
        }
    }

    @Test("every word is drawn sometimes, and those left out never")
    func coverage() {
        let dice = Diceware(.spanish)
        let random = SeededRandom(seed: 4)
        var seen: Set<String> = []
        for _ in 0..<4_000 {
            seen.formUnion(
                text(dice.draw(15, random: random)).split(separator: " ").map(String.init))
        }
        #expect(seen.count == dice.wordCount)
        #expect(!seen.contains("pezones") && !seen.contains("mordida") && seen.contains("jaguar"))
    }
}
