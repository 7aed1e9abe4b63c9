package import Wording

/// One lesson, read from the text that a trainer can read as well.
package struct Lesson: Sendable {
    package struct Step: Sendable {
        /// What to do, in a sentence.
        package let title: String
        package let blocks: [Block]

        /// Every line to type, in order.
        package var commands: [Order] {
            blocks.flatMap { block -> [Order] in
                if case .orders(let orders) = block { orders } else { [] }
            }
        }
    }

    /// A command line of a step.
    package struct Order: Hashable, Sendable {
        package let line: String
        /// What it ends with, where a refusal is what one is to see.
        package let exit: Int
        /// Needs a person at a terminal.
        package let isForTerminal: Bool
    }

    package enum Block: Sendable {
        case paragraph(String)
        case items([String])
        case orders([Order])
    }

    package struct Check: Hashable, Sendable {
        /// Names the code that looks.
        package let id: String
        package let sentence: String
    }

    package struct Question: Hashable, Sendable {
        package let words: String
        package let answers: [String]
        /// Place of the right one.
        package let right: Int
        /// Why.
        package let reason: String
    }

    package let number: Int
    package let title: String
    package let minutes: Int
    /// Time, level and materials, and the chapter beside it, as one reads them.
    package let facts: [String]
    package let solves: [Block]
    package let leavesOpen: [Block]
    package let why: [Block]
    package let steps: [Step]
    package let checks: [Check]
    package let discussion: [Block]
    package let quiz: [Question]
    /// For whoever keeps the tools she has.
    package let keeping: [Block]
    package let trainer: [Block]

    package var orders: [Order] { steps.flatMap(\.commands) }
}

/// The lessons. Their texts are part of the program; each is read when it is asked for.
package enum Course {
    package static var count: Int { texts.count }

    /// The text of a lesson.
    ///
    /// - Precondition: 1...count.
    package static func text(_ number: Int, in language: Language) -> String {
        texts[number - 1](language)
    }

    /// - Precondition: 1...count.
    package static func lesson(_ number: Int, in language: Language) -> Lesson {
        switch LessonReader.read(text(number, in: language), number: number) {
        case .success(let lesson): lesson
        // A test reads all of them in both languages.
        case .failure(let mistake): preconditionFailure("lesson \(number): \(mistake)")
        }
    }

    /// - Parameter word: `4`, `04`, or the beginning of a title.
    package static func number(named word: String, in language: Language) -> Int? {
        if let number = Int(word) { return (1...count).contains(number) ? number : nil }
        let wanted = word.lowercased()
        guard !wanted.isEmpty else { return nil }
        let found = (1...count).filter { number in
            Language.allCases.contains {
                title(number, in: $0).lowercased().hasPrefix(wanted)
            }
        }
        return found.count == 1 ? found[0] : nil
    }

    /// Without reading the rest.
    package static func title(_ number: Int, in language: Language) -> String {
        let line = text(number, in: language).prefix { $0 != "\n" }
        return String(line.drop { $0 != "." }.dropFirst(2))
    }
}
