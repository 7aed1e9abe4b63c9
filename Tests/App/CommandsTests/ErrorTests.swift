import Foundation
import Testing

/// "Something unexpected happened" helps nobody: every error is one that commands can say.
@Suite("no error without an explanation")
struct ErrorTests {
    /// Errors that never leave the modules which turn them into others: into which.
    private static let contained = [
        "DatabaseError": "VaultError, StoreFailure", "PayloadError": "AgeError",
        "PipelineError": "AgeError", "SourceError": "AgeError", "TransferError": "AgeError",
        "VaultDamageFact": "VaultDamage", "JSONReader.Mistake": "Importing.damaged",
        "ChildProcess.Failure": "DeliveryResult", "Interrupted": "exit code 130",
        "BubbleRefusal": "BubbleEvent.refused",
    ]

    @Test("a new error type is explained, or listed with what it becomes")
    func everyErrorType() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources")
        let declared =
            /(?m)^ *(?:package |private |fileprivate )?(?:indirect )?(?:enum|struct) (\w+)(?:<[^>]*>)?: [^{]*\bError\b/
        let explained = /(?m)^extension ([\w.]+): Explainable/
        var errors: Set<String> = []
        var sayable: Set<String> = []
        let walk = try #require(FileManager.default.enumerator(atPath: sources.path))
        while let name = walk.nextObject() as? String {
            guard name.hasSuffix(".swift") else { continue }
            let text = try String(contentsOf: sources.appending(path: name), encoding: .utf8)
            errors.formUnion(text.matches(of: declared).map { String($0.1) })
            for match in text.matches(of: explained) {
                sayable.insert(String(match.1.split(separator: ".").last ?? ""))
            }
        }
        #expect(errors.count > 20)
        let known = sayable.union(
            Self.contained.keys.map { String($0.split(separator: ".").last ?? "") })
        #expect(errors.subtracting(known).sorted() == [])
    }
}
