import Encoding
import Minisign
import Secrets
import TestSupport
import Testing

@Suite("minisign strictness")
struct MinisignStrictnessTests {
    /// The same key each time.
    private var key: MinisignSecretKey { .generate(random: SeededRandom(seed: 11)) }
    private let content = Prehash(of: Array("texto".utf8).span)

    private func signature(_ edit: (inout [[UInt8]]) -> Void) throws -> MinisignError? {
        var lines = try key.sign(content).serialized().split(
            separator: 10, omittingEmptySubsequences: false
        ).map(Array.init)
        edit(&lines)
        let text = Array(lines.joined(separator: [10]))
        do {
            _ = try MinisignSignature(parsing: text.span)
            return nil
        } catch {
            return error
        }
    }

    @Test("the fourth line's end may be missing, and nothing may follow it")
    func lineEnds() throws {
        #expect(try signature { $0.removeLast() } == nil)
        #expect(
            try signature { $0.append(Array("PS".utf8)) } == .lineCount(found: 6, expected: 4))
        #expect(try signature { $0[4] = [32] } == .lineCount(found: 5, expected: 4))
    }

    @Test("both base64 lines have one spelling")
    func encoding() throws {
        #expect(try signature { $0[1].removeLast() } == .encoding(line: 2))
        #expect(try signature { $0[1].append(32) } == .encoding(line: 2))
        #expect(try signature { $0[3].removeFirst() } == .encoding(line: 4))
        #expect(try signature { $0[3] = [] } == .encoding(line: 4))
    }

    @Test("comments must begin with their prefix and be printable text")
    func comments() throws {
        let untrusted = Array("untrusted comment: ".utf8)
        let trusted = Array("trusted comment: ".utf8)
        #expect(try signature { $0[0] = Array("comment: x".utf8) } == .missingPrefix(line: 1))
        #expect(try signature { $0[2] = untrusted } == .missingPrefix(line: 3))
        #expect(try signature { $0[0] = untrusted + [0x1b] } == .unprintableComment(line: 1))
        #expect(try signature { $0[2] = trusted + [0x7f] } == .unprintableComment(line: 3))
        #expect(try signature { $0[2] = trusted + [0xc2, 0x9b] } == .unprintableComment(line: 3))
        #expect(try signature { $0[2] = trusted + [0xc3] } == .unprintableComment(line: 3))
        #expect(try signature { $0[2] = trusted + [13, 65] } == .unprintableComment(line: 3))
        #expect(try signature { $0[2] = trusted + [9, 0xc3, 0xb1] } == nil)
        #expect(
            try signature { $0[0] = untrusted + [UInt8](repeating: 65, count: 1_004) }
                == .commentTooLong(limit: 1_003))
        #expect(try signature { $0[0] = untrusted + [UInt8](repeating: 65, count: 1_003) } == nil)
    }

    @Test(
        "what a terminal would obey is refused when writing too",
        arguments: ["\u{1b}[2J", "a\nb", "a\rb", "\u{0}", "\u{7f}", "\u{85}"])
    func writing(_ comment: String) throws {
        let failure = #expect(throws: MinisignError.self) {
            _ = try key.sign(content, trustedComment: comment)
        }
        #expect(failure == .unprintableComment(line: 3))
        #expect(throws: MinisignError.unprintableComment(line: 1)) {
            _ = try key.sign(content, untrustedComment: comment)
        }
    }

    @Test("the longest file is bounded before it is looked at")
    func tooLong() throws {
        let bytes = [UInt8](repeating: 10, count: MinisignSignature.maximumByteCount + 1)
        #expect(throws: MinisignError.tooLong(limit: MinisignSignature.maximumByteCount)) {
            _ = try MinisignSignature(parsing: bytes.span)
        }
    }

    @Test("any changed byte of the signed parts is noticed")
    func everyByte() throws {
        let whole = try key.sign(content, trustedComment: "uno\tdos").serialized()
        let first = try #require(whole.firstIndex(of: 10))
        for index in whole.indices where index > first {
            var changed = whole
            changed[index] ^= 1
            var accepted = false
            do {
                let signature = try MinisignSignature(parsing: changed.span)
                _ = try signature.verify(content, with: key.publicKey)
                accepted = true
            } catch {}
            #expect(!accepted, "byte \(index)")
        }
    }

    @Test("a hostile cost is refused before anything is spent")
    func cost() throws {
        func file(operations: UInt64, memory: UInt64) -> [UInt8] {
            var bytes = Array("EdScB2".utf8) + [UInt8](repeating: 7, count: 32)
            for limit in [operations, memory] {
                for shift in stride(from: UInt64(0), to: 64, by: 8) {
                    bytes.append(UInt8(truncatingIfNeeded: limit >> shift))
                }
            }
            bytes += [UInt8](repeating: 9, count: 104)
            return Array("untrusted comment: x\n".utf8) + Base64.encode(bytes.span, .padded) + [10]
        }
        let limits: [(UInt64, UInt64)] = [
            (.max, 16_777_216), (33_554_433, 1), (524_288, 1_073_741_825), (.max, .max),
        ]
        for (operations, memory) in limits {
            let text = file(operations: operations, memory: memory)
            #expect(
                throws: MinisignError.excessiveCost(operations: operations, memory: memory)
            ) {
                _ = try MinisignSecretKeyFile(parsing: text.span)
            }
        }
        let cheap = try MinisignSecretKeyFile(parsing: file(operations: 0, memory: 0).span)
        let failure = #expect(throws: MinisignError.self) {
            _ = try cheap.open(passphrase: Array("abc".utf8).span)
        }
        #expect(failure == .wrongPassphraseOrDamaged)
    }

    @Test("a secret key with another public half is refused")
    func mixedHalves() throws {
        var text = MinisignSecretKeyFile.exposed(key).withBytes { span in
            span.indices.map { span[$0] }
        }
        let start = try #require(text.firstIndex(of: 10)) + 1
        let line = Array(text[start..<text.count - 1])
        let decoded = Base64.decode(line.span, .padded)
        var bytes = try #require(decoded)
        bytes[54 + 40] ^= 1
        text.replaceSubrange(start..<text.count - 1, with: Base64.encode(bytes.span, .padded))
        let failure = #expect(throws: MinisignError.self) {
            _ = try MinisignSecretKeyFile(parsing: text.span).open()
        }
        #expect(failure == .inconsistentKey)
    }

    @Test("a sealed key opens with its passphrase only, and a new salt is drawn each time")
    func sealing() throws {
        let random = SeededRandom(seed: 3)
        let passphrase = Array("mañana".utf8)
        let first = try MinisignSecretKeyFile.seal(
            key, passphrase: passphrase.span, cost: .interactive, random: random)
        let second = try MinisignSecretKeyFile.seal(
            key, passphrase: passphrase.span, cost: .interactive, random: random)
        #expect(first.file != second.file)
        #expect(first.cost == .interactive)
        let file = try MinisignSecretKeyFile(parsing: first.file.span)
        let opened = try file.open(passphrase: passphrase.span).publicKey
        #expect(opened == key.publicKey)
        let failure = #expect(throws: MinisignError.self) {
            _ = try file.open(passphrase: Array("manana".utf8).span)
        }
        #expect(failure == .wrongPassphraseOrDamaged)
        #expect(throws: MinisignError.passphraseNeeded) { _ = try file.open() }
        #expect(throws: MinisignError.passphraseTooLong(limit: 1_023)) {
            _ = try file.open(passphrase: [UInt8](repeating: 65, count: 1_024).span)
        }
    }

    @Test("a public key reads as a file and as its line alone, and as nothing else")
    func publicKeys() throws {
        let published = key.publicKey
        #expect(published.description.hasPrefix("RW"))
        #expect(published.description.count == 56)
        #expect(try MinisignPublicKey(parsing: published.description) == published)
        #expect(try MinisignPublicKey(parsing: published.serialized().span) == published)
        for text in ["", "\n", "RWQ", published.description + "=", " " + published.description] {
            #expect(throws: MinisignError.self) { _ = try MinisignPublicKey(parsing: text) }
        }
    }

    @Test("hashing in pieces of any size gives the hash of the whole")
    func streaming() throws {
        let random = SeededRandom(seed: 5)
        for count in [0, 1, 127, 128, 129, 131_071, 131_072, 131_073, 300_000] {
            let bytes = random.bytes(count)
            var position = 0
            let streamed = Prehash { buffer in
                let step = min(1 + Int(random.below(90_000)), bytes.count - position, buffer.count)
                for index in 0..<step { buffer[index] = bytes[position + index] }
                position += step
                return step
            }
            #expect(streamed == Prehash(of: bytes.span), "\(count)")
        }
    }
}
