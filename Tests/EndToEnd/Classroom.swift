import Curriculum
import Foundation
import TestSupport
import Testing
import Wording

/// A participant in the practice world: the built program, a shell, and what is typed when it asks.
final class Classroom {
    let tool: BuiltTool
    let language: Language
    let world: PracticeWorld
    /// The note that was made last.
    private(set) var noteID = "0000"
    private let script: String

    static let phrase = "tiendas melchor alumno piensen celular oficios"
    static let otherPhrase = "nube cobre trigo faro molde sauce"

    /// A copy of a world that was made once: making one takes seconds.
    init(_ language: Language) throws {
        self.language = language
        tool = try BuiltTool(language: language.rawValue)
        let made = try Self.template(language)
        world = PracticeWorld(tool.store + "-practice")
        script = tool.folder + "/typing"
        let copied = try tool.shell(
            "mkdir -p \"$(dirname \"$2\")\" && cp -a \"$1\" \"$2\"", made.world.folder,
            world.folder)
        try #require(copied.status == 0, "\(copied.complaint)")
        try makeTypist()
    }

    /// A world as it is at its start, with nobody in it.
    private struct Template: Sendable {
        let tool: BuiltTool
        let world: PracticeWorld

        init(_ language: Language) throws {
            tool = try BuiltTool(language: language.rawValue)
            world = PracticeWorld(tool.store + "-practice")
            let made = try tool.run(["practice", "start", "--no-shell"])
            try #require(made.status == 0, "\(made.complaint)")
            // Only the world: watchers would go on in the template.
            let off = try tool.shell("touch \"$1\"/watch.off", world.folder)
            try #require(off.status == 0)
            let sockets = world.watched.map { $0.home + "/watch.sock" }
            _ = eventually(within: 10) { [tool] in !sockets.contains { tool.exists($0) } }
            _ = try tool.shell(
                "rm -f \"$1\"/watch.off \"$1\"/home/watch.lock \"$1\"/laura/watch.lock",
                world.folder)
        }
    }

    private static let english = Result { try Template(.english) }
    private static let spanish = Result { try Template(.spanish) }

    private static func template(_ language: Language) throws -> Template {
        try (language == .english ? english : spanish).get()
    }

    /// A program called amparo that hands over what a person would type.
    private func makeTypist() throws {
        let folder = script
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, text) in [
            ("phrase", Self.phrase), ("other", Self.otherPhrase), ("code", "none"),
            ("duress", "none"),
        ] {
            try tool.write(folder + "/" + name, text + "\n")
        }
        try tool.write(
            folder + "/amparo",
            """
            #!/bin/bash
            pass="$AMPARO_PRACTICE/\(PracticeWorld.passphraseName)"
            case " $* " in *" ../laura "*) pass="$AMPARO_PRACTICE/laura-\(PracticeWorld.passphraseName)";; esac
            [ -z "$TYPE_OTHER" ] || pass="\(folder)/other"
            exec "\(BuiltTool.programs)/amparo" "$@" --passphrase-fd 3 --code-fd 4 \\
                --file-passphrase-fd 5 3<"$pass" 4<"\(folder)/${TYPE_CODE:-code}" \\
                5<"${TYPE_FILE:-\(folder)/phrase}"

            """)
        chmod(folder + "/amparo", 0o755)
        BuiltTool.give(folder)
        chmod(folder, 0o755)
    }

    /// One line in the shell of practice, as it was typed.
    @discardableResult
    func type(_ line: String, prefix: [String] = []) throws -> BuiltTool.Result {
        let typed = line.replacingOccurrences(
            of: "\\bID\\b", with: noteID, options: .regularExpression)
        let result = try tool.shell(
            """
            export AMPARO_PRACTICE="$1" AMPARO_HOME="$1/home" PATH="$2:$PATH"
            cd "$AMPARO_PRACTICE/work" && eval "$3"
            """, world.folder, script, typed, prefix: prefix)
        if let first = result.lines.first, first.count == 32, first.allSatisfy(\.isHexDigit) {
            noteID = first
        }
        if typed.contains("plan new") {
            // The second one, where there is one, is for use under duress.
            for (name, code) in zip(["code", "duress"], Self.codes(in: result.text)) {
                try tool.write(script + "/" + name, code + "\n")
            }
        }
        return result
    }

    /// Four words and a check word, alone on a line each.
    private static func codes(in text: String) -> [String] {
        text.split(separator: "\n").map(String.init).filter { line in
            let words = line.split(separator: " ")
            return words.count == 5 && words.allSatisfy { $0.allSatisfy(\.isLowercase) }
        }
    }

    /// Ids of the checks of a lesson that are not there yet.
    func missing(_ number: Int, typing file: String = "phrase") throws -> [String] {
        let result = try tool.shell(
            """
            export AMPARO_PRACTICE="$1" AMPARO_HOME="$1/home" PATH="$2:$PATH" TYPE_FILE="$2/$4"
            cd "$AMPARO_PRACTICE/work" && amparo lesson check "$3" --json
            """, world.folder, script, "\(number)", file)
        let checks = result.json["checks"] as? [[String: Any]] ?? []
        try #require(!checks.isEmpty, "\(result.complaint)")
        let left = checks.filter { $0["done"] as? Bool == false }.compactMap { $0["id"] as? String }
        #expect(result.status == (left.isEmpty ? 0 : 1), "\(result.complaint)")
        return left
    }

    /// Starts the watchers of this copy of the world.
    func startWatcher() throws {
        // The colleague's inbox is the template's, until she is told of this one.
        let name = world.inboxName(language)
        for line in ["remove \(name) --yes", "add \(name) file:\(world.inbox(language))"] {
            let changed = try type("amparo --home ../laura channel " + line)
            try #require(changed.status == 0, "\(changed.complaint)")
        }
        let result = try tool.run(["practice", "start", "--no-shell"])
        try #require(result.status == 0, "\(result.complaint)")
    }

    /// Deletes the world, which ends its watchers.
    func end() throws {
        let result = try tool.run(["practice", "end", "--yes"])
        #expect(result.status == 0, "\(result.complaint)")
        #expect(!tool.exists(world.folder))
    }
}
