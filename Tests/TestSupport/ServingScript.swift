import Foundation

/// A script of this folder that serves on a loopback port of its own and ends with its last owner.
final class ServingScript: @unchecked Sendable {
    let port: Int
    let folder: TemporaryDirectory
    // Touched by init and deinit only.
    private let process = Process()
    private let input = Pipe()

    init(_ script: String, _ arguments: [String], in folder: TemporaryDirectory) throws {
        self.folder = folder
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = [Self.path(script), folder.path] + arguments
        process.standardInput = input
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        var line = Data()
        while line.last != 10 {
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { break }
            line += more
        }
        let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .newlines)
        guard let port = Int(text) else { throw CocoaError(.executableLoad) }
        self.port = port
    }

    deinit { stop() }

    static func path(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: name).path
    }

    func stop() {
        try? input.fileHandleForWriting.close()
        if process.isRunning {
            process.terminate()
            process.waitUntilExit()
        }
    }

    /// N.json in order.
    func notes() throws -> [[String: Any]] {
        try folder.names.filter { $0.hasSuffix(".json") }
            .compactMap { Int($0.dropLast(5)) }.sorted()
            .map { number in
                let note = try JSONSerialization.jsonObject(
                    with: Data(folder.read("\(number).json")))
                return note as? [String: Any] ?? [:]
            }
    }
}
