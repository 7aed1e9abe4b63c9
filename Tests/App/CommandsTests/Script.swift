import Foundation
import TestSupport

/// Commands and what they answered, as a page to read.
struct Script {
    let desk: Desk
    let language: String
    private(set) var text = ""

    init(desk: Desk, language: String) {
        self.desk = desk
        self.language = language
    }

    mutating func heading(_ words: String) { text += "# \(words)\n\n" }

    mutating func run(
        _ words: [String], input: [UInt8] = [], passphrase: String? = Desk.passphrase,
        others: [Int32: String] = [:]
    ) {
        let result = desk.run(
            words, input: input, passphrase: passphrase, others: others, language: language)
        let shown = words.map { $0.contains("\u{7}") ? "…" : $0 }.joined(separator: " ")
        text += "$ amparo \(shown)\n" + result.output + result.error
        text += "[\(result.exit.rawValue)]\n\n"
        // The folder has another name each time.
        text = text.replacingOccurrences(of: desk.folder.path, with: "~")
    }
}
