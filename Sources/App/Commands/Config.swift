package import CommandLineKit
package import Platform
package import Wording

/// Stored choices: `name=value` lines in the home's `config`. None of them is a secret.
package struct Config: Hashable, Sendable {
    /// Lines this version does not know are kept as they are.
    private var lines: [String]

    package init() { lines = [] }

    /// - Returns: nil for anything that is not UTF-8 lines of `name=value`.
    package init?(parsing bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        lines = text.split(separator: "\n").map(String.init)
        guard lines.allSatisfy({ $0.contains("=") }) else { return nil }
    }

    package var serialized: [UInt8] { Array(lines.map { $0 + "\n" }.joined().utf8) }

    package subscript(_ name: String) -> String? {
        get {
            lines.last { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
        }
        set {
            lines.removeAll { $0.hasPrefix(name + "=") }
            if let newValue { lines.append("\(name)=\(newValue)") }
        }
    }

    /// Far more than there are choices; a larger file is not ours.
    private static let limit = 65_536

    /// - Returns: No choices when there is no file yet.
    package static func load(
        from home: Home, files: any FileSystem
    ) throws(FileError) -> Config? {
        guard let bytes = try files.readIfPresent(home.config, limit: limit) else {
            return Config()
        }
        return Config(parsing: bytes)
    }

    /// The language chosen once; nil when none was, or when the file cannot be read: a broken
    /// `config` must not keep anybody from her notes.
    @Sendable package static func storedLanguage(_ world: World, option: String?) -> Language? {
        guard let home = Home.locate(option: option, environment: world.environment),
            let config = try? load(from: home, files: world.files)
        else { return nil }
        return config["lang"].flatMap(Language.init(rawValue:))
    }
}
