import CommandLineKit
import Commands
import Platform
import TestSupport
import Testing

@Suite("amparo doctor")
struct DoctorTests {
    private static let root = "36 1 8:1 / / rw - ext4 /dev/sda1 rw\n"

    private func examine(
        _ extra: [String: String], environment: [String: String] = [:], language: String = "en",
        json: Bool = false
    ) -> (output: String, test: TestWorld) {
        var files = ["/home/ana/novel.txt": Array("x".utf8)]
        for (path, text) in extra { files[path] = Array(text.utf8) }
        let test = TestWorld(
            ["doctor", "--lang", language] + (json ? ["--json"] : []),
            environment: environment.merging(["HOME": "/home/ana"]) { chosen, _ in chosen },
            files: MemoryFileSystem(files))
        #expect(test.run(Root.command) == .done)
        #expect(test.files.changes == 0, "doctor only reads")
        return (test.output.text, test)
    }

    @Test("on a terminal what to do is broken between words, under what it is about")
    func narrow() {
        let test = TestWorld(
            ["doctor", "--lang", "es"], environment: ["HOME": "/home/ana"],
            files: MemoryFileSystem(["/proc/self/mountinfo": Array(Self.root.utf8)]),
            terminal: ScriptedTerminal(streams: [.output], width: 60))
        #expect(test.run(Root.command) == .done)
        let lines = test.output.text.split(separator: "\n")
        let arrows = lines.filter { $0.drop { $0 == " " }.hasPrefix("→ ") }
        #expect(!arrows.isEmpty && lines.allSatisfy { $0.count <= 60 }, "\(test.output.text)")
        #expect(lines.contains { $0.hasPrefix("          ") && !$0.contains("→") })
    }

    private static func line(_ output: String, _ name: String) -> Substring? {
        output.split(separator: "\n").first { $0.dropFirst(2).hasPrefix(name) }
    }

    @Test(
        "a plain disk is a danger; LUKS, also below LVM, is not",
        arguments: [
            (["/sys/dev/block/8:1/size": "1"], "X"),
            (["/sys/dev/block/8:1/dm/uuid": "CRYPT-LUKS2-00-root\n"], "+"),
            (
                [
                    "/sys/dev/block/8:1/dm/uuid": "LVM-abc\n",
                    "/sys/dev/block/8:1/slaves/dm-0/dm/uuid": "CRYPT-LUKS2-00-x\n",
                ], "+"
            ),
            (
                [
                    "/sys/dev/block/8:1/dm/uuid": "LVM-abc\n",
                    "/sys/dev/block/8:1/slaves/sda3/size": "1",
                ], "X"
            ),
            ([:], "?"),
        ])
    func disk(_ system: [String: String], _ mark: String) {
        let (output, _) = examine(system.merging(["/proc/self/mountinfo": Self.root]) { a, _ in a })
        #expect(Self.line(output, "disk")?.hasPrefix(mark) == true, "\(output)")
    }

    @Test("the mount that holds the home decides, not the root; escaped names are read")
    func mounts() {
        let mounts = Self.root + "40 36 253:0 / /mi\\040casa rw - ext4 /dev/mapper/c rw\n"
        let (output, _) = examine(
            [
                "/proc/self/mountinfo": mounts, "/sys/dev/block/8:1/size": "1",
                "/sys/dev/block/253:0/dm/uuid": "CRYPT-LUKS2-1",
            ], environment: ["AMPARO_HOME": "/mi casa/amparo"])
        #expect(Self.line(output, "disk")?.hasPrefix("+") == true, "\(output)")
    }

    @Test(
        "swap in the open is a danger, compressed memory is not",
        arguments: [
            ("/dev/zram0 partition 100 0 -2\n", "+"), ("/dev/sda2 partition 100 0 -2\n", "X"),
            ("/dev/dm-1 partition 100 0 -2\n", "+"), ("/swapfile file 100 0 -2\n", "X"), ("", "+"),
            ("/dev/nowhere partition 1 0 -2\n", "?"),
        ])
    func swap(_ area: String, _ mark: String) {
        let (output, _) = examine([
            "/proc/swaps": "Filename Type Size Used Priority\n" + area,
            "/proc/self/mountinfo": Self.root, "/sys/dev/block/8:1/size": "1",
            "/sys/class/block/sda2/size": "1", "/sys/class/block/dm-1/dm/uuid": "CRYPT-PLAIN-s",
        ])
        #expect(Self.line(output, "memory")?.hasPrefix(mark) == true, "\(output)")
    }

    @Test(
        "GNOME locks unless somebody changed it; KDE says so itself; elsewhere one has to look",
        arguments: [
            ("GNOME", "", "+"), ("ubuntu:GNOME", "/org/gnome/\u{0}lock-enabled\u{0}", "?"),
            ("KDE", "", "+"), ("KDE", "Autolock=false\n", "X"), ("XFCE", "", "?"),
        ])
    func screen(_ desktop: String, _ settings: String, _ mark: String) {
        let file = desktop == "KDE" ? "kscreenlockerrc" : "dconf/user"
        let (output, _) = examine(
            ["/home/ana/.config/" + file: settings],
            environment: ["XDG_CURRENT_DESKTOP": desktop])
        #expect(Self.line(output, "screen")?.hasPrefix(mark) == true, "\(output)")
    }

    @Test("passwords in the history are counted and never shown")
    func history() {
        let (output, test) = examine([
            "/home/ana/.bash_history": "ls\nmysql -psecreto\nexport PASSWORD=secreto\n"
        ])
        #expect(output.contains(".bash_history: lines that may hold a password: 2"), "\(output)")
        #expect(!(output + test.error.text).contains("secreto"))
    }

    @Test("a readable file beside its encrypted copy is named, and moves no terminal")
    func copies() {
        let (output, _) = examine([
            "/home/ana/doc/\u{1B}[2Jfuente.txt": "x", "/home/ana/doc/\u{1B}[2Jfuente.txt.age": "x",
            "/home/ana/doc/borrador~": "x",
        ])
        #expect(output.contains("fuente.txt") && !output.contains("\u{1B}"), "\(output)")
        #expect(output.contains("borrador~"))
    }

    @Test("old systems, old time zones and a clock of another year are said, in both languages")
    func system() {
        let files = [
            "/etc/os-release": "ID=debian\nVERSION_ID=\"10\"\nPRETTY_NAME=\"Debian 10\"\n",
            "/usr/share/zoneinfo/tzdata.zi": "# version 2022a\n",
        ]
        // The test's clock stands before the program was made.
        #expect(examine(files).output.contains("the clock is wrong"))
        let spanish = examine(files, language: "es").output
        #expect(spanish.contains("el reloj está mal"))
        #expect(spanish.contains("todavía tienen horario de verano"))
        let late = TestWorld(
            ["doctor"], files: MemoryFileSystem(files.mapValues { Array($0.utf8) }),
            clock: ManualClock(now: Instant(milliseconds: 1_800_000_000_000)))
        #expect(late.run(Root.command) == .done)
        #expect(late.output.text.contains("Debian 10 gets no security updates any more"))
    }

    @Test("--json names each check with its state")
    func json() {
        let (output, _) = examine(["/proc/self/mountinfo": Self.root], json: true)
        for check in [
            "disk", "swap", "screen", "permissions", "clock", "copies", "history", "updates",
        ] {
            #expect(output.contains("\"check\":\"\(check)\""))
        }
    }
}
