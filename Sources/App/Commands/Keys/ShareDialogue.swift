internal import CommandLineKit
internal import Secrets
internal import Shares
internal import Wording

/// Shares typed by a person: each word is judged when its line ends, so that nobody types
/// thirty-three words to learn that the third was wrong.
struct ShareDialogue {
    private let invocation: Invocation
    private var pool = SharePool()

    private init(_ invocation: Invocation) { self.invocation = invocation }

    static func read(_ invocation: Invocation) throws -> SharePool {
        var dialogue = ShareDialogue(invocation)
        try dialogue.run()
        return dialogue.pool
    }

    private mutating func run() throws {
        invocation.say(
            Text(
                en: "Type the words of each sheet, one or several at a time, with Enter. "
                    + "Their first four letters are enough. A minus sign takes the last word back.",
                es: "Escribe las palabras de cada hoja, de una en una o varias, con Enter. "
                    + "Bastan las primeras cuatro letras. Un signo menos borra la última."))
        while !pool.progress.isComplete || pool.shares.isEmpty {
            guard let share = try askShare() else { continue }
            do throws(ShareError) { try pool.add(share) } catch {
                report(error)
                continue
            }
            // Whoever passes by must not read a share.
            invocation.clearScreen()
            let progress = ShareError.lacking(pool.progress)
            invocation.say(
                Text(
                    en: "that share is right: \(progress.en)",
                    es: "esa parte está bien: \(progress.es)"))
        }
    }

    /// One share, or nil when it has to be begun anew.
    private func askShare() throws -> Share? {
        var entry = ShareEntry()
        while true {
            guard let line = try invocation.askWords(question(entry.count)) else {
                guard entry.count > 0 else { continue }
                // The person says that the sheet ends here.
                switch try judge(&entry) {
                case .whole: return try entry.finish()
                case .unfinished: continue
                case .anew: return nil
                }
            }
            do throws(ShareError) {
                try line.withBytes { (text) throws(ShareError) in try take(text, &entry) }
            } catch {
                report(error)
                guard case .unknownWord = error else { return nil }
            }
            if entry.isWhole { return try entry.finish() }
            // All shares of a set are of one length.
            guard let length, entry.count >= length else { continue }
            switch try judge(&entry) {
            case .whole: return try entry.finish()
            case .unfinished: continue
            case .anew: return nil
            }
        }
    }

    /// The words of a line, up to one that is unknown or makes the share whole; "-" takes one back.
    private func take(_ line: Span<UInt8>, _ entry: inout ShareEntry) throws(ShareError) {
        var start = 0
        while start < line.count, !entry.isWhole {
            var end = start
            while end < line.count, line[end] > 0x20 { end += 1 }
            defer { start = end + 1 }
            guard end > start else { continue }
            guard end > start + 1 || line[start] != UInt8(ascii: "-") else {
                if entry.count > 0 { entry.removeLast() }
                continue
            }
            try entry.add(line.extracting(start..<end))
            if entry.count == 4 { try check(entry.header) }
        }
    }

    private func question(_ count: Int) -> Text {
        let number = pool.shares.count + 1
        return Text(
            en: "share \(number), word \(count + 1):", es: "parte \(number), palabra \(count + 1):")
    }

    /// The words of each share of this set; nil before the first is there.
    private var length: Int? { pool.shares.first?.words().count }

    /// A share of another set, or one that was typed before, is noticed after four words.
    private func check(_ header: ShareHeader?) throws(ShareError) {
        guard let header else { throw .thresholds }
        try pool.check(header)
        if pool.shares.contains(where: { $0.header == header }) { throw .repeated }
    }

    private enum Verdict { case whole, unfinished, anew }

    /// What the person means when she stops: lets her replace words until the checksum holds.
    private func judge(_ entry: inout ShareEntry) throws -> Verdict {
        while !entry.isWhole {
            guard entry.count >= length ?? Share.wordCounts.lowerBound else {
                report(.wordCount(entry.count))
                return .unfinished
            }
            report(.checksum)
            let words = entry.words.enumerated().map { "\($0.offset + 1) \($0.element)" }
            try invocation.showSecret(Self.rows(words))
            // Only the first sheet may have more words than we know of.
            let rest =
                length == nil
                ? Text(en: "go on with the next word", es: "seguir con la siguiente")
                : Text(en: "type this sheet again", es: "escribir otra vez esta hoja")
            let answer = try invocation.ask(
                Text(
                    en: "Number of the wrong word, or Enter to \(rest.en):",
                    es: "Número de la palabra equivocada, o Enter para \(rest.es):"))
            guard let place = Int(answer.filter { !$0.isWhitespace }),
                (1...entry.count).contains(place)
            else { return length == nil ? .unfinished : .anew }
            let word = try invocation.askWords(
                Text(en: "word \(place):", es: "palabra \(place):"))
            guard let word else { continue }
            do throws(ShareError) {
                try word.withBytes { (text) throws(ShareError) in
                    try entry.replace(place, with: text.extracting(Self.place(of: text)))
                }
            } catch { report(error) }
        }
        return .whole
    }

    /// Where the word is in what was typed.
    private static func place(of word: Span<UInt8>) -> Range<Int> {
        var range = 0..<word.count
        while let first = range.first, word[first] <= 0x20 { range = first + 1..<range.upperBound }
        while let last = range.last, word[last] <= 0x20 { range = range.lowerBound..<last }
        return range
    }

    private static func rows(_ words: [String]) -> [String] {
        let table = stride(from: 0, to: words.count, by: 5).map { start in
            Array(words[start..<min(start + 5, words.count)])
        }
        return Columns.lines(table)
    }

    private func report(_ error: ShareError) {
        let failure = error.failure
        invocation.warn(failure.message)
        if let hint = failure.hint { invocation.say(hint) }
    }
}
