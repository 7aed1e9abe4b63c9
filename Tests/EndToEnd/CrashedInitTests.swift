import Foundation
import TestSupport
import Testing

/// The kernel ends `init` in the middle of a system call of our choice.
@Suite("an init that was killed")
struct CrashedInitTests {
    static let points = [
        "flock:when=1", "pwrite64:when=1", "pwrite64:when=9", "fdatasync,fsync:when=1",
        "fdatasync,fsync:when=3", "unlink,unlinkat:when=1", "rename,renameat,renameat2:when=1",
    ]

    @Test("leaves nothing that stands in the way of the next one", arguments: points)
    func killed(_ point: String) throws {
        let tool = try BuiltTool()
        try tool.write("phrase", Desk.passphrase)
        let calls = point.prefix { $0 != ":" }
        let when = point.dropFirst(calls.count)
        let killed = try tool.shell(
            """
            exec strace -f -o /dev/null -e trace=\(calls) -e inject=\(calls):signal=SIGKILL\(when) \
            "$1" init --kdf-memory 64 --passphrase-fd 3 3<phrase
            """, BuiltTool.programs + "/amparo")
        // Where tracing is forbidden there is nothing to see.
        guard !killed.complaint.contains("ptrace") else { return }
        #expect(killed.status != 0 && killed.text.isEmpty, "\(point): \(killed.complaint)")

        let again = try tool.run(
            ["init", "--kdf-memory", "64", "--passphrase-fd", "3"],
            descriptors: [3: Desk.passphrase])
        #expect(again.status == 0, "\(point): \(again.complaint)")
        let names = try FileManager.default.contentsOfDirectory(atPath: tool.store).sorted()
        #expect(names == ["state", "vault.db"], "\(point)")
    }
}
