import Foundation
import TestSupport
import Testing

@Suite("files, with the built program")
struct FilesTests {
    /// A key pair made by age itself.
    static func keys(_ tool: BuiltTool) throws -> String {
        let made = try tool.shell("age-keygen -o key.txt 2>/dev/null && age-keygen -y key.txt")
        #expect(made.status == 0)
        return made.line
    }

    static let amparo = BuiltTool.programs + "/amparo"

    @Test("100 MiB stream through to age and back without growing")
    func streams() throws {
        guard Peer("age") != nil else { return }
        let tool = try BuiltTool()
        let recipient = try Self.keys(tool)
        // Numbers, so that no two chunks are alike.
        let pipes = try tool.shell(
            """
            set -e -o pipefail
            seq 1 20000000 | head -c 104857600 >text || true
            sha256sum <text
            cat text | "$1" encrypt -r "$2" | age -d -i key.txt | sha256sum
            cat text | age -r "$2" | "$1" decrypt -i key.txt | sha256sum
            cat text | "$1" encrypt -a -r "$2" | age -d -i key.txt | sha256sum
            """, Self.amparo, recipient)
        #expect(pipes.lines.count == 4, "\(pipes.complaint)")
        #expect(Set(pipes.lines).count == 1)

        let memory = try tool.shell(
            """
            head -c 104857600 /dev/zero >large
            "$1" encrypt -r "$2" -o large.age large & wait $!
            for command in "encrypt -r $2 -o again.age large" "decrypt -i key.txt -o back large.age"; do
                python3 -c '
            import resource, subprocess, sys
            subprocess.run(sys.argv[1:], check=True)
            print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
            ' "$1" $command
            done
            cmp large back
            """, Self.amparo, recipient)
        #expect(memory.status == 0, "\(memory.complaint)")
        #expect(memory.lines.count == 2)
        for line in memory.lines {
            // KiB; the debug build with its dynamic libraries takes more than the release.
            #expect((Int(line) ?? .max) < 64 * 1024, "\(line)")
        }
    }

    @Test(
        "bad input is refused with its reason, a next step and its exit code",
        arguments: ["en", "es"])
    func badInput(_ language: String) throws {
        let tool = try BuiltTool(language: language)
        let recipient = try Self.keys(tool)
        try tool.write("plain", "texto")
        try tool.write("locked", "texto")
        _ = try tool.shell(
            "mkdir folder sealed; chmod 000 locked; chmod 500 sealed; cp plain taken")
        let before = tool.names
        let cases: [([String], Int32)] = [
            (["encrypt", "-r", recipient, "--outptu", "x", "plain"], 2),
            (["encrypt", "-r", recipient, "missing"], 1),
            (["encrypt", "-r", recipient, "locked"], 1),
            (["encrypt", "-r", recipient, "-o", "sealed/out", "plain"], 1),
            (["encrypt", "-r", recipient, "-o", "missing/out", "plain"], 1),
            (["encrypt", "-r", recipient, "-o", "taken", "plain"], 6),
            (["encrypt", "-r", recipient, "-o", "folder", "plain"], 1),
            (["encrypt", "-r", recipient, "-o", "plain/x", "plain"], 1),
            (["encrypt", "-r", recipient, "-o", "out/", "plain"], 1),
            (["encrypt", "-R", "missing", "plain"], 1),
            (["encrypt", "-r", "nadie", "plain"], 3),
            (["encrypt", "plain"], 2),
            (["encrypt", "-p", "-o", "out", "plain"], 3),
            (["decrypt", "-i", "key.txt", "-o", "out", "plain"], 4),
            (["decrypt", "-i", "plain", "-o", "out", "plain"], 4),
            (["decrypt", "-i", "folder", "-o", "out", "plain"], 4),
            (["decrypt", "-o", "out", "missing"], 1),
        ]
        for (arguments, status) in cases {
            let result = try tool.run(arguments)
            #expect(result.status == status, "\(arguments): \(result.complaint)")
            #expect(result.complaint.hasPrefix("amparo: error: "), "\(arguments)")
            #expect(result.output.isEmpty, "\(arguments)")
            #expect(tool.names == before, "\(arguments)")
        }
    }

