import Age
import AgeFormat
import CommandLineKit
import Commands
import Platform
import Secrets
import TestSupport
import Testing

@Suite("encrypt and decrypt")
struct FileCommandsTests {
    static let identity = Identity.generate(SeededRandom(seed: 1))
    static let recipient = identity.recipient.description
    static let keyFile = text(of: identity)

    static func text(of identity: Identity) -> [UInt8] {
        KeyFile.text(of: identity, created: "2026-11-23T12:00:00Z").withBytes { span in
            span.indices.map { span[$0] }
        }
    }

    static func cheap(_ passphrase: String) -> FilePassphrase {
        let bytes = Array(passphrase.utf8)
        return FilePassphrase(SecretBytes(copying: bytes.span), cost: WorkFactor(10))
    }

    static func sealed(_ text: String, to sealers: [any Sealer] = [identity.recipient]) throws
        -> [UInt8]
    {
        try Age.seal(Array(text.utf8), to: sealers)
    }

    static func world(
        _ line: String, _ files: [String: [UInt8]] = [:], screen: Bool = false,
        answers: [String]? = nil, input: String = "", descriptors: [Int32: String] = [:]
    ) -> TestWorld {
        TestWorld(
            line.split(separator: " ").map(String.init),
            files: MemoryFileSystem(files.merging(["key.txt": keyFile]) { $1 }),
            terminal: screen || answers != nil
                ? ScriptedTerminal(answers: answers ?? [], streams: screen ? [.output] : [])
                : .absent,
            input: Array(input.utf8), descriptors: descriptors)
    }

    @Test("a file goes to an editor and back, through -o and through pipes")
    func roundTrip() throws {
        let there = Self.world("encrypt -r \(Self.recipient) -o a.age a", ["a": [1, 2, 3]])
        #expect(there.run(Root.command) == .done)
        #expect(there.output.bytes.isEmpty && there.error.text.isEmpty)
        let file = try #require(there.files.files["a.age"])

        let back = Self.world("decrypt -i key.txt -o b a.age", ["a.age": file])
        #expect(back.run(Root.command) == .done)
        #expect(back.files.files["b"] == [1, 2, 3])

        let piped = Self.world("encrypt -a -i key.txt -", input: "hola")
        #expect(piped.run(Root.command) == .done)
        #expect(piped.output.text.hasPrefix("-----BEGIN AGE"))
        let opened = Self.world("decrypt -i key.txt", input: piped.output.text)
        #expect(opened.run(Root.command) == .done)
        #expect(opened.output.text == "hola")
    }

    @Test("on a terminal the name is derived and printed, and nothing is overwritten")
    func derivedNames() throws {
        let there = Self.world("encrypt -r \(Self.recipient) d/a", ["d/a": [1]], screen: true)
        #expect(there.run(Root.command) == .done)
        #expect(there.output.text == "d/a.age\n")
        #expect(there.files.files["d/a.age"] != nil)
        #expect(there.run(Root.command) == .refused)

        let file = try Self.sealed("hola")
        let back = Self.world("decrypt -i key.txt d/a.age", ["d/a.age": file], screen: true)
        #expect(back.run(Root.command) == .done)
        #expect(back.output.text == "d/a\n")
        #expect(back.files.files["d/a"] == Array("hola".utf8))
        #expect(back.run(Root.command) == .refused)

        let nameless = Self.world("decrypt -i key.txt a.bin", ["a.bin": file], screen: true)
        #expect(nameless.run(Root.command) == .usage)
        #expect(nameless.error.text.contains("-o"))
    }

    @Test("a terminal gets text, whole and harmless, or nothing")
    func terminals() throws {
        let binary = Self.world("encrypt -r \(Self.recipient)", screen: true, input: "hola")
        #expect(binary.run(Root.command) == .refused)
        #expect(binary.output.bytes.isEmpty)
        let armored = Self.world("encrypt -a -r \(Self.recipient)", screen: true, input: "hola")
        #expect(armored.run(Root.command) == .done)

        func show(_ text: [UInt8], cut: Int = 0) throws -> (TestWorld, ExitCode) {
            let file = try Age.seal(text, to: [Self.identity.recipient], form: .armored)
            let input = String(decoding: file.dropLast(cut), as: UTF8.self)
            let world = Self.world("decrypt -i key.txt", screen: true, input: input)
            return (world, world.run(Root.command))
        }
        let (text, done) = try show(Array("¿dónde?\n\u{1B}[2Jaquí\n".utf8))
        #expect(done == .done)
        #expect(text.output.text.hasPrefix("¿dónde?\n") && !text.output.text.contains("\u{1B}"))
        let (bytes, refused) = try show([0, 255, 1])
        #expect(refused == .refused && bytes.output.bytes.isEmpty)
        let (large, tooLarge) = try show([UInt8](repeating: 65, count: 2 << 20))
        #expect(tooLarge == .refused && large.output.bytes.isEmpty)
        let (part, damaged) = try show([UInt8](repeating: 65, count: 100_000), cut: 40)
        #expect(damaged == .damaged && part.output.bytes.isEmpty)
    }

