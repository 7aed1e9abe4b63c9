import Foundation
import TestSupport
import Testing

@Suite("bad input to encrypt and decrypt")
struct BadFileTests {
    private static let phrase = "una frase de archivo bastante larga"

    /// A folder with a key of age's own, a file, that file sealed, and things that are none.
    private func prepare() throws -> (tool: BuiltTool, recipient: String) {
        let tool = try BuiltTool()
        let age = try #require(Peer("age"))
        let keygen = try #require(Peer("age-keygen"))
        for name in ["key.txt", "other.txt"] { try tool.write(name, try keygen.run([]).output) }
        let recipient = String(
            decoding: try keygen.run(["-y", tool.path("key.txt")]).output, as: UTF8.self
        ).trimmingCharacters(in: .newlines)
        let plain = SeededRandom(seed: 9).bytes(150_000)
        try tool.write("plain", plain)
        let sealed = try age.run(["-r", recipient], input: plain).output
        try tool.write("sealed.age", sealed)
        try tool.write("cut.age", Array(sealed.dropLast(1)))
        try tool.write("longer.age", sealed + [0])
        let mac = try #require(Data(sealed).range(of: Data("\n---".utf8))?.upperBound) + 5
        let places = [("header", mac), ("first", 300), ("last", sealed.count - 1)]
        for (name, place) in places {
            var damaged = sealed
            damaged[place] ^= 1
            try tool.write("\(name).age", damaged)
        }
        // Another letter of base64: a flipped bit may leave the alphabet, which is another mistake.
        var stanza = sealed
        stanza[60] = stanza[60] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
        try tool.write("stanza.age", stanza)
        try tool.write("text.age", "this is no age file\n")
        try tool.write("empty.age", [])
        try tool.write("unreadable", "secret")
        try tool.write("unreadable.age", sealed)
        for name in ["unreadable", "unreadable.age"] { chmod(tool.path(name), 0) }
        try FileManager.default.createDirectory(
            atPath: tool.path("folder"), withIntermediateDirectories: false)
        BuiltTool.give(tool.path("folder"))
        try FileManager.default.linkItem(atPath: tool.path("plain"), toPath: tool.path("hard-link"))
        try tool.write("existing", "do not touch")
        return (tool, recipient)
    }

    @Test("encrypt", arguments: 0..<12)
    func encrypt(_ row: Int) throws {
        let (tool, r) = try prepare()
        let rows = [
            Refusal("unknown option", ["encrypt", "--recipent", r, "plain"], exit: 2),
            Refusal("no recipient", ["encrypt", "plain"], exit: 2),
            Refusal("not a recipient", ["encrypt", "-r", "age1nonsense", "plain"], exit: 2),
            Refusal("an identity as recipient", ["encrypt", "-R", "key.txt", "plain"], exit: 4),
            Refusal("missing file", ["encrypt", "-r", r, "-o", "out", "absent"], exit: 1),
            Refusal(
                "two of one name", ["encrypt", "-r", r, "-o", "out", "plain", "folder/../plain"],
                exit: 2),
            Refusal("unreadable", ["encrypt", "-r", r, "-o", "out", "unreadable"], exit: 1),
            Refusal("output exists", ["encrypt", "-r", r, "-o", "existing", "plain"], exit: 6),
            Refusal(
                "onto itself", ["encrypt", "-r", r, "--force", "-o", "plain", "plain"], exit: 6),
            Refusal(
                "onto its hard link", ["encrypt", "-r", r, "--force", "-o", "hard-link", "plain"],
                exit: 6),
            Refusal("no such folder", ["encrypt", "-r", r, "-o", "absent/out", "plain"], exit: 1),
            Refusal("passphrase and recipient", ["encrypt", "-p", "-r", r, "plain"], exit: 2),
        ]
        #expect(rows.count == 12)
        try rows[row].check(in: tool)
    }

    @Test("decrypt", arguments: 0..<18)
    func decrypt(_ row: Int) throws {
        let (tool, _) = try prepare()
        func with(_ file: String, key: String = "key.txt", out: String = "out") -> [String] {
            ["decrypt", "-i", key, "-o", out, file]
        }
        let rows = [
            Refusal("unknown option", ["decrypt", "--idenity", "key.txt", "sealed.age"], exit: 2),
            Refusal("missing file", with("absent.age"), exit: 1),
            Refusal("a folder", with("folder"), exit: 1),
            Refusal("unreadable", with("unreadable.age"), exit: 1),
            Refusal("no age file", with("text.age"), exit: 4),
            Refusal("an empty file", with("empty.age"), exit: 4),
            // A stanza that was changed is one that nobody here has the key for.
            Refusal("damaged stanza", with("stanza.age"), exit: 3),
            Refusal("damaged header", with("header.age"), exit: 4),
            Refusal("damaged content", with("first.age"), exit: 4),
            Refusal("damaged end", with("last.age"), exit: 4),
            Refusal("cut", with("cut.age"), exit: 4),
            Refusal("something after the end", with("longer.age"), exit: 4),
            Refusal("wrong key", with("sealed.age", key: "other.txt"), exit: 3),
            Refusal("missing key file", with("sealed.age", key: "absent.txt"), exit: 1),
            Refusal("a key file that is none", with("sealed.age", key: "plain"), exit: 4),
            Refusal("output exists", with("sealed.age", out: "existing"), exit: 6),
            Refusal(
                "onto itself", with("sealed.age", out: "sealed.age") + ["--force"], exit: 6),
            Refusal("no such folder", with("sealed.age", out: "absent/out"), exit: 1),
        ]
        #expect(rows.count == 18)
        try rows[row].check(in: tool)
    }

