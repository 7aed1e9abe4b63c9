import Foundation
import Platform
import TestSupport
import Testing

@Suite("a question on the terminal")
struct TerminalTests {
    @Test("hides the answer, restores the echo, survives Ctrl-C, Ctrl-D and signals")
    func pseudoTerminal() throws {
        guard let compiler = Peer("clang") ?? Peer("cc"), let python = Peer("python3") else {
            return
        }
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let shim = root.appending(path: "Sources/System/CPlatform").path
        let folder = try TemporaryDirectory()
        let library = folder("terminal.so")
        let built = try compiler.run([
            "-shared", "-fPIC", "-D_GNU_SOURCE", "-I\(shim)/include", "\(shim)/Terminal.c", "-o",
            library,
        ])
        #expect(built.status == 0, "\(built.complaint)")
        let script = root.appending(path: "Tests/TestSupport/terminal_pty.py").path
        let result = try python.run([script, library])
        #expect(result.status == 0, "\(String(decoding: result.output, as: UTF8.self))")
        #expect(String(decoding: result.output, as: UTF8.self) == "terminal: 27 cases\n")
    }
}
