import CommandLineKit
import TestSupport
import Testing
import Wording

@Suite("the parser of the command line")
struct ParserTests {
    private func parse(_ line: String) -> ParsedLine {
        Parser.parse(line.split(separator: " ").map(String.init), root: SampleTable.root)
    }

    @Test(
        "reads one meaning from every spelling",
        arguments: [
            "seal -a -o out in key", "seal --armor --output out in key",
            "seal --output=out in --armor key", "seal in key -aoout", "seal -ao out in key",
            "seal in key --armor -oout", "seal -a -o out -- in key",
        ])
    func spellings(_ text: String) {
        let line = parse(text)
        #expect(line.mistake == nil)
        #expect(line.name == "amparo seal")
        #expect(line.flags == ["armor"])
        #expect(line.values == ["output": ["out"]])
        #expect(line.words == ["in", "key"])
    }

    @Test("takes global options before, between and after the command")
    func globals() {
        for text in [
            "--lang es note show abcd", "note --lang es show abcd", "note show abcd --lang=es",
        ] {
            let line = parse(text)
            #expect(line.mistake == nil)
            #expect(line.language == .spanish)
            #expect(line.words == ["abcd"])
        }
    }

    @Test("an option of two words takes both, each time")
    func pairs() {
        let root = Command(
            "amparo", Text(verbatim: "a"),
            options: [.value("leg", "NAME HOUR", repeats: true, Text(verbatim: "a"))]
        ) { _ in }
        let line = Parser.parse(
            ["--leg", "leave Xalapa", "14:00", "--leg=back", "18:00"], root: root)
        #expect(line.mistake == nil)
        #expect(line.values["leg"] == ["leave Xalapa", "14:00", "back", "18:00"])
        #expect(line.words == [])
        let cut = Parser.parse(["--leg", "leave Xalapa"], root: root)
        #expect(cut.mistake == .missingValue(option: "--leg"))
    }

    @Test("`-` is a word and `--` ends the options")
    func dashes() {
        #expect(parse("seal - key").words == ["-", "key"])
        #expect(parse("seal -- -a --armor").words == ["-a", "--armor"])
        #expect(parse("seal -- -a --armor").flags == [])
        #expect(parse("seal -o - in key").values["output"] == ["-"])
        #expect(parse("seal -o -- in key").values["output"] == ["--"])
        #expect(parse("checkin -- status").words == ["status"])
        #expect(parse("seal --output= in key").values["output"] == [""])
    }

    @Test("a command with work of its own still finds what is below it")
    func mixed() {
        #expect(parse("checkin xalapa").words == ["xalapa"])
        #expect(parse("ok").name == "amparo checkin")
        #expect(parse("checkin status").name == "amparo checkin status")
    }

    private static let mistakes: [(String, UsageMistake)] = [
        ("seal --armour in key", .unknownOption("--armour", nearest: "--armor", of: "amparo seal")),
        (
            "seal --Salida x in key",
            .unknownOption("--Salida", nearest: "--output (-o)", of: "amparo seal")
        ),
        ("seal --bor in key", .unknownOption("--bor", nearest: nil, of: "amparo seal")),
        ("seal --fir in key", .unknownOption("--fir", nearest: "--for", of: "amparo seal")),
        ("seal --zzzzzz in key", .unknownOption("--zzzzzz", nearest: nil, of: "amparo seal")),
        ("seal -x in key", .unknownOption("-x", nearest: nil, of: "amparo seal")),
        ("seal -aox in key -z", .unknownOption("-z", nearest: nil, of: "amparo seal")),
        ("seal --armor=yes in key", .needlessValue(option: "--armor")),
        ("seal in key -o", .missingValue(option: "-o")),
        ("seal in key --output", .missingValue(option: "--output")),
        ("seal -o a -o b in key", .repeated(option: "-o")),
        (
            "seal in",
            .missingArgument("KEY", help: Text(en: "for whom", es: "para quién"), of: "amparo seal")
        ),
        (
            "seal",
            .missingArgument(
                "FILE", help: Text(en: "what to seal", es: "qué sellar"), of: "amparo seal")
        ),
        ("note show a b", .excessArgument("b", of: "amparo note show")),
        ("note", .missingCommand(of: "amparo note")),
        ("nota buscar x", .unknownCommand("nota buscar", suggestion: "note find")),
        ("note buscar", .unknownCommand("note buscar", suggestion: "note find")),
        ("buscar puerto", .unknownCommand("buscar", suggestion: "note find")),
        ("note fnid", .unknownCommand("note fnid", suggestion: "note find")),
        ("apuntes", .unknownCommand("apuntes", suggestion: "note")),
        ("CIFRAR x", .unknownCommand("CIFRAR", suggestion: "seal")),
        ("quux --armor", .unknownCommand("quux", suggestion: nil)),
        (
            "seal --mode quick in key",
            .notAChoice(of: "--mode", value: "quick", choices: ["fast", "slow"])
        ),
        ("--lang fr", .notAChoice(of: "--lang", value: "fr", choices: ["en", "es"])),
    ]