    @Test(
        "each of the six classes of failure is told in words of its own", arguments: ["en", "es"])
    func classes(_ language: String) throws {
        let (tool, recipient) = try prepare()
        let version = "age-encryption.org/v1\n"
        let sealed = try tool.read("sealed.age")
        let body = sealed.dropFirst(version.utf8.count)
        try tool.write("version.age", Array("age-encryption.org/v2\n".utf8) + body)
        // A stanza that any program skips, and that was not there when the header was sealed.
        try tool.write("hmac.age", Array((version + "-> grease\n\n").utf8) + body)
        try tool.write("malformed.age", Array((version + "-> X25519 kurz\n\n").utf8) + body)
        let text = try tool.run(["encrypt", "-a", "-r", recipient, "plain"]).text
        try tool.write("armor.age", text.replacing("\n-----END", with: "=\n-----END"))
        let classes: [(String, String, Int32)] = [
            ("malformed.age", "key.txt", 4), ("armor.age", "key.txt", 4),
            ("first.age", "key.txt", 4), ("sealed.age", "other.txt", 3),
            ("hmac.age", "key.txt", 4), ("version.age", "key.txt", 4),
        ]
        var sentences: Set<String> = []
        for (file, key, exit) in classes {
            let result = try tool.run(
                ["decrypt", "-i", key, "-o", "out", file, "--lang", language])
            #expect(result.status == exit, "\(file): \(result.complaint)")
            let line = result.complaint.split(separator: "\n").first.map(String.init) ?? ""
            sentences.insert(line.replacing(file, with: "FILE"))
            #expect(!tool.exists("out"))
        }
        #expect(sentences.count == classes.count, "\(sentences)")
    }

    @Test("a wrong passphrase is exit 3, without and with a passphrase to seal by")
    func passphrases() throws {
        let (tool, _) = try prepare()
        let sealed = try tool.run(
            ["encrypt", "-p", "--file-passphrase-fd", "5", "-o", "by-phrase.age", "plain"],
            descriptors: [5: Self.phrase])
        #expect(sealed.status == 0, "\(sealed.complaint)")
        let opened = try tool.run(
            ["decrypt", "--file-passphrase-fd", "5", "-o", "back", "by-phrase.age"],
            descriptors: [5: Self.phrase])
        #expect(opened.status == 0, "\(opened.complaint)")
        #expect(try tool.read("back") == tool.read("plain"))
        try Refusal(
            "wrong passphrase",
            ["decrypt", "--file-passphrase-fd", "5", "-o", "out", "by-phrase.age"], exit: 3,
            descriptors: [5: "otra frase"]
        ).check(in: tool)
        try Refusal("no passphrase", ["decrypt", "-o", "out", "by-phrase.age"], exit: 3)
            .check(in: tool)
    }

    @Test("a full disk leaves neither output nor draft", .enabled(if: BuiltTool.canMount))
    func fullDisk() throws {
        let (tool, recipient) = try prepare()
        try FileManager.default.createDirectory(
            atPath: tool.path("small"), withIntermediateDirectories: false)
        BuiltTool.give(tool.path("small"))
        try Refusal(
            "full disk", ["encrypt", "-r", recipient, "-o", "small/out", "plain"], exit: 1,
            disk: .full(tool.path("small"), free: 64)
        ).check(in: tool)
        let left = try FileManager.default.contentsOfDirectory(atPath: tool.after)
        #expect(left == [])
    }

    @Test("a read-only target is an error that names it", .enabled(if: BuiltTool.canMount))
    func readOnly() throws {
        let (tool, recipient) = try prepare()
        try Refusal(
            "read-only", ["encrypt", "-r", recipient, "-o", "folder/out", "plain"], exit: 1,
            disk: .readOnly(tool.path("folder"))
        ).check(in: tool)
    }

    @Test("Ctrl-C in the middle leaves nothing and is exit 130", arguments: [SIGINT, SIGTERM])
    func interrupted(_ signal: Int32) throws {
        let (tool, recipient) = try prepare()
        // A pipe that never ends: the run is in the middle for as long as the test likes.
        let run = try tool.shell(
            """
            set -m; mkfifo slow; exec 9<>slow; head -c 300000 plain >&9 &
            "$1" encrypt -r "$2" -o out <slow & child=$!
            sleep 0.5; kill -s "$3" $child; wait $child
            """, BuiltTool.programs + "/amparo", recipient, signal == SIGINT ? "INT" : "TERM")
        #expect(run.status == 130, "\(run.complaint)")
        #expect(tool.names.filter { $0.contains("out") } == [])
    }
}
