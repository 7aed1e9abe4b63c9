import Foundation
import TestSupport
import Testing

/// One thing that somebody does wrong, or that goes wrong, and what must come of it.
struct Refusal: CustomTestStringConvertible, Sendable {
    let name: String
    let arguments: [String]
    let exit: Int32
    var input: [UInt8] = []
    var descriptors: [Int: String] = [:]
    var disk: BuiltTool.Disk = .ordinary

    init(
        _ name: String, _ arguments: [String], exit: Int32, input: [UInt8] = [],
        descriptors: [Int: String] = [:], disk: BuiltTool.Disk = .ordinary
    ) {
        self.name = name
        self.arguments = arguments
        self.exit = exit
        self.input = input
        self.descriptors = descriptors
        self.disk = disk
    }

    var testDescription: String { name }

    /// Runs it in both languages: the documented exit code, an error and a hint in that language,
    /// and nothing lost or half written.
    func check(in tool: BuiltTool, at location: SourceLocation = #_sourceLocation) throws {
        var complaints: [String] = []
        for language in ["en", "es"] {
            let before = try Surroundings(tool)
            let result = try tool.run(
                arguments + ["--lang", language], input: input, descriptors: descriptors,
                disk: disk)
            let complaint = result.complaint
            #expect(
                result.status == exit, "\(name) (\(language)): \(complaint)",
                sourceLocation: location)
            let lines = complaint.split(separator: "\n").map(String.init)
            let error = lines.first { $0.hasPrefix("amparo: error: ") }
            #expect(
                error != nil, "\(name) (\(language)): no error: \(complaint)",
                sourceLocation: location)
            #expect(
                lines.contains { $0.hasPrefix("amparo: hint: ") },
                "\(name) (\(language)): no hint: \(complaint)", sourceLocation: location)
            #expect(
                error?.hasSuffix(".") != true, "\(name) (\(language)): a full stop",
                sourceLocation: location)
            #expect(result.output.isEmpty, "\(name) (\(language))", sourceLocation: location)
            #expect(
                try Surroundings(tool) == before, "\(name) (\(language)): files changed",
                sourceLocation: location)
            complaints.append(error ?? "")
        }
        #expect(
            complaints[0] != complaints[1], "\(name): said in one language only",
            sourceLocation: location)
    }
}

/// Every file that a run may have touched, but for the vault, which notes each visit.
struct Surroundings: Equatable {
    let files: [String: Data]

    init(_ tool: BuiltTool) throws {
        var files: [String: Data] = [:]
        for root in [tool.work, tool.home] {
            let found = FileManager.default.enumerator(atPath: root)
            while let name = found?.nextObject() as? String {
                let path = root + "/" + name
                if ["vault.db", "witness", "device"].contains(
                    URL(filePath: path).lastPathComponent)
                {
                    continue
                }
                var isFolder: ObjCBool = false
                _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
                // An empty folder is nothing lost and nothing half written.
                if isFolder.boolValue { continue }
                files[path] = (try? Data(contentsOf: URL(filePath: path))) ?? Data()
            }
        }
        self.files = files
    }
}
