import Foundation
import TestSupport
import Testing

@Suite("a working day with notes, keys, contacts and the vault")
struct NotebookDayTests {
    /// The block of the user guide, as it is written there.
    private static let day = """
        set -eu
        PATH="$1:$PATH"
        printf 'correcto caballo batería grapa\\n' >pw
        printf 'La ZARZAMORA zarpó del muelle tres.\\n' >notes.txt
        printf 'foto zarzamora' >photo.jpg
        printf 'informe zarzamora' >report.pdf

        amparo init --kdf-memory 64 --passphrase-fd 3 3<pw >words
        ID=$(amparo note new --title "Entrevista Puerto" --tag veracruz --passphrase-fd 3 3<pw <notes.txt)
        amparo note find "puerto" --passphrase-fd 3 3<pw >found
        amparo note show "$ID" --passphrase-fd 3 3<pw >shown
        amparo note attach "$ID" photo.jpg --passphrase-fd 3 3<pw
        amparo note extract "$ID" photo.jpg -o photo2.jpg --passphrase-fd 3 3<pw
        cmp photo.jpg photo2.jpg

        RECIPIENT=$(amparo key show me --passphrase-fd 3 3<pw)
        SIGNKEY=$(amparo key show me --signing --passphrase-fd 3 3<pw)
        amparo contact add laura --recipient "$RECIPIENT" --email laura@example.org \\
            --sign-key "$SIGNKEY" --passphrase-fd 3 3<pw
        amparo contact add abogado --email abogado@example.org --passphrase-fd 3 3<pw
        amparo encrypt -r laura -r me -o report.pdf.age report.pdf --passphrase-fd 3 3<pw
        amparo decrypt -o copy.pdf report.pdf.age --passphrase-fd 3 3<pw
        cmp report.pdf copy.pdf

        amparo vault check --passphrase-fd 3 3<pw
        amparo vault backup copy.db
        amparo --home other vault restore copy.db
        amparo --home other note show "$ID" --body --passphrase-fd 3 3<pw | cmp - notes.txt
        amparo recover --recovery-fd 4 --passphrase-fd 3 4<words 3<<<'otra frase más larga'
        amparo note list --passphrase-fd 3 3<<<'otra frase más larga' >/dev/null
        amparo close
        """

    @Test("runs as it is written, in both languages, and no word of it lies in the home")
    func day() throws {
        for language in ["es", "en"] {
            let tool = try BuiltTool(language: language)
            let day = try tool.shell(Self.day, BuiltTool.programs)
            #expect(day.status == 0, "\(day.complaint)")
            let last = language == "es" ? "No se avisó a nadie." : "Nobody was called."
            #expect(day.lines.last == last)
            #expect(try tool.read("words").split(separator: UInt8(ascii: " ")).count == 12)
            let found = String(decoding: try tool.read("found"), as: UTF8.self)
            #expect(found.contains("Entrevista Puerto") && found.contains("#veracruz"))
            let seen = try tool.shell(
                "grep -rliE 'zarzamora|puerto|veracruz|laura|abogado|photo|caballo' \"$HOME\" || true"
            )
            #expect(seen.output.isEmpty, "\(seen.text)")
            let modes = try tool.shell(
                "find \"$HOME/.local/share/amparo\" -printf '%y %m\\n' | sort -u")
            #expect(modes.lines == ["d 700", "f 600"])
        }
    }

    /// Answers questions on a terminal of its own: pairs of a regular expression and an answer;
    /// `{n}` in an answer is the word that was shown with the asked number.
    private static let dialogue = """
        import json, os, pty, re, select, sys, time
        steps, program = json.loads(sys.argv[1]), sys.argv[2:]
        child, terminal = pty.fork()
        if child == 0:
            os.execvp(program[0], program)
        seen = ""
        start = 0
        end = time.time() + 240
        def read():
            global seen
            if time.time() > end: sys.exit("too slow: " + seen)
            if not select.select([terminal], [], [], 0.2)[0]: return True
            try: piece = os.read(terminal, 4096)
            except OSError: return False
            seen += piece.decode("utf-8", "replace")
            return bool(piece)
        for pattern, answer in steps:
            while not re.search(pattern, seen[start:]):
                if not read(): sys.exit("ended early: " + seen)
            start += re.search(pattern, seen[start:]).end()
            if "{n}" in answer:
                number = re.findall(r"(\\d+):", seen[:start])[-1]
                words = dict(re.findall(r"(\\d+)  ([a-z]{4,8})", seen))
                answer = answer.replace("{n}", words[number])
            os.write(terminal, (answer + "\\r").encode())
        while read(): pass
        print(seen)
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        """

