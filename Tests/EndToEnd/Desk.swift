import Foundation
import TestSupport
import Testing

/// A journalist's machine: the built program, a vault, and what was typed to open it.
final class Desk: Sendable {
    static let passphrase = "caminos de tierra y agua clara"
    let tool: BuiltTool
    let recoveryWords: [String]

    /// Makes the vault with the least memory that the format allows, so that tests are fast.
    init(language: String = "en") throws {
        tool = try BuiltTool(language: language)
        let made = try tool.run(
            ["init", "--kdf-memory", "64", "--passphrase-fd", "3"],
            descriptors: [3: Self.passphrase])
        try #require(made.status == 0, "\(made.complaint)")
        let words = made.text.split(whereSeparator: \.isWhitespace).map(String.init)
        recoveryWords = words.filter { $0.allSatisfy(\.isLetter) && $0.count >= 4 }
    }

    /// One run with the vault's passphrase on descriptor 3.
    func callAsFunction(
        _ arguments: String..., input: String = "", descriptors: [Int: String] = [:]
    ) throws -> BuiltTool.Result {
        try tool.run(
            arguments + ["--passphrase-fd", "3"], input: Array(input.utf8),
            descriptors: [3: Self.passphrase].merging(descriptors) { $1 })
    }

    /// The same, and it must have worked.
    @discardableResult
    func done(
        _ arguments: String..., input: String = "", descriptors: [Int: String] = [:],
        at location: SourceLocation = #_sourceLocation
    ) throws -> BuiltTool.Result {
        let result = try tool.run(
            arguments + ["--passphrase-fd", "3"], input: Array(input.utf8),
            descriptors: [3: Self.passphrase].merging(descriptors) { $1 })
        try #require(
            result.status == 0, "\(arguments): \(result.complaint)", sourceLocation: location)
        return result
    }

    /// Every file below HOME that holds one of `words`, in UTF-8 or UTF-16.
    func filesHolding(_ words: [String]) throws -> [String] {
        var found: [String] = []
        let files = FileManager.default.enumerator(atPath: tool.home)
        while let name = files?.nextObject() as? String {
            guard let content = try? Data(contentsOf: URL(filePath: tool.home + "/" + name)) else {
                continue
            }
            let isHeld = words.contains { word in
                [word.data(using: .utf8), word.data(using: .utf16LittleEndian)]
                    .contains { $0.map { content.range(of: $0) != nil } ?? false }
            }
            if isHeld { found.append(name) }
        }
        return found
    }
}
