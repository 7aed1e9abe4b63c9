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

    @Test("words drawn by lot count what the lot gives them", arguments: Language.allCases)
    func drawn(_ language: Language) {
        let dice = Diceware(language)
        let random = SeededRandom(seed: 20_261_130)
        for place in 0..<3_000 {
            let count = 4 + place % 5
            let phrase = dice.draw(count, random: random)
            let (words, found) = phrase.withBytes { text in
                (
                    Set(text.indices.map { text[$0] }.split(separator: UInt8(ascii: " "))),
                    Strength(of: text)
                )
            }
            let lost = count - words.count
            let least = dice.bits(count) - 8 * lost - (lost > 0 ? 1 : 0)
            #expect((least...dice.bits(count)).contains(found.bits), "\(place): \(found.bits)")
            #expect(count < 6 || lost > 1 || found.verdict == .strong, "\(place)")
        }
    }

    @Test("words of the lists that were not drawn, or not all of them, are only estimated")
    func madeUp() {
        let dice = Diceware(.spanish)
        #expect(strength("zurdo trigal oruga panteras bodega fleco").verdict != .weak)
        // A name more or less is what the lot brings; a list of names it does not.
        for phrase in [
            "laura sofia elena diana julia carla", "correct horse battery staple",
            "quiero mucho a mi perro negro", "la casa de mi abuela en xalapa",
            "voy a la escuela todos los dias", "my dog likes the green house",
            "no puedo recordar ninguna frase", "happy summer forever friend",
            "tres tristes tigres tragaban trigo", "arroz con leche me quiero casar",
        ] {
            let found = strength(phrase)
            #expect(found.verdict != .strong, "\(phrase): \(found.bits)")
            let words = phrase.split(separator: " ").count
            #expect(found.bits < dice.bits(words), "\(phrase): \(found.bits)")
        }
    }

    @Test("a word that comes again counts little, and three words are no draw")
    func again() {
        let word = Diceware(.spanish).draw(1, random: SeededRandom(seed: 5))
        let text = word.withBytes { span in
            String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
        }
        let found = strength([text, text, text, text, text, text].joined(separator: " "))
        #expect((12...31).contains(found.bits) && found.verdict == .weak, "\(found.bits)")
        #expect(found.findings == [.repetition])
        #expect(strength([text, text, text].joined(separator: " ")).verdict == .weak)
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
