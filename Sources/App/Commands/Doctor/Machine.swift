internal import CommandLineKit
internal import Platform

/// This machine as its files show it; nothing is written and no program is started.
struct Machine {
    let files: any FileSystem
    let clock: any SystemClock
    let environment: [String: String]
    /// Where Amparo keeps its things.
    let home: Home?

    /// The person's own folder.
    var personal: String? { environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } }

    /// What the kernel and the system say of themselves fits in far less.
    private static let systemFileLimit = 1 << 20

    /// nil when there is no such file or it may not be read; foreign bytes become U+FFFD.
    func text(_ path: String, limit: Int = systemFileLimit) -> String? {
        (try? files.read(path, limit: limit)).map { String(decoding: $0, as: UTF8.self) }
    }

    func lines(_ path: String) -> [Substring] {
        (text(path) ?? "").split(separator: "\n", omittingEmptySubsequences: true)
    }

    func names(_ folder: String) -> [String] { (try? files.list(folder)) ?? [] }

    func status(_ path: String) -> FileStatus? { (try? files.status(path)) ?? nil }

    /// A value of `/etc/os-release`, without its quotes.
    /// Source: os-release(5).
    func release(_ key: String) -> String? {
        for line in lines("/etc/os-release") where line.hasPrefix(key + "=") {
            let value = line.dropFirst(key.utf8.count + 1)
            return String(value.trimming { $0 == "\"" || $0 == "'" })
        }
        return nil
    }
}

extension Substring {
    fileprivate func trimming(_ unwanted: (Character) -> Bool) -> Substring {
        var rest = self
        while let first = rest.first, unwanted(first) { rest.removeFirst() }
        while let last = rest.last, unwanted(last) { rest.removeLast() }
        return rest
    }
}
