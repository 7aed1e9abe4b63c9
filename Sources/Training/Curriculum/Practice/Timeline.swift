package import Platform

/// What happened in a practice world, in its own time: one line each, for a trainer to tell again.
package struct Timeline: Sendable {
    package struct Event: Hashable, Sendable {
        package let time: Instant
        package let words: String

        package init(time: Instant, words: String) {
            self.time = time
            self.words = words
        }
    }

    /// Each writer has a file of its own, so that two lose nothing of each other's.
    package enum Writer: String, CaseIterable, Sendable { case watcher, colleague, trainer }

    private let world: PracticeWorld
    private let files: any FileSystem
    private static let limit = 1 << 20

    package init(_ world: PracticeWorld, _ files: any FileSystem) {
        self.world = world
        self.files = files
    }

    private func path(_ writer: Writer) -> String { world.timeline + "." + writer.rawValue }

    /// In order of time; lines that are none are left out.
    package var events: [Event] {
        Writer.allCases.flatMap { events($0) }.sorted { $0.time < $1.time }
    }

    private func events(_ writer: Writer) -> [Event] {
        let path = path(writer)
        guard let bytes = try? files.read(path, limit: Self.limit) else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            let parts = line.split(separator: "\t", maxSplits: 1)
            guard parts.count == 2, let time = Int64(parts[0]) else { return nil }
            return Event(time: Instant(milliseconds: time), words: String(parts[1]))
        }
    }

    /// One that cannot be written keeps no alert back.
    package func add(_ words: String, at time: Instant, by writer: Writer) {
        let line = words.split { $0.isNewline || $0 == "\t" }.joined(separator: " ")
        let events = events(writer) + [Event(time: time, words: line)]
        let text = events.map { "\($0.time.milliseconds)\t\($0.words)\n" }.joined()
        try? files.replace(path(writer), with: Array(text.utf8))
    }
}