    @Test("names the first mistake", arguments: mistakes.indices)
    func mistake(_ index: Int) {
        let (text, expected) = Self.mistakes[index]
        #expect(parse(text).mistake == expected, "\(text)")
    }

    @Test("conflicting options say which two")
    func conflict() {
        guard case .conflict("--armor", "--pad", let hint?) = parse("seal -ap in key").mistake
        else {
            Issue.record("no conflict")
            return
        }
        #expect(hint.en == "pad first, then armor")
    }

    @Test("--help, --version and the language count also after a mistake")
    func helpWins() {
        let line = parse("seal --nonsense -x --lang es in --help")
        #expect(line.flags.contains("help"))
        #expect(line.language == .spanish)
        #expect(line.mistake == .unknownOption("--nonsense", nearest: nil, of: "amparo seal"))
    }

    @Test("any mixture of known options keeps its meaning", arguments: [UInt64](1...200))
    func properties(_ seed: UInt64) {
        let tape = SeededRandom(seed: seed)
        func pick(_ bound: Int) -> Int { Int(tape.next() % UInt64(bound)) }
        let values = ["x", "a b", "", "ñandú", "=", "a=b", "note"]
        var pieces: [[String]] = []
        var flags: Set<String> = []
        var expected: [String: [String]] = [:]
        if pick(2) == 0 {
            flags.insert("armor")
            pieces.append([["-a"], ["--armor"], ["-aa"], ["-qa"]][pick(4)])
            if pieces[0] == ["-qa"] { flags.insert("quiet") }
        }
        for (long, short) in [("output", "o"), ("for", nil), ("home", nil)] as [(String, String?)]
        where pick(2) == 0 {
            let value = values[pick(values.count)]
            expected[long] = [value]
            switch (pick(3), short) {
            case (0, let short?) where !value.isEmpty: pieces.append(["-\(short)\(value)"])
            case (1, let short?): pieces.append(["-\(short)", value])
            case (2, _): pieces.append(["--\(long)", value])
            default: pieces.append(["--\(long)=\(value)"])
            }
        }
        var words = (0...(1 + pick(3))).map { "word\($0)" }
        let all = words
        // Options and words in any order, each group keeping its own.
        var line: [String] = ["seal"]
        while !pieces.isEmpty || !words.isEmpty {
            if words.isEmpty || (!pieces.isEmpty && pick(2) == 0) {
                line += pieces.removeFirst()
            } else {
                line.append(words.removeFirst())
            }
        }
        let parsed = Parser.parse(line, root: SampleTable.root)
        #expect(parsed.mistake == nil, "seed \(seed): \(line)")
        #expect(parsed.flags == flags, "seed \(seed): \(line)")
        #expect(parsed.values == expected, "seed \(seed): \(line)")
        #expect(parsed.words == all, "seed \(seed): \(line)")
    }

    @Test("nothing that can be typed stops it", arguments: [UInt64](1...300))
    func junk(_ seed: UInt64) {
        let tape = SeededRandom(seed: seed)
        let parts = [
            "-", "--", "=", "a", "note", "seal", "o", "--output", "\u{0}", "\u{1B}", "ñ", " ",
            "e\u{301}",
            "👩‍👩‍👧", "--lang", "es", "--help",
        ]
        let line = (0..<Int(tape.next() % 8)).map { _ in
            (0..<Int(tape.next() % 4)).map { _ in parts[Int(tape.next() % UInt64(parts.count))] }
                .joined()
        }
        let test = TestWorld(line)
        let code = test.run(SampleTable.root)
        #expect([.done, .usage].contains(code), "seed \(seed): \(line)")
        // Whatever was typed, it does not reach the terminal as a control character.
        #expect(!test.error.text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
    }
}
