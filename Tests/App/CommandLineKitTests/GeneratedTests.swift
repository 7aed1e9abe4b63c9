import CommandLineKit
import Foundation
import TestSupport
import Testing
import Wording

@Suite("help, manual pages and completions of the table")
struct GeneratedTests {
    private static let paths = [
        [SampleTable.root], [SampleTable.root, SampleTable.note],
        [SampleTable.root, SampleTable.seal], [SampleTable.root, SampleTable.report],
    ]

    @Test("help word for word", arguments: Language.allCases)
    func help(_ language: Language) throws {
        for path in Self.paths {
            let name = ManualPage.name(of: path)
            try Golden.check(
                HelpPage.render(path, language: language),
                "CommandLineKit/\(name).help.\(language.rawValue).txt")
        }
        try Golden.check(
            HelpPage.render(Self.paths[2], language: language, width: 40),
            "CommandLineKit/narrow.help.\(language.rawValue).txt")
    }

    @Test(
        "manual pages word for word, without a complaint from groff", arguments: Language.allCases)
    func manual(_ language: Language) throws {
        for path in Self.paths {
            let page = ManualPage.render(path, language: language, version: "amparo 1")
            let name = ManualPage.name(of: path)
            try Golden.check(page, "CommandLineKit/\(name).\(language.rawValue).1")
            guard let groff = Peer("groff") else { continue }
            let result = try groff.run(
                ["-ww", "-man", "-Tutf8", "-k", "-z", "-"], input: Array(page.utf8))
            #expect(result.status == 0)
            #expect(result.complaint == "", "\(name)")
        }
    }

    @Test("errors word for word", arguments: Language.allCases)
    func errors(_ language: Language) throws {
        let lines = [
            "--nonsense", "--lagn es", "-x", "note", "note fnid", "nota buscar", "quux",
            "seal", "seal in", "note show a b", "seal in key -o", "seal --armor=1 in key",
            "seal -o a -o b in key", "seal -ap in key", "seal --mode quick in key",
            "seal --help=1", "--passphrase-fd",
        ]
        var text = ""
        for line in lines {
            let test = TestWorld(
                line.split(separator: " ").map(String.init),
                environment: ["LANG": language.rawValue])
            let code = test.run(SampleTable.root)
            text += "$ amparo \(line)\n\(test.output.text)\(test.error.text)[\(code.rawValue)]\n\n"
        }
        try Golden.check(text, "CommandLineKit/errors.\(language.rawValue).txt")
    }

    private static let completions: [(String, [String])] = [
        ("amparo n", ["note"]), ("amparo note ", ["find", "show"]),
        ("amparo --lang ", ["en", "es"]), ("amparo --lang=e", ["en", "es"]),
        ("amparo --lang es note f", ["find"]), ("amparo note find --ta", ["--tag"]),
        ("amparo note find --tag ", []), ("amparo seal --mo", ["--mode"]),
        ("amparo seal --mode ", ["fast", "slow"]), ("amparo ok s", ["status"]),
        ("amparo seal --output zz", ["zzfile"]), ("amparo seal zz", ["zzfile"]),
        ("amparo note --tag", []),
    ]

    @Test("bash completes from the script")
    func bash() throws {
        guard let bash = Peer("bash") else { return }
        let folder = try TemporaryDirectory()
        try folder.write("zzfile", [])
        try folder.write("completion", Array(BashCompletion.script(SampleTable.root).utf8))
        // Splits at blanks and `=` as readline does.
        let driver = """
            cd "$1"; . ./completion; line=$2 tail=''
            [[ $line == *' ' ]] && tail=1
            read -ra COMP_WORDS <<< "${line//=/ = }"
            [[ $tail ]] && COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _amparo
            printf '%s\\n' "${COMPREPLY[@]}" | sort
            """
        for (line, expected) in Self.completions {
            let result = try bash.run(["-uc", driver, "bash", folder.path, line])
            let offered = String(decoding: result.output, as: UTF8.self).split(separator: "\n")
            #expect(result.complaint == "", "\(line)")
            #expect(offered.map(String.init) == expected, "\(line)")
        }
    }

    @Test("the other shells can read theirs", arguments: Language.allCases)
    func otherShells(_ language: Language) throws {
        let scripts = [
            ("zsh", ZshCompletion.script(SampleTable.root, language: language)),
            ("fish", FishCompletion.script(SampleTable.root, language: language)),
        ]
        for (shell, script) in scripts {
            guard let peer = Peer(shell) else { continue }
            let folder = try TemporaryDirectory()
            try folder.write("script", Array(script.utf8))
            let result = try peer.run(["-n", folder("script")])
            #expect(result.status == 0 && result.complaint == "", "\(shell): \(result.complaint)")
        }
        guard let fish = Peer("fish") else { return }
        let folder = try TemporaryDirectory()
        try folder.write("script", Array(scripts[1].1.utf8))
        for (line, expected) in [
            ("amparo no", "note"), ("amparo --lang es note f", "find"),
            ("amparo seal --mode f", "fast"), ("amparo seal --mod", "--mode"),
        ] {
            let command = "source '\(folder("script"))'; complete -C '\(line)'"
            let result = try fish.run(["--no-config", "-c", command])
            let first = String(decoding: result.output, as: UTF8.self).split(separator: "\t").first
            #expect(first.map(String.init) == expected, "\(line): \(result.complaint)")
        }
    }
}
