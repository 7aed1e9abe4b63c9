import CheckIn
import Encoding
import Primitives
import Secrets
import TestSupport
import Testing

@Suite("plan codes")
struct PlanCodeTests {
    func text(_ code: borrowing PlanCode) -> String {
        code.text.withBytes { span in
            String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
        }
    }

    @Test("four words and a check word, read back in either language however they are typed")
    func roundTrip() throws {
        let random = SeededRandom(seed: 3)
        for list in WordList.all {
            for _ in 0..<50 {
                let code = PlanCode(random: random, list: list)
                let words = text(code)
                #expect(words.split(separator: " ").count == 5)
                let typed = Array(
                    "  \(words.uppercased().split(separator: " ").joined(separator: "\t "))\n".utf8)
                let read = try PlanCode(reading: typed.span)
                #expect(text(read) == words)
            }
        }
    }

    @Test("a duress code is another one by two words at least")
    func twins() {
        // The same seed draws the same code first, which is no twin.
        for seed in UInt64(1)...40 {
            let code = PlanCode(random: SeededRandom(seed: seed), list: .spanish)
            let twin = code.twin(random: SeededRandom(seed: seed), list: .spanish)
            let left = text(code).split(separator: " ").dropLast()
            let right = text(twin).split(separator: " ").dropLast()
            #expect(zip(left, right).count { $0 != $1 } >= 2)
            #expect(code.differingWords(from: code, in: .spanish) == 0)
        }
    }

    @Test("the check word is the first 12 bits of BLAKE2b-128 over the words")
    func check() {
        let code = PlanCode(random: SeededRandom(seed: 4), list: .spanish)
        let words = text(code).split(separator: " ")
        let hash = BLAKE2b.hash(
            count: 16, Array(("amparo/check/1" + words.dropLast().joined(separator: " ")).utf8))
        let index = Int(hash[0]) << 4 | Int(hash[1] >> 4)
        #expect(WordList.spanish.word(at: index) == words.last.map(String.init))
    }

    @Test("a wrong word is caught offline, except once in 4,096")
    func slips() {
        let random = SeededRandom(seed: 5)
        var missed = 0
        for _ in 0..<400 {
            let code = PlanCode(random: random, list: .english)
            var words = text(code).split(separator: " ").map(String.init)
            words[Int(random.below(5))] = WordList.english.word(at: Int(random.below(4096)))
            let typed = Array(words.joined(separator: " ").utf8)
            if (try? PlanCode(reading: typed.span).text.count) != nil { missed += 1 }
        }
        // A word replaced by itself or a lucky check: 2 in 4,096 per trial.
        #expect(missed <= 3)
    }

    @Test("eight digits and a check digit; every single slip is caught")
    func digits() throws {
        let random = SeededRandom(seed: 6)
        for _ in 0..<50 {
            let code = text(PlanCode(digits: random))
            #expect(code.utf8.count == 9)
            let spaced = Array(
                " \(code.prefix(4)) \(code.dropFirst(4).prefix(4))-\(code.suffix(1))\n".utf8)
            #expect(try text(PlanCode(reading: spaced.span)) == code)
            for place in 0..<9 {
                for digit in 0..<10 where Array(code.utf8)[place] != UInt8(48 + digit) {
                    var typed = Array(code.utf8)
                    typed[place] = UInt8(48 + digit)
                    #expect(throws: CodeError.checkDigit) {
                        _ = try PlanCode(reading: typed.span).text.count
                    }
                }
            }
        }
        #expect(throws: CodeError.digitCount(8)) {
            _ = try PlanCode(reading: Array("12345678".utf8).span).text.count
        }
    }

    @Test("a duress code is two words or four digits away from the other")
    func distance() throws {
        func isFar(_ left: String, _ right: String) throws -> Bool {
            let one = try code(left)
            let other = try code(right)
            return one.isFar(from: other)
        }
        func code(_ words: String) throws -> PlanCode {
            try PlanCode(reading: Array(words.utf8).span)
        }
        func checked(_ words: [String]) -> String {
            // The check word that makes it a code.
            for index in 0..<4_096 {
                let typed = (words + [WordList.english.word(at: index)]).joined(separator: " ")
                if (try? code(typed).text.count) != nil { return typed }
            }
            return ""
        }
        let words = [10, 20, 30, 40].map { WordList.english.word(at: $0) }
        let other = WordList.english.word(at: 99)
        let first = checked(words)
        #expect(try !isFar(first, first))
        #expect(try !isFar(first, checked([other] + words.dropFirst())))
        #expect(try isFar(first, checked([other, other] + words.dropFirst(2))))
        let random = SeededRandom(seed: 8)
        let digits = text(PlanCode(digits: random))
        #expect(try !isFar(digits, digits))
        #expect(try isFar(digits, first))
    }

    @Test("says what is wrong with a typed code")
    func refusals() {
        func error(_ typed: String) -> CodeError? {
            do throws(CodeError) {
                _ = try PlanCode(reading: Array(typed.utf8).span)
                return nil
            } catch { return error }
        }
        #expect(error("") == .wordCount(0))
        #expect(error("one two") == .wordCount(2))
        let code = text(PlanCode(random: SeededRandom(seed: 6), list: .english))
        var words = code.split(separator: " ").map(String.init)
        words[2] = "zzzzzz"
        #expect(error(words.joined(separator: " ")) == .unknownWord(3))
        words = code.split(separator: " ").map(String.init)
        words.swapAt(0, 1)
        #expect(error(words.joined(separator: " ")) == .checkWord)
    }

    @Test("the seed depends on code, plan and secret")
    func seeds() throws {
        let random = SeededRandom(seed: 7)
        let code = PlanCode(random: random, list: .english)
        let plan = PlanID.random(random)
        let secret = random.secret(count: 32)
        let seed = try code.signingSeed(plan: plan, secret: secret)
        let again = try code.signingSeed(plan: plan, secret: secret)
        let otherPlan = try code.signingSeed(plan: .random(random), secret: secret)
        let otherSecret = try code.signingSeed(plan: plan, secret: random.secret(count: 32))
        let results = [
            seed.equals(again), seed.equals(otherPlan), seed.equals(otherSecret),
        ]
        #expect(results == [true, false, false])
        // The written derivation, step by step.
        let salt = secret.withBytes { key in
            BLAKE2b.hash(count: 16, Array("amparo/code/1".utf8), plan.bytes, key: key)
        }
        let byHand = try Argon2id.derive(
            count: 32, from: Array(text(code).utf8).span, salt: salt.span, operations: 3,
            memory: 67_108_864)
        let isSame = seed.equals(byHand)
        #expect(isSame)
    }
}
