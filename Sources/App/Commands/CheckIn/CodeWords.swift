internal import CheckIn
internal import CommandLineKit
internal import Encoding
internal import Platform
internal import Secrets
internal import Wording

/// Code words as a script gives them: lines `laura=blue heron` on a file descriptor.
enum CodeWords {
    static let option = Option.value(
        "code-words-fd", "N",
        Text(
            en: "code words agreed face to face, lines NAME=WORD, from this descriptor",
            es: "los santo y seña acordados en persona, líneas NOMBRE=PALABRA, de este descriptor"))

    /// - Throws: Exit 2 for a line that is none.
    static func read(_ invocation: Invocation) throws -> [CodeWord] {
        guard let text = try invocation.secretText(option: "code-words-fd", limit: 16_384) else {
            return []
        }
        return try text.withBytes { bytes in
            var words: [CodeWord] = []
            var start = 0
            for index in 0...bytes.count
            where index == bytes.count || bytes[index] == UInt8(ascii: "\n") {
                if index > start {
                    words.append(try word(bytes.extracting(start..<index), line: words.count + 1))
                }
                start = index + 1
            }
            return words
        }
    }

    private static func word(_ line: Span<UInt8>, line number: Int) throws(Failure) -> CodeWord {
        let malformed = Failure(
            .usage,
            Text(
                en: "--code-words-fd: line \(number) is no NAME=WORD",
                es: "--code-words-fd: la línea \(number) no es NOMBRE=PALABRA"),
            hint: Text(
                en: "one line for each contact, such as laura=blue heron",
                es: "una línea por contacto, como laura=garza azul"))
        guard let mark = line.indices.first(where: { line[$0] == UInt8(ascii: "=") }),
            mark > 0
        else { throw malformed }
        let name = (0..<mark).map { line[$0] }
        let contact = String(decoding: name, as: UTF8.self)
        guard contact.isPlainLine() else { throw malformed }
        guard let word = word(typed: line.extracting((mark + 1)..<line.count), of: contact) else {
            throw malformed
        }
        return word
    }

    /// - Returns: nil for what is empty, too long, or more than a line.
    static func word(typed: Span<UInt8>, of contact: String) -> CodeWord? {
        guard (1...CodeWord.byteLimit).contains(typed.count),
            typed.indices.allSatisfy({ typed[$0] >= 0x20 && typed[$0] != 0x7f })
        else { return nil }
        return CodeWord(contact: contact, word: SharedSecret(SecretBytes(copying: typed)))
    }

    static func stranger(_ name: String) -> Failure {
        Failure(
            .usage,
            Text(
                en: "a code word is for '\(name)', whom the plan does not alert",
                es: "hay un santo y seña para «\(name)», a quien el plan no avisa"),
            hint: Text(
                en: "write the name as --tier or --key-contact has it",
                es: "escribe el nombre como está en --tier o --key-contact"))
    }
}