    @Test("nobody named, or too much, is a mistake of the line and leaves nothing")
    func usage() {
        for line in [
            "encrypt a", "encrypt -p -r \(Self.recipient) a", "encrypt -p -i key.txt a",
            "encrypt -r age1abc a", "encrypt -r ssh-rsa a", "encrypt -r \(Self.recipient) -R - -",
            "encrypt -r \(Self.recipient) a -", "decrypt -p a", "decrypt -i - -",
        ] {
            let world = Self.world(line, ["a": [1]], screen: true)
            #expect(world.run(Root.command) == .usage, "\(line)")
            #expect(world.error.text.contains("hint:"), "\(line)")
            #expect(world.files.files.count == 2)
        }
    }

    @Test("a private key on the command line is refused and never repeated")
    func neverShowsPrivateKeys() {
        let secret = Self.identity.secretText().withBytes { span in
            String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
        }
        for spelling in [secret, secret.lowercased()] {
            let world = Self.world("encrypt -r \(spelling) a", ["a": [1]])
            #expect(world.run(Root.command) == .usage)
            #expect(!world.error.text.lowercased().contains(secret.lowercased().suffix(20)))
        }
        let world = Self.world("encrypt -R key.txt a", ["a": [1]])
        #expect(world.run(Root.command) == .damaged)
        #expect(!world.error.text.contains(secret.suffix(20)))
    }

    @Test("names need a vault, and the way without one is told")
    func namesWithoutVault() throws {
        for line in ["encrypt -r laura a", "encrypt -r me a"] {
            let world = Self.world(line, ["a": [1]])
            #expect(world.run(Root.command) == .noKey)
            #expect(world.error.text.contains("age1"))
        }
        let world = Self.world("decrypt -o b a", ["a": try Self.sealed("x")])
        #expect(world.run(Root.command) == .noKey)
        #expect(world.files.files["b"] == nil)
    }

    @Test("a passphrase comes from a descriptor or is typed twice")
    func passphrases() throws {
        let scripted = Self.world(
            "encrypt -p --file-passphrase-fd 3 -o b a", ["a": [7]], descriptors: [3: "clave\n"])
        #expect(scripted.run(Root.command) == .done)
        let file = try #require(scripted.files.files["b"])
        #expect(try Age.open(file, with: [Self.cheap("clave")]) == [7])

        let wrong = Self.world(
            "decrypt --file-passphrase-fd 3 -o c b", ["b": file], descriptors: [3: "Clave\n"])
        #expect(wrong.run(Root.command) == .noKey)
        #expect(wrong.files.files["c"] == nil)

        let typed = Self.world("decrypt -o c b", ["b": file], answers: ["clave"])
        #expect(typed.run(Root.command) == .done)
        #expect(typed.files.files["c"] == [7])
        let nobody = Self.world("decrypt -o c b", ["b": file])
        #expect(nobody.run(Root.command) == .noKey)
    }

    @Test("sealed identity files are asked for only when no other key opens the file")
    func sealedIdentityFiles() throws {
        let other = Identity.generate(SeededRandom(seed: 2))
        let files = [
            "sealed": try Age.seal(Self.text(of: other), to: [Self.cheap("clave")]),
            "mine": try Self.sealed("mía"),
            "theirs": try Self.sealed("suya", to: [other.recipient]),
        ]
        let quiet = Self.world("decrypt -i sealed -i key.txt mine", files, answers: [])
        #expect(quiet.run(Root.command) == .done)
        #expect(quiet.output.text == "mía" && quiet.terminal.asked.isEmpty)

        let asked = Self.world("decrypt -i key.txt -i sealed theirs", files, answers: ["clave"])
        #expect(asked.run(Root.command) == .done)
        #expect(asked.output.text == "suya" && asked.terminal.asked.count == 1)

        let wrong = Self.world("decrypt -i sealed theirs", files, answers: ["llave"])
        #expect(wrong.run(Root.command) == .noKey)
        let stranger = Self.world("decrypt -i key.txt theirs", files)
        #expect(stranger.run(Root.command) == .noKey)

        let toOwner = Self.world("encrypt -i sealed -o b mine", files, answers: ["clave"])
        #expect(toOwner.run(Root.command) == .done)
        let made = try #require(toOwner.files.files["b"])
        #expect(try Age.open(made, with: [other]) == files["mine"])
    }