    @Test("the input stays what it was under every one of its names")
    func neverOverInput() throws {
        let tool = try BuiltTool()
        let recipient = try Self.keys(tool)
        try tool.write("a", "texto")
        _ = try tool.shell("ln a hard; ln -s a soft; mkdir d; ln -s ../a d/far")
        for name in ["a", "./a", "hard", "soft", "d/far", "../work/a"] {
            let result = try tool.run(["encrypt", "--force", "-r", recipient, "-o", name, "a"])
            #expect(result.status == 6, "\(name): \(result.complaint)")
            let piped = try tool.shell(
                "\"$1\" encrypt --force -r \"$2\" -o \"$3\" <a", Self.amparo, recipient, name)
            #expect(piped.status == 6, "\(name)")
        }
        let appended = try tool.shell("\"$1\" encrypt -r \"$2\" a >>a", Self.amparo, recipient)
        #expect(appended.status == 6)
        #expect(try tool.read("a") == Array("texto".utf8))
        // A link to something else is replaced itself.
        _ = try tool.shell("echo otro >other; ln -s other link")
        #expect(
            try tool.run(["encrypt", "--force", "-r", recipient, "-o", "link", "a"]).status == 0)
        #expect(try tool.read("other") == Array("otro\n".utf8))
    }

    @Test("names are looked up in the vault, and its keys open files")
    func withVault() throws {
        let tool = try BuiltTool()
        _ = try Self.keys(tool)
        let lauras = try tool.shell(
            "age-keygen -o laura.txt 2>/dev/null && age-keygen -y laura.txt")
        let secret = [3: "una frase de prueba\n"]
        func run(_ words: String...) throws -> BuiltTool.Result {
            try tool.run(words + ["--passphrase-fd", "3"], descriptors: secret)
        }
        #expect(try run("init", "--kdf-memory", "64").status == 0)
        #expect(try run("contact", "add", "laura", "--recipient", lauras.line).status == 0)
        #expect(try run("contact", "add", "abogado", "--email", "a@example.org").status == 0)
        try tool.write("a", "texto")

        let both = try run("encrypt", "-r", "laura", "-r", "me", "-o", "both.age", "a")
        // Nobody has compared her key, and that is all there is to say.
        let lines = both.complaint.split(separator: "\n")
        #expect(both.status == 0 && lines.count == 1, "\(both.complaint)")
        #expect(both.complaint.contains("amparo contact verify laura"))
        #expect(try run("decrypt", "-o", "back", "both.age").status == 0)
        #expect(try tool.read("back") == Array("texto".utf8))
        let hers = try tool.shell("age -d -i laura.txt both.age")
        #expect(hers.text == "texto", "\(hers.complaint)")

        let alone = try run("encrypt", "-r", "laura", "-o", "hers.age", "a")
        #expect(alone.status == 0 && alone.complaint.contains("-r me"))
        #expect(try run("decrypt", "-o", "no", "hers.age").status == 3)
        #expect(try run("encrypt", "-r", "abogado", "-o", "no", "a").status == 3)
        #expect(try run("encrypt", "-r", "nadie", "-o", "no", "a").status == 1)
        #expect(!tool.exists("no"))
    }

    @Test("who may read an output depends on what it is")
    func modes() throws {
        let tool = try BuiltTool()
        let recipient = try Self.keys(tool)
        try tool.write("a", "texto")
        let result = try tool.shell(
            """
            umask 027
            "$1" encrypt -r "$2" -o b a && "$1" decrypt -i key.txt -o c b && stat -c %a b c
            """, Self.amparo, recipient)
        #expect(result.lines == ["640", "600"])
    }

    @Test("devices and FIFOs are written directly")
    func specialFiles() throws {
        let tool = try BuiltTool()
        let recipient = try Self.keys(tool)
        try tool.write("a", "texto")
        #expect(try tool.run(["encrypt", "-r", recipient, "-o", "/dev/null", "a"]).status == 0)
        let full = try tool.run(["encrypt", "-r", recipient, "-o", "/dev/full", "a"])
        #expect(full.status == 1)
        #expect(full.complaint.contains("full"))
        let piped = try tool.shell(
            """
            mkfifo pipe
            "$1" decrypt -i key.txt <pipe & reader=$!
            "$1" encrypt -r "$2" -o pipe a && wait $reader
            """, Self.amparo, recipient)
        #expect(piped.status == 0 && piped.text == "texto", "\(piped.complaint)")
    }

    @Test("a full or read-only disk leaves nothing behind", .enabled(if: BuiltTool.canMount))
    func disks() throws {
        let tool = try BuiltTool()
        let recipient = try Self.keys(tool)
        try tool.write("a", [UInt8](repeating: 7, count: 400_000))
        let arguments = ["encrypt", "-r", recipient, "-o", "a.age", "a"]
        let full = try tool.run(arguments, disk: .full(tool.work, free: 100))
        #expect(full.status == 1)
        #expect(full.complaint.contains("the disk is full"))
        let after = try FileManager.default.contentsOfDirectory(atPath: tool.after)
        #expect(Set(after) == ["a", "key.txt"])
        let readOnly = try tool.run(arguments, disk: .readOnly(tool.work))
        #expect(readOnly.status == 1)
        #expect(readOnly.complaint.contains("cannot be written to"))
        #expect(tool.names == ["a", "key.txt"])
    }

    /// Starts `command` on a FIFO that gives some of the text and then nothing more.
    static func stuck(
        _ tool: BuiltTool, _ command: [String], bytes: Int
    ) throws -> (RunningTool, FileHandle) {
        _ = try tool.shell("mkfifo -m 666 pipe")
        let running = try tool.start(command + ["pipe"])
        // Both ends, so that opening does not wait for the reader.
        let pipe = try #require(FileHandle(forUpdatingAtPath: tool.path("pipe")))
        try pipe.write(contentsOf: Data(repeating: 7, count: bytes))
        usleep(200_000)
        return (running, pipe)
    }

    @Test("Ctrl-C ends the work with 130 and leaves nothing", arguments: [1_000, 3 << 20])
    func interrupts(_ bytes: Int) throws {
        let tool = try BuiltTool()
        let recipient = try Self.keys(tool)
        let (running, pipe) = try Self.stuck(
            tool, ["encrypt", "-r", recipient, "-o", "out"], bytes: bytes)
        #expect(running.isRunning)
        running.send(SIGINT)
        let result = try running.wait()
        #expect(result?.status == 130)
        #expect(tool.names == ["key.txt", "pipe"])
        try pipe.close()
    }

    @Test("not even kill -9 leaves a part")
    func kills() throws {
        let tool = try BuiltTool()
        let recipient = try Self.keys(tool)
        let (running, pipe) = try Self.stuck(
            tool, ["encrypt", "-r", recipient, "-o", "out"], bytes: 3 << 20)
        running.send(SIGKILL)
        #expect(try running.wait()?.status == 137)
        #expect(tool.names == ["key.txt", "pipe"])
        try pipe.close()
    }
}
