internal import Wording

/// Reads a lesson's text: a title, facts, and nine sections in a fixed order.
///
///     # 4. Title
///
///     - fact
///
///     ## Section
///     ### A step, in sections of steps
///     ```console
///     amparo …
///     ```
///
/// ` ```console 6 ` says that the last line ends with 6; ` ```terminal ` that a person types there.
/// A check is `- id: sentence`; a question is `### …`, its answers `- …` with `+ …` for the right one,
/// and a paragraph that says why.
package enum LessonReader {
    package struct Mistake: Error, Hashable, Sendable {
        package let line: Int
        package let words: String
    }

    package static let sections = 9

    package static func read(_ text: String, number: Int) -> Result<Lesson, Mistake> {
        var scan = Scan(text)
        do throws(Mistake) { return .success(try scan.lesson(number)) } catch {
            return .failure(error)
        }
    }
}

private struct Scan {
    private let lines: [Substring]
    private var at = 0

    init(_ text: String) { lines = text.split(separator: "\n", omittingEmptySubsequences: false) }

    private func mistake(_ words: String) -> LessonReader.Mistake {
        LessonReader.Mistake(line: at + 1, words: words)
    }

    private var line: Substring? { at < lines.count ? lines[at] : nil }

    private mutating func skipBlank() {
        while let line, line.allSatisfy(\.isWhitespace) { at += 1 }
    }

    mutating func lesson(_ number: Int) throws(LessonReader.Mistake) -> Lesson {
        let start = "# \(number). "
        guard let first = line, first.hasPrefix(start) else { throw mistake("no title \(start)") }
        at += 1
        skipBlank()
        guard case .items(let facts)? = try block() else { throw mistake("no facts") }
        guard
            let minutes = facts.first.flatMap({ fact in
                fact.split(separator: " ").lazy.compactMap { Int($0) }.first
            })
        else { throw mistake("the first fact is the time in minutes") }
        let solves = try section()
        let leavesOpen = try section()
        let why = try section()
        let steps = try parts("##", step)
        let checks = try self.checks()
        let discussion = try section()
        let quiz = try parts("##", question)
        let keeping = try section()
        let trainer = try section()
        skipBlank()
        guard line == nil else { throw mistake("something after the last section") }
        guard quiz.count == 3 else { throw mistake("\(quiz.count) questions") }
        return Lesson(
            number: number, title: String(first.dropFirst(start.count)), minutes: minutes,
            facts: facts, solves: solves, leavesOpen: leavesOpen, why: why, steps: steps,
            checks: checks, discussion: discussion, quiz: quiz, keeping: keeping, trainer: trainer)
    }

    private mutating func heading(_ marks: String) throws(LessonReader.Mistake) -> String {
        skipBlank()
        guard let line, line.hasPrefix(marks + " ") else { throw mistake("no \(marks) heading") }
        at += 1
        return String(line.dropFirst(marks.count + 1))
    }

    private mutating func section() throws(LessonReader.Mistake) -> [Lesson.Block] {
        _ = try heading("##")
        let blocks = try blocks()
        guard !blocks.isEmpty else { throw mistake("an empty section") }
        return blocks
    }

    /// The `###` parts of a section.
    private mutating func parts<Part>(
        _ marks: String, _ read: (String, [Lesson.Block]) throws(LessonReader.Mistake) -> Part
    ) throws(LessonReader.Mistake) -> [Part] {
        _ = try heading(marks)
        var parts: [Part] = []
        skipBlank()
        while let line, line.hasPrefix("### ") {
            let title = try heading("###")
            parts.append(try read(title, try blocks()))
            skipBlank()
        }
        guard !parts.isEmpty else { throw mistake("a section without parts") }
        return parts
    }

    private func step(_ title: String, _ blocks: [Lesson.Block]) throws(LessonReader.Mistake)
        -> Lesson.Step
    {
        Lesson.Step(title: title, blocks: blocks)
    }

    private mutating func checks() throws(LessonReader.Mistake) -> [Lesson.Check] {
        let blocks = try section()
        guard blocks.count == 1, case .items(let items) = blocks[0] else {
            throw mistake("checks are one list")
        }
        var checks: [Lesson.Check] = []
        for item in items {
            let sides = item.split(separator: ":", maxSplits: 1)
            guard sides.count == 2, sides[0].allSatisfy({ $0.isLowercase || $0 == "-" }) else {
                throw mistake("a check is 'id: sentence'")
            }
            checks.append(
                Lesson.Check(id: String(sides[0]), sentence: String(sides[1].dropFirst())))
        }
        return checks
    }

    private func question(_ title: String, _ blocks: [Lesson.Block]) throws(LessonReader.Mistake)
        -> Lesson.Question
    {
        guard blocks.count == 2, case .items(let items) = blocks[0],
            case .paragraph(let reason) = blocks[1]
        else { throw mistake("a question has answers and a reason") }
        let right = items.indices.filter { items[$0].hasPrefix("+ ") }
        guard items.count >= 3, right.count == 1 else { throw mistake("one answer is right") }
        let answers = items.map { $0.hasPrefix("+ ") ? String($0.dropFirst(2)) : $0 }
        return Lesson.Question(words: title, answers: answers, right: right[0], reason: reason)
    }

    // MARK: Blocks

    private mutating func blocks() throws(LessonReader.Mistake) -> [Lesson.Block] {
        var blocks: [Lesson.Block] = []
        while let block = try block() { blocks.append(block) }
        return blocks
    }

    /// - Returns: nil before a heading and at the end.
    private mutating func block() throws(LessonReader.Mistake) -> Lesson.Block? {
        skipBlank()
        guard let first = line, !first.hasPrefix("#") else { return nil }
        if first.hasPrefix("```") { return .orders(try orders()) }
        if Self.opensItem(first) {
            var items: [String] = []
            while let line, Self.opensItem(line) {
                at += 1
                let words = line.hasPrefix("+ ") ? line : line.dropFirst(2)
                items.append(String(words) + continuation(indented: true))
            }
            return .items(items)
        }
        at += 1
        return .paragraph(String(first) + continuation(indented: false))
    }

    private static func opensItem(_ line: Substring) -> Bool {
        line.hasPrefix("- ") || line.hasPrefix("+ ")
    }

    /// The lines that go on with what the last one began, joined by spaces.
    private mutating func continuation(indented: Bool) -> String {
        var rest = ""
        while let line, !line.isEmpty, !line.hasPrefix("#"), !line.hasPrefix("```") {
            guard indented ? line.hasPrefix("  ") : !Self.opensItem(line) else { break }
            rest += " " + line.drop { $0 == " " }
            at += 1
        }
        return rest
    }

    private mutating func orders() throws(LessonReader.Mistake) -> [Lesson.Order] {
        let words = line?.dropFirst(3).split(separator: " ") ?? []
        guard let kind = words.first, kind == "console" || kind == "terminal", words.count <= 2
        else { throw mistake("a fence is 'console' or 'terminal'") }
        let last = words.count == 2 ? Int(words[1]) : 0
        guard let last else { throw mistake("the number of an exit code") }
        at += 1
        var lines: [String] = []
        while let line, !line.hasPrefix("```") {
            lines.append(String(line))
            at += 1
        }
        guard line != nil, !lines.isEmpty else { throw mistake("an open or empty fence") }
        at += 1
        return lines.enumerated().map { place, line in
            Lesson.Order(
                line: line, exit: place == lines.count - 1 ? last : 0,
                isForTerminal: kind == "terminal")
        }
    }
}
