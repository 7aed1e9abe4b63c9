import Foundation
import TestSupport
import Testing

@Suite("a session, in the kernel's keyring")
struct SessionTests {
    /// Runs a script in a login session of its own; `$amparo` is the program. nil where the kernel
    /// has no keyrings to give.
    private func login(_ desk: Desk, _ script: String) throws -> BuiltTool.Result? {
        let helper = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Support/in_session.py")
        try desk.tool.write("in_session.py", Array(try Data(contentsOf: helper)))
        try desk.tool.write("phrase", Desk.passphrase)
        let result = try desk.tool.shell(
            "amparo=$1; export amparo; exec /usr/bin/python3 in_session.py /bin/bash -c \"$2\"",
            BuiltTool.programs + "/amparo", script)
        try FileManager.default.removeItem(atPath: desk.tool.path("phrase"))
        return result.status == 77 ? nil : result
    }

    @Test(
        "unlocked, a vault opens without a passphrase until it is locked",
        arguments: ["lock", "close"])
    func unlockAndLock(_ ending: String) throws {
        let desk = try Desk()
        try desk.done("note", "new", "--title", "Uno", input: "uno\n")
        let lock = ending == "lock" ? "vault lock" : "close"
        let result = try login(
            desk,
            """
            $amparo vault unlock --for 1m --passphrase-fd 3 3<phrase || exit 21
            $amparo note list || exit 22
            $amparo \(lock) || exit 23
            $amparo note list; exit $?
            """)
        guard let result else { return }
        #expect(result.status == 3, "\(result.complaint)")
        #expect(result.text.contains("Uno"))
    }

    @Test("it ends by itself, and another session never had it")
    func timeOut() throws {
        let desk = try Desk()
        try desk.done("note", "new", "--title", "Uno", input: "uno\n")
        let result = try login(
            desk,
            """
            $amparo vault unlock --for 2s --passphrase-fd 3 3<phrase || exit 21
            /usr/bin/python3 in_session.py $amparo note list && exit 22
            sleep 3
            $amparo note list; exit $?
            """)
        guard let result else { return }
        #expect(result.status == 3, "\(result.complaint)")
        #expect(!result.text.contains("Uno"))
    }

    @Test(
        "what another window keeps in its own memory is gone too", arguments: ["lock", "close"])
    func otherWindow(_ ending: String) throws {
        let tool = try BuiltTool(language: "en")
        let close = ending == "lock" ? "vault lock" : "close"
        let day = try TerminalDay.run(
            tool,
            """
            echo uno | amparo note new --title Uno --passphrase-fd 3 3<pw >/dev/null || exit 2
            amparo \(close) >alone; cat alone
            run "amparo shell"
            see 'amparo>'
            words 'note list'; key Enter
            see 'passphrase'
            words 'correcto caballo batería grapa'; key Enter
            for try in $(seq 200); do grep -q Uno out && break; sleep 0.1; done
            grep -c Uno out
            amparo \(close) >closed 2>&1; echo "exit $?"; cat closed
            end; echo "shell $(cat ended)"
            t kill-server 2>/dev/null
            amparo \(close) >again; echo "again $?"; cat again
            """)
        #expect(day.status == 0, "\(day.complaint)")
        let halves = day.text.components(separatedBy: "exit 0")
        try #require(halves.count == 2, "\(day.text)")
        let after = halves[1]
        #expect(!halves[0].contains("Another window"))
        #expect(after.contains("Another window of amparo was open: it is closed."), "\(day.text)")
        #expect(after.contains("shell 129") || after.contains("shell 130"), "\(day.text)")
        let again = after.split(separator: "again 0").last.map(String.init) ?? ""
        #expect(!again.contains("Another window"))
    }
}
