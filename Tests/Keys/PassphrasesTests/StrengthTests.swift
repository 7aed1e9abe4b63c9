import Passphrases
import Secrets
import TestSupport
import Testing
import Wording

@Suite("strength of a passphrase somebody thought up")
struct StrengthTests {
    private func strength(_ text: String) -> Strength { Strength(of: Array(text.utf8).span) }

    @Test(
        "what people use is weak, however it is dressed up",
        arguments: [
            "123456", "contraseña", "Contraseña1", "c0ntr4s3ñ4", "qwertyuiop", "1qaz2wsx",
            "asdfghjkl", "Guadalupe1985", "Xalapa2024!", "juan hernandez", "María Guadalupe López",
            "abcdefgh", "aaaaaaaaaaaaaaaa", "te amo mucho", "15091985", "Veracruz15091810",
            "mexicanos al grito de guerra", "No se mata la verdad matando periodistas",
            "hola hola hola hola hola", "zxcvbnm123", "lkjhgfdsa", "América1", "¡Viva México!",
            "15/09/1985", "9-15-85", "1985.09.15", "09151985", "Laura 15/9/1985",
        ])
    func weak(_ text: String) {
        let found = strength(text)
        #expect(found.verdict == .weak, "\(text): \(found.bits)")
        #expect(!found.findings.isEmpty, "\(text)")
    }

    @Test(
        "it says what a weak one leans on",
        arguments: [
            ("Guadalupe1985", Strength.Finding.common), ("Toluca77", .place), ("ximena!", .name),
            ("qwertyui", .keyboard), ("vfr4567", .keyboard), ("abcdefg", .sequence),
            ("15091985", .date), ("15/9/85", .date), ("1985-09-15", .date), ("gggggg", .repetition),
            ("tierra y libertad", .quotation),
        ])
    func findings(_ text: String, _ finding: Strength.Finding) {
        #expect(strength(text).findings.contains(finding), "\(strength(text))")
    }

    @Test("words drawn by lot are strong, and never overrated", arguments: Language.allCases)
    func drawn(_ language: Language) {
        let dice = Diceware(language)
        for seed in 0..<50 {
            let phrase = dice.draw(6, random: SeededRandom(seed: UInt64(seed)))
            let found = phrase.withBytes { Strength(of: $0) }
            #expect(found.bits <= 72 && found.bits >= 50, "\(seed): \(found.bits)")
        }
    }

    @Test("random letters count as random; fewer of them count less")
    func random() {
        #expect(strength("xkqzvbnwpjtrgdqk").verdict == .strong)
        #expect((40...60).contains(strength("T7#kq9!Xw").bits), "\(strength("T7#kq9!Xw").bits)")
        #expect(strength("").bits == 0)
        #expect(strength("   ").bits == 0)
    }

    @Test("case, accents and spaces change little")
    func dress() {
        let plain = strength("guadalupe lopez").bits
        #expect(strength("Guadalupe López").bits <= plain + 3)
        #expect(strength("guadalupelopez").bits == plain)
        #expect(strength("GUADALUPE LO\u{301}PEZ").bits <= plain + 3)
    }

    @Test("any bytes are estimated, none traps")
    func hostile() {
        let random = SeededRandom(seed: 9)
        for _ in 0..<300 {
            let bytes = random.bytes(Int(random.below(80)))
            #expect(Strength(of: bytes.span).bits >= 0)
        }
        let long = [UInt8](repeating: UInt8(ascii: "k"), count: 1_024)
        #expect(Strength(of: long.span).bits < 400)
    }
}

@Suite("rehearsing a passphrase")
struct RehearsalTests {
    @Test("less help each time; a slip goes one step back")
    func steps() {
        var rehearsal = Rehearsal(isNew: true)
        #expect(rehearsal.step == .reading)
        rehearsal.answer(false)
        #expect(rehearsal.step == .reading && rehearsal.left == 5)
        rehearsal.answer(true)
        #expect(rehearsal.step == .initials)
        rehearsal.answer(true)
        #expect(rehearsal.step == .memory)
        rehearsal.answer(false)
        #expect(rehearsal.step == .initials)
        for _ in 0..<4 { rehearsal.answer(true) }
        #expect(rehearsal.step == nil && rehearsal.left == 0)
    }

    @Test("an own one is never shown")
    func own() {
        var rehearsal = Rehearsal(isNew: false)
        for _ in 0..<2 {
            #expect(rehearsal.step == .memory)
            rehearsal.answer(false)
        }
        rehearsal.answer(true)
        #expect(rehearsal.step == .pause(seconds: 20))
    }
}