    private static func talk(
        _ tool: BuiltTool, _ steps: [(String, String)], _ program: String
    ) throws -> BuiltTool.Result {
        let list = try JSONSerialization.data(withJSONObject: steps.map { [$0.0, $0.1] })
        return try tool.shell(
            "export PATH=\"$1:$PATH\" TERM=xterm; python3 -c \"$2\" \"$3\" $4", BuiltTool.programs,
            dialogue, String(decoding: list, as: UTF8.self), program)
    }

    @Test("on a terminal the words are asked back, and a wrong one is asked again")
    func initTyped() throws {
        let tool = try BuiltTool(language: "es")
        let phrase = "una frase de cuatro palabras"
        let three = [(#"número \d+:"#, "{n}"), (#"número \d+:"#, "{n}"), (#"número \d+:"#, "{n}")]
        let talk = try Self.talk(
            tool,
            [
                (#"\[S/n\]"#, "n"), ("frase de contraseña nueva", phrase), ("otra vez", phrase),
                ("Pulsa Enter", ""), (#"número \d+:"#, "mal"), ("Pulsa Enter", ""),
            ] + three, "amparo init --kdf-memory 64")
        #expect(talk.status == 0, "\(talk.text)")
        #expect(talk.text.contains("tu bóveda está lista") && !talk.text.contains(phrase))
        // Where the tests run in a session keyring that is shared, init has opened a session.
        #expect(try tool.run(["vault", "lock"]).status == 0)
        let listed = try Self.talk(
            tool, [("frase de contraseña", "mala"), ("frase de contraseña de", phrase)],
            "amparo note list")
        #expect(
            listed.status == 0 && listed.text.contains("todavía no hay apuntes"), "\(listed)")
    }

    @Test("Debian's age opens our files with an exported key")
    func exported() throws {
        let tool = try BuiltTool(language: "en")
        let made = try tool.shell(
            """
            set -eu; PATH="$1:$PATH"
            printf 'frase' >pw; printf 'clave del archivo' >pw2; printf 'secreto' >plain
            amparo init --kdf-memory 64 --passphrase-fd 3 3<pw >/dev/null
            amparo encrypt -r me -o plain.age plain --passphrase-fd 3 3<pw
            amparo key export me -o me.age --passphrase-fd 3 --file-passphrase-fd 4 3<pw 4<pw2
            amparo key export me -o key.txt --unencrypted --yes --passphrase-fd 3 3<pw
            age -d -i key.txt plain.age
            """, BuiltTool.programs)
        #expect(made.status == 0 && made.text.hasSuffix("secreto"), "\(made.complaint)")
        let opened = try Self.talk(
            tool, [("passphrase", "clave del archivo")], "age -d -i me.age -o opened plain.age")
        #expect(opened.status == 0, "\(opened.text)")
        #expect(try tool.read("opened") == Array("secreto".utf8))
    }

    @Test("on a full or read-only disk a note is refused, nothing is lost, and reading goes on")
    func disks() throws {
        guard BuiltTool.canMount else { return }
        let tool = try BuiltTool(language: "en")
        let phrase = [3: "frase"]
        func run(_ arguments: String..., disk: BuiltTool.Disk) throws -> BuiltTool.Result {
            try tool.run(
                arguments + ["--passphrase-fd", "3"], input: Array("texto".utf8),
                descriptors: phrase, disk: disk)
        }
        #expect(try run("init", "--kdf-memory", "64", disk: .ordinary).status == 0)
        let id = try run("note", "new", "--title", "Puerto", disk: .ordinary).line
        for disk in [BuiltTool.Disk.full(tool.store, free: 0), .readOnly(tool.store)] {
            let refused = try run("note", "new", "--title", "Otra", disk: disk)
            #expect(refused.status == 1 && refused.output.isEmpty)
            #expect(refused.complaint.contains("nothing was stored"), "\(refused.complaint)")
            let read = try run("note", "show", id, "--body", disk: disk)
            #expect(read.status == 0 && read.text == "texto", "\(read.complaint)")
            #expect(read.complaint.contains("this visit was not noted down"))
        }
        #expect(try run("note", "list", disk: .ordinary).lines.count == 1)
        #expect(try run("vault", "check", disk: .ordinary).status == 0)
    }
}
