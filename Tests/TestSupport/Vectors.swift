import Foundation

/// The conformance data, which lives outside the project.
public enum Vectors {
    /// `$AMPARO_VECTORS`, else `../shared/vectors` beside the package; nil, and said once on
    /// standard error, when neither is there.
    public static let folder: URL? = {
        let fallback = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "shared/vectors")
        let chosen =
            ProcessInfo.processInfo.environment["AMPARO_VECTORS"].map { URL(filePath: $0) }
            ?? fallback
        if FileManager.default.fileExists(atPath: chosen.path) { return chosen }
        FileHandle.standardError.write(
            Data("vectors: no folder at \(chosen.path); no conformance data was run\n".utf8))
        return nil
    }()

    /// Bytes of one file; the caller asserts that the folder is there.
    public static func bytes(_ path: String) throws -> [UInt8] {
        guard let folder else { return [] }
        return Array(try Data(contentsOf: folder.appending(path: path)))
    }

    /// Says how many vectors of a suite were run, so that none goes missing in silence.
    public static func report(_ suite: String, ran count: Int) {
        FileHandle.standardError.write(Data("vectors: \(suite): ran \(count)\n".utf8))
    }
}
