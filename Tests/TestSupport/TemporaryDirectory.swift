import Foundation

/// A directory of mode 0700 that goes with its last owner.
package final class TemporaryDirectory: Sendable {
    package let path: String

    /// - Parameter inMemory: On a file system where syncing costs nothing, if there is one: for
    ///   suites that sync thousands of times.
    package init(inMemory: Bool = false) throws {
        let name = "amparo-test-\(UUID().uuidString)"
        // `make test` names a folder of its own, to see that nothing stays.
        let memory = ProcessInfo.processInfo.environment["AMPARO_TEST_MEMORY"] ?? "/dev/shm"
        let parent =
            inMemory && FileManager.default.isWritableFile(atPath: memory)
            ? URL(filePath: memory) : FileManager.default.temporaryDirectory
        path = parent.appending(path: name).path
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700]
        )
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    package func callAsFunction(_ name: String) -> String { path + "/" + name }

    /// Names in it, hidden ones too, sorted.
    package var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }

    package func write(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(filePath: self(name)))
    }

    package func read(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: self(name))))
    }
}
