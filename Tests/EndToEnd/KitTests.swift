import Foundation
import TestSupport
import Testing

/// The kit's script on a stick that lets no program run, as an ordinary user. A static program of
/// ten lines stands for ours, which takes minutes to build; it says how it was called.
@Suite("starting from the workshop's stick")
struct KitTests {
    private static let source = """
        #include <stdio.h>
        #include <stdlib.h>
        int main(int count, char **words) {
            for (int i = 1; i < count; i++) printf("%s ", words[i]);
            printf("| %s\\n", words[0]);
            return 0;
        }
        """

    private func kit(_ tool: BuiltTool) throws {
        try tool.write("stand-in.c", Self.source)
        let made = try tool.shell(
            """
            set -e
            gcc -static -o amparo stand-in.c; cp amparo amparo-courier
            "$1/amparo" workshop kit stick --program ./amparo --lang es
            """, BuiltTool.programs)
        try #require(made.status == 0, "\(made.complaint)")
    }

    @Test("it copies to the home and starts there, one practice for each number, and goes again")
    func start() throws {
        let tool = try BuiltTool(language: "es")
        try kit(tool)
        let run = try tool.shell(
            """
            sh stick/start.sh; sh stick/start.sh 7; sh stick/start.sh --menu
            ls -A "$HOME/.local/share/amparo-kit"; stat -c %a "$HOME/.local/share/amparo-kit"
            sh stick/start.sh ../x 2>/dev/null; echo $?
            sh stick/start.sh --remove; find "$HOME" -name 'amparo*'
            printf x >>stick/program/amparo; sh stick/start.sh 2>/dev/null; echo $?
            """)
        let home = tool.home + "/.local/share/amparo-kit"
        #expect(
            run.lines == [
                "--lang es --home \(home)/home-1 practice start | amparo",
                "--lang es --home \(home)/home-7 practice start | amparo",
                "--lang es | amparo", ".amparo-kit", "amparo", "amparo-courier", "700", "2",
                "se quitó: \(home)", "4",
            ], "\(run.text) \(run.complaint)")
    }

    @Test("from a disk mounted noexec, and past a home mounted noexec")
    func noExec() throws {
        guard BuiltTool.canMount else { return }
        let tool = try BuiltTool(language: "es")
        try kit(tool)
        let script = """
            set -e
            mount -t tmpfs -o noexec,mode=755 stick /mnt
            cp -r "$1/work/stick" /mnt/; chmod -R a+rX /mnt/stick
            [ "$2" = stick ] || {
                mount -t tmpfs -o noexec,mode=700,uid=65534 home "$1/home"
                export TMPDIR="$1/work"
            }
            cd /mnt/stick
            setpriv --reuid 65534 --regid 65534 --clear-groups --no-new-privs \\
                env HOME="$1/home" sh start.sh 3
            """
        for place in ["stick", "home"] {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/unshare")
            process.arguments = [
                "--mount", "--net", "/bin/bash", "-c", script, "bash", tool.folder, place,
            ]
            process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            process.waitUntilExit()
            let said = String(
                decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            let folder =
                place == "stick"
                ? tool.home + "/.local/share/amparo-kit" : tool.work + "/amparo-kit-65534"
            #expect(
                said == "--lang es --home \(folder)/home-3 practice start | amparo\n", "\(place)")
        }
    }
}