    @Test("neither the input nor a key is written over, even by force")
    func neverOverInputs() throws {
        let files = ["a": [UInt8](repeating: 1, count: 9), "list": Array(Self.recipient.utf8)]
        for line in [
            "encrypt --force -r \(Self.recipient) -o a a",
            "encrypt --force -i key.txt -o key.txt a",
            "encrypt --force -R list -o list a", "decrypt --force -i key.txt -o key.txt a",
            "decrypt --force -i key.txt -o a a", "encrypt -r \(Self.recipient) -o list a",
        ] {
            let world = Self.world(line, files)
            let before = world.files.files
            #expect(world.run(Root.command) == .refused, "\(line)")
            #expect(world.files.files == before)
        }
        let forced = Self.world("encrypt --force -r \(Self.recipient) -o list a", files)
        #expect(forced.run(Root.command) == .done)
        #expect(forced.files.files["list"]?.starts(with: "age-encryption".utf8) == true)
    }

    @Test("what is no age file is told by what it is instead")
    func foreigners() throws {
        let known: [(String, [UInt8], String)] = [
            ("nothing", [], "empty"),
            ("utf16", [0xFF, 0xFE] + Array("a\0g\0e\0".utf8), "converted"),
            ("crlf", Array("age-encryption.org/v1\r\n-> X25519".utf8), "converted"),
            ("minisign", Array("untrusted comment: x\n".utf8), "minisign"),
            ("pgp", Array("-----BEGIN PGP MESSAGE-----\n\nx\n".utf8), "gpg -d"),
            ("gpg", [0x85, 1, 12, 3], "gpg -d"),
            ("key", Self.keyFile, "-i"),
            ("list", Array(Self.recipient.utf8), "recipients"),
            ("newer", Array("age-encryption.org/v2\n".utf8), "newer"),
        ]
        for (name, bytes, word) in known {
            let world = Self.world("decrypt -i key.txt -o out file", ["file": bytes])
            #expect(world.run(Root.command) == .damaged, "\(name)")
            #expect(world.error.text.contains(word), "\(name): \(world.error.text)")
            #expect(world.files.files["out"] == nil)
        }
    }

    @Test("a thousand random damages leave no output")
    func damages() throws {
        let random = SeededRandom(seed: 5)
        let text = "nadie más debe leer esto"
        let whole = [
            try Self.sealed(text),
            try Age.seal(Array(text.utf8), to: [Self.identity.recipient], form: .armored),
        ]
        var harmless = 0
        for _ in 0..<1_000 {
            var file = whole[Int(random.below(2))]
            let place = Int(random.below(UInt32(file.count)))
            switch random.below(3) {
            case 0: file[place] ^= UInt8(1 << random.below(8))
            case 1: file.remove(at: place)
            default: file.removeLast(file.count - place)
            }
            let world = Self.world("decrypt -i key.txt -o out file", ["file": file])
            let code = world.run(Root.command)
            if code == .done {
                // The last line end of a text form may be missing or another.
                harmless += 1
                #expect(world.files.files["out"] == Array(text.utf8))
            } else {
                #expect(code == .damaged || code == .noKey, "\(world.error.text)")
                #expect(world.files.files["out"] == nil)
            }
        }
        #expect(harmless < 10)
    }

    @Test("any single fault of the disk leaves no output, and the next attempt works")
    func everyFault() throws {
        let text = [UInt8](repeating: 9, count: 600_000)
        var faults = 0
        while true {
            let disk = MemoryFileSystem(["a": text], failingAt: faults)
            func run() -> ExitCode {
                TestWorld(
                    ["encrypt", "-r", Self.recipient, "-o", "b", "a"], files: disk
                ).run(Root.command)
            }
            if run() == .done { break }
            faults += 1
            // After its name was given only the last sync is left to fail.
            guard let left = disk.files["b"] else {
                #expect(run() == .done)
                continue
            }
            #expect(try Age.open(left, with: [Self.identity]) == text)
        }
        #expect(faults >= 4)
    }

    @Test("a full disk is said to be full, in both languages")
    func fullDisk() {
        for (language, words) in [("en_US.UTF-8", "disk is full"), ("es_MX.UTF-8", "está lleno")] {
            let world = TestWorld(
                ["encrypt", "-r", Self.recipient, "-o", "b", "a"],
                environment: ["LANG": language],
                files: MemoryFileSystem(["a": [1]], failingAt: 0))
            #expect(world.run(Root.command) == .failed)
            #expect(world.error.text.contains(words))
        }
    }
}
