import Foundation
import Testing

/// Output kept word for word; `RECORD_GOLDEN=1` rewrites it.
package enum Golden {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Golden")

    /// Compares with `Tests/Golden/NAME`.
    package static func check(
        _ text: String, _ name: String, location: SourceLocation = #_sourceLocation
    ) throws {
        let file = folder.appending(path: name)
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
            return
        }
        let kept = try? String(contentsOf: file, encoding: .utf8)
        #expect(
            text == kept, "\(name) differs; RECORD_GOLDEN=1 rewrites it", sourceLocation: location)
    }
}
