internal import CommandLineKit
internal import Curriculum
internal import Wording

/// Which lesson teaches a command: the second half of every `--why`. A test holds that each command
/// has one, or is known to need none.
enum CommandLessons {
    /// By the words of a command; what is below it belongs to the same lesson unless it is named
    /// itself.
    private static let numbers: [String: Int] = [
        "risk": 1, "demo": 1,
        "passphrase": 2, "vault change-passphrase": 2,
        "doctor": 3,
        "init": 4, "note": 4, "vault": 4, "shell": 4, "close": 4,
        "encrypt": 5, "decrypt": 5, "rewrap": 5,
        "key": 6, "contact": 6,
        "sign": 7, "verify": 7,
        "recover": 8, "key split": 8, "key combine": 8, "vault backup": 8, "vault restore": 8,
        "vault sync": 8, "vault merge": 8, "vault check": 8,
        "inspect": 9, "vault rewrite": 9, "note purge": 9, "note trash": 9,
        "travel": 10,
        "vault compartment": 11, "vault pad": 11,
        "checkin": 12, "watch": 12, "channel": 12,
        "note export": 14,
    ]

    /// What is about the program itself, or is the course.
    static let without: Set<String> = [
        "help", "man", "completions", "version", "config", "lesson", "practice", "workshop",
    ]

    /// - Parameter path: Names below the root.
    static func number(of path: [String]) -> Int? {
        for count in stride(from: path.count, to: 0, by: -1) {
            if let number = numbers[path.prefix(count).joined(separator: " ")] { return number }
        }
        return nil
    }

    /// Names that no command has; for the test.
    static func strangers(in root: Command) -> [String] {
        numbers.keys.filter { root.command(at: $0.split(separator: " ").map(String.init)) == nil }
    }
}

extension CommandLessons {
    /// The line at the end of `--why`.
    @Sendable static func line(_ path: [String]) -> Text? {
        number(of: path).map { number in
            Text(
                en: "\nLesson \(number): \(Course.title(number, in: .english))."
                    + " Read it: amparo lesson show \(number)",
                es: "\nLección \(number): \(Course.title(number, in: .spanish))."
                    + " Léela: amparo lesson show \(number)")
        }
    }
}
