import Curriculum
import Foundation
import Testing
import Wording

@Suite("the texts of the lessons")
struct LessonTests {
    private static let numbers = Array(1...Course.count)
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Sources/Training/Curriculum/Lessons")

    @Test("there are fourteen, and each reads in both languages", arguments: Language.allCases)
    func whole(_ language: Language) {
        #expect(Course.count == 14)
        for number in Self.numbers {
            let text = Course.text(number, in: language)
            switch LessonReader.read(text, number: number) {
            case .success(let lesson):
                #expect((15...60).contains(lesson.minutes), "\(number)")
                #expect(lesson.facts.count == 3, "\(number)")
                #expect(lesson.facts[2].hasPrefix("SaferJourno v2"), "\(number)")
                #expect(!lesson.orders.isEmpty, "\(number)")
            case .failure(let mistake):
                Issue.record("lesson \(number) \(language): line \(mistake.line): \(mistake.words)")
            }
        }
    }

    @Test("what is in the program is what lies in the folder of lessons")
    func embedded() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
        #expect(folders.count == Course.count)
        for (number, name) in zip(1..., folders) {
            for language in Language.allCases {
                let file = Self.folder.appending(path: "\(name)/\(language.rawValue).md")
                let text = try String(contentsOf: file, encoding: .utf8)
                #expect(
                    text.trimmingCharacters(in: .newlines)
                        == Course.text(number, in: language).trimmingCharacters(in: .newlines),
                    "\(name): run Tools/embed_lessons.py")
            }
        }
    }

    @Test("English and Spanish have the same parts, commands, checks and right answers")
    func parallel() {
        for number in Self.numbers {
            let (en, es) = (
                Course.lesson(number, in: .english), Course.lesson(number, in: .spanish)
            )
            #expect(en.minutes == es.minutes, "\(number)")
            #expect(en.steps.count == es.steps.count, "\(number)")
            #expect(Self.shape(en) == Self.shape(es), "\(number)")
            #expect(en.checks.map(\.id) == es.checks.map(\.id), "\(number)")
            #expect(en.quiz.map(\.right) == es.quiz.map(\.right), "\(number)")
            #expect(en.quiz.map(\.answers.count) == es.quiz.map(\.answers.count), "\(number)")
            #expect(en.discussion.count == es.discussion.count, "\(number)")
            #expect(Self.headings(number, .english) == Self.headings(number, .spanish), "\(number)")
            #expect(en.title != es.title)
        }
    }

    /// What each order does, whatever its files and titles are called.
    private static func shape(_ lesson: Lesson) -> [String] {
        lesson.orders.map { order in
            let words = order.line.split(separator: " ").filter {
                $0.hasPrefix("-") && $0.dropFirst().first != "t" || $0 == "amparo" || $0 == "ID"
            }
            return "\(order.exit) \(order.isForTerminal) " + words.joined(separator: " ")
        }
    }

    private static func headings(_ number: Int, _ language: Language) -> [Int] {
        Course.text(number, in: language).split(separator: "\n").filter { $0.hasPrefix("#") }
            .map { $0.prefix { $0 == "#" }.count }
    }

    @Test("the sections have their names, in the order in which they are read")
    func sections() {
        let names: [Language: [String]] = [
            .english: [
                "What it solves", "What it does not solve", "Why", "Steps", "Checks",
                "To talk about", "Three questions",
                "If you keep VeraCrypt, KeePassXC or Signal", "For the trainer",
            ],
            .spanish: [
                "Qué resuelve", "Qué no resuelve", "Por qué", "Pasos", "Comprobaciones",
                "Para conversar", "Tres preguntas",
                "Si ya usas VeraCrypt, KeePassXC o Signal", "Para quien da el taller",
            ],
        ]
        for number in Self.numbers {
            for language in Language.allCases {
                let found = Course.text(number, in: language).split(separator: "\n")
                    .filter { $0.hasPrefix("## ") }.map { String($0.dropFirst(3)) }
                #expect(found == names[language], "\(number)")
            }
        }
    }

    @Test("a lesson is found by its number and by the beginning of its title in either language")
    func names() {
        #expect(Course.number(named: "4", in: .english) == 4)
        #expect(Course.number(named: "04", in: .spanish) == 4)
        #expect(Course.number(named: "frases", in: .english) == 2)
        #expect(Course.number(named: "passph", in: .spanish) == 2)
        for wrong in ["0", "15", "", "zzz", "-1"] {
            #expect(Course.number(named: wrong, in: .english) == nil, "\(wrong)")
        }
    }

    @Test("a text that is no lesson is refused with the line that is wrong")
    func mistakes() {
        let good = Course.text(4, in: .spanish)
        let wrong: [(String, String)] = [
            ("", "title"), ("# 5. Otra\n", "title"), ("# 4. Solo un título\n", "facts"),
            (good.replacingOccurrences(of: "```console", with: "```sh"), "fence"),
            (good + "\n\n## Otra\n\ntexto\n", "after the last section"),
            (good.replacingOccurrences(of: "\n+ ", with: "\n- "), "one answer is right"),
            (good.replacingOccurrences(of: "- note: ", with: "- Note "), "check"),
        ]
        for (text, words) in wrong {
            guard case .failure(let mistake) = LessonReader.read(text, number: 4) else {
                Issue.record("accepted: \(words)")
                continue
            }
            #expect(mistake.words.contains(words), "\(mistake.words)")
        }
    }
}
