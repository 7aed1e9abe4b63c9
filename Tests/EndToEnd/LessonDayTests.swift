import CommandLineKit
import Commands
import Curriculum
import Foundation
import Risk
import TestSupport
import Testing
import Wording

@Suite("every lesson, command by command")
struct LessonDayTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let number: Int
        let language: Language
        var testDescription: String { "\(number) \(language.rawValue)" }
    }

    private static let cases = Language.allCases.reversed().flatMap { language in
        (1...Course.count).map { Case(number: $0, language: language) }
    }

    /// What is done at a terminal, and what a script does in its place; empty where the text to be
    /// written lies there already.
    private static let atTerminal: [(beginning: String, instead: String?)] = [
        ("nano ", ""),
        (
            "amparo risk",
            "amparo risk --answers-fd 6 --quiet 6< <(printf '\(Self.answers)') >/dev/null"
        ),
        ("amparo --home ../laura watch add", nil),
        ("amparo --home ../laura watch checkin", nil),
        // Rehearsal has a suite of its own.
        ("amparo passphrase --rehearse", ""),
        ("amparo lesson check", ""),
        (
            "amparo vault compartment add",
            "amparo vault compartment add --yes --new-passphrase-fd 6 6<\"$(dirname \"$(command -v amparo)\")/other\""
        ),
        ("amparo close", "amparo close"),
        ("amparo note list", "amparo note list"),
        ("amparo note new", nil),
    ]

    @Test("types what the text says, and only then the checks pass", arguments: cases)
    func lesson(_ item: Case) throws {
        let room = try Classroom(item.language)
        let lesson = Course.lesson(item.number, in: item.language)
        let isWatched = (11...13).contains(item.number)
        if isWatched { try room.startWatcher() }
        defer { if isWatched { try? room.end() } }
        let file = item.number == 11 ? "other" : "phrase"
        let before = Set(try room.missing(item.number, typing: file))
        // A vault that nobody opened yet is locked, and a note that was not made is not there.
        let given: Set = ["locked", "gone"]
        #expect(before.union(given) == given.union(lesson.checks.map(\.id)), "\(before)")
        for (place, order) in lesson.orders.enumerated() {
            let line = order.isForTerminal ? Self.script(order.line, item.number) : order.line
            guard !line.isEmpty else { continue }
            let result = try room.type(line)
            #expect(result.status == order.exit, "\(line): \(result.complaint)")
            if place < lesson.orders.count / 2 {
                #expect(try !room.missing(item.number, typing: file).isEmpty, "after \(line)")
            }
        }
        #expect(try room.missing(item.number, typing: file) == [])
    }

    private static func script(_ line: String, _ lesson: Int) -> String {
        guard let known = atTerminal.first(where: { line.hasPrefix($0.beginning) }) else {
            Issue.record("nobody types \(line)")
            return ""
        }
        if let instead = known.instead { return instead }
        if line.contains(" watch add ") { return line + " --yes" }
        if line.contains(" watch checkin") {
            return (lesson == 11 ? "TYPE_CODE=duress " : "") + line
        }
        return "TYPE_OTHER=1 " + line
    }

    /// The first choice of each question of `amparo risk`.
    private static let answers = RiskCatalogue.questions.map { question in
        "\(question.id)=\(question.choices[0].id)"
    }.joined(separator: "\\n")

    @Test("every command of every lesson is one of this program's")
    func commands() {
        var count = 0
        for language in Language.allCases {
            for number in 1...Course.count {
                for order in Course.lesson(number, in: language).orders {
                    for words in Self.amparoLines(in: order.line) {
                        let line = Parser.parse(words, root: Root.command)
                        #expect(line.mistake == nil, "\(number) \(order.line)")
                        count += 1
                    }
                }
            }
        }
        #expect(count > 140)
    }

    /// The words after `amparo` in each part of a line.
    private static func amparoLines(in line: String) -> [[String]] {
        line.split(separator: "|").compactMap { part in
            var words: [String] = []
            var word: String?
            var quote: Character?
            for character in part + " " {
                if let open = quote {
                    if character == open { quote = nil } else { word?.append(character) }
                } else if character == "\"" || character == "'" {
                    quote = character
                    word = word ?? ""
                } else if character == " " {
                    if let word { words.append(word) }
                    word = nil
                } else {
                    word = (word ?? "") + String(character)
                }
            }
            guard words.first == "amparo" else { return nil }
            let end = words.firstIndex { $0 == "<" || $0 == ">" } ?? words.count
            return Array(words[1..<end])
        }
    }

    @Test("every check that a lesson names has its code, and no code is without a lesson")
    func checks() {
        for number in 1...Course.count {
            let named = Course.lesson(number, in: .spanish).checks.map(\.id)
            #expect(Set(named) == LessonCheckNames.all[number], "\(number)")
        }
    }
}
