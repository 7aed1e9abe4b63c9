import Foundation
import Platform
import TestSupport
import Testing

@Suite("Local sockets")
struct LocalSocketTests {
    /// The umask is one for the whole process: a thread that borrows it changes what the others make, and two that
    /// borrow it at once may leave it changed for good.
    @Test("sockets are for their owner alone, and the umask of the process is never touched")
    func socketsArePrivateAndLeaveTheUmaskAlone() async throws {
        let directory = try TemporaryDirectory()
        let before = try #require(try umask())
        let folder = directory.path
        await withTaskGroup(of: Void.self) { group in
            for thread in 0..<8 {
                group.addTask {
                    for round in 0..<200 {
                        _ = try? LocalListener(folder: folder, name: "s\(thread)-\(round % 4)")
                    }
                }
            }
        }
        #expect(try umask() == before)
        let made = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(made.count == 32)
        for name in made {
            let status = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
            #expect(status[.posixPermissions] as? Int == 0o600)
        }
    }

    private func umask() throws -> String? {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        return status.split(separator: "\n").first { $0.hasPrefix("Umask:") }.map(String.init)
    }
}
