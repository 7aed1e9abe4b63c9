import Foundation
import TestSupport
import Testing

@Suite("completions, in the shells themselves")
struct CompletionTests {
    /// What is typed, and what the shell must offer among other things.
    private static let lines: [(typed: [String], offers: [String])] = [
        (["pass"], ["passphrase"]), (["key", "s"], ["sheet", "show"]), (["key", "q"], ["qr"]),
        (["contact", ""], ["add", "card", "invite", "list", "remove", "show", "verify"]),
        (["contact", "add", "--car"], ["--card"]), (["contact", "verify", "--rej"], ["--reject"]),
        (["contact", "invite", "--speaks", ""], ["en", "es"]),
        (["key", "sheet", "--ht"], ["--html"]), (["passphrase", "--o"], ["--own"]),
        (["contact", "add", "--card", "lau"], ["laura.card"]),
    ]

    @Test("bash offers commands, options, choices and files")
    func bash() throws {
        let tool = try BuiltTool()
        try tool.write("amparo.bash", try tool.run(["completions", "bash"]).text)
        try tool.write("laura.card", "x")
        for line in Self.lines {
            let words = (["amparo"] + line.typed).map { "'\($0)'" }.joined(separator: " ")
            let shown = try tool.shell(
                """
                source ./amparo.bash; COMP_WORDS=(\(words)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _amparo; printf '%s\\n' "${COMPREPLY[@]}"
                """)
            #expect(shown.status == 0 && shown.complaint.isEmpty, "\(line): \(shown.complaint)")
            #expect(Set(line.offers).isSubset(of: shown.lines), "\(line): \(shown.lines)")
        }
    }

    @Test("fish offers the same, with help beside it", arguments: ["en", "es"])
    func fish(_ language: String) throws {
        guard Peer("fish") != nil else { return }
        let tool = try BuiltTool(language: language)
        try tool.write("amparo.fish", try tool.run(["completions", "fish"]).text)
        try tool.write("laura.card", "x")
        for line in Self.lines {
            let typed = (["amparo"] + line.typed).joined(separator: " ")
            let shown = try tool.shell(
                #"fish --no-config -c 'source amparo.fish; complete -C "$argv[1]"' "$1""#, typed)
            #expect(shown.status == 0, "\(line): \(shown.complaint)")
            let names = shown.lines.map { String($0.prefix { $0 != "\t" }) }
            #expect(Set(line.offers).isSubset(of: names), "\(line): \(shown.lines)")
        }
        let help = try tool.shell(
            #"fish --no-config -c 'source amparo.fish; complete -C "amparo key q"'"#)
        #expect(help.text.contains(language == "es" ? "código QR" : "QR code"))
    }

    @Test("zsh names what is missing in the language of the surroundings")
    func zsh() throws {
        for (language, name, other) in [
            ("en", "'*:FILE:", "ARCHIVO"), ("es", ":ARCHIVO:", ":FILE:"),
        ] {
            let script = try BuiltTool(language: language).run(["completions", "zsh"]).text
            #expect(script.contains(name) && !script.contains(other), "\(language)")
        }
    }
}
