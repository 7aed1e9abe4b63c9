import Foundation
import Testing

/// A program of somebody else's that ours must get along with.
package struct Peer: Sendable {
    package struct Result: Sendable {
        package let status: Int32
        package let output: [UInt8]
        package let complaint: String
    }

    package let path: String

    /// nil, and said on standard error, when the program is not installed. `make test` installs them
    /// all: there the test fails, lest it pass unasked.
    ///
    /// - Parameter name: Looked up in PATH; used as it is if it holds a slash.
    package init?(_ name: String) {
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
        let candidates = name.contains("/") ? [name] : folders.map { "\($0)/\(name)" }
        guard let found = candidates.first(where: FileManager.default.isExecutableFile(atPath:))
        else {
            FileHandle.standardError.write(Data("peers: \(name) is not here; not asked\n".utf8))
            // What Tools/peers fetches needs a network, and that it could not is said there.
            let isFetched = name.contains("/.build/")
            if !isFetched, ProcessInfo.processInfo.environment["AMPARO_PEERS"] == "required" {
                Issue.record("\(name) is not installed")
            }
            return nil
        }
        path = found
    }

    /// Runs to the end. Output goes through files: a full pipe would block the child.
    package func run(_ arguments: [String], input: [UInt8] = []) throws -> Result {
        let folder = try TemporaryDirectory()
        try folder.write("in", input)
        try folder.write("out", [])
        try folder.write("err", [])
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardInput = try FileHandle(forReadingFrom: URL(filePath: folder("in")))
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: folder("out")))
        process.standardError = try FileHandle(forWritingTo: URL(filePath: folder("err")))
        try process.run()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus, output: try folder.read("out"),
            complaint: String(decoding: try folder.read("err"), as: UTF8.self))
    }
}

extension Peer {
    /// The Python of `.build/peers`, which `Tools/peers` fills; nil when that did not happen.
    package static let python = Peer(
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: ".build/peers/bin/python").path)
}
