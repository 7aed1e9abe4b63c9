internal import CommandLineKit
internal import Passphrases
internal import Platform
internal import Secrets
internal import Wording

/// A file of 32 random bytes beside the vault: without it the passphrase opens nothing.
///
/// On paper it is 24 words, two times twelve like recovery words; each half shows a slip of the pen.
struct Pepper {
    let secret: SharedSecret

    static let byteCount = 2 * RecoveryWords.secretByteCount

    private func half(_ number: Int) -> RecoveryWords {
        let count = RecoveryWords.secretByteCount
        return RecoveryWords(secret: secret.bytes.slice(number * count..<(number + 1) * count))
    }

    /// All 24, in the order of writing.
    func words(in language: Language) -> [String] {
        (0..<2).flatMap { number in
            let half = half(number)
            return (1...RecoveryWords.count).map { half.word($0, in: language) }
        }
    }

    private init(_ secret: consuming SecretBytes) { self.secret = SharedSecret(secret) }

    private init(_ first: borrowing RecoveryWords, _ second: borrowing RecoveryWords) {
        self.init(
            first.withSecret { first in
                second.withSecret { second in
                    SecretBytes(count: Self.byteCount) { out in
                        for index in first.indices { out[index] = first[index] }
                        for index in second.indices { out[first.count + index] = second[index] }
                    }
                }
            })
    }

    /// The pepper of this home; nil where there is none.
    ///
    /// - Throws: Exit 4 for a file that cannot be one.
    static func load(_ home: Home, _ files: any FileSystem) throws(Failure) -> Pepper? {
        var bytes: [UInt8]
        do throws(FileError) {
            guard let found = try files.readIfPresent(home.pepper, limit: byteCount + 1) else {
                return nil
            }
            bytes = found
        } catch {
            throw error.failure(home.pepper)
        }
        defer { Zeroing.zero(&bytes) }
        guard bytes.count == byteCount else {
            throw Failure(
                .damaged,
                Text(
                    en: "\(home.pepper) is damaged: a pepper has \(byteCount) bytes",
                    es: "\(home.pepper) está dañado: una pimienta tiene \(byteCount) bytes"),
                hint: Text(
                    en: "remove it, and bring it back from paper: amparo recover --pepper",
                    es: "quítalo y tráelo de nuevo del papel: amparo recover --pepper"))
        }
        return Pepper(SecretBytes(copying: bytes.span))
    }

    /// The one that is there, as after an `init` that was cut off; else a fresh one, not stored yet.
    static func prepare(_ home: Home, _ invocation: Invocation) throws(Failure) -> Pepper {
        try load(home, invocation.world.files)
            ?? Pepper(invocation.world.random.secret(count: byteCount))
    }

    /// Puts it beside the vault, never over another one.
    func store(in home: Home, _ files: any FileSystem) throws {
        if let present = try Self.load(home, files) {
            guard present.secret.bytes.equals(secret.bytes) else {
                throw Failure.exists(home.pepper)
            }
            return
        }
        var bytes = secret.bytes.withBytes { bytes in bytes.indices.map { bytes[$0] } }
        defer { Zeroing.zero(&bytes) }
        try failing(home.pepper) { () throws(FileError) in
            try files.create(home.pepper, with: bytes)
        }
    }

    /// Shows the words and asks for all of them: one that nobody can bring back locks its owner out.
    func teach(_ invocation: Invocation) throws {
        while true {
            let opening = Text(
                en:
                    "These 24 words are the pepper. It stays on this machine; without it neither the\n"
                    + "passphrase nor the recovery words open the vault. Copy them by hand, and keep\n"
                    + "that paper far from the other one.",
                es:
                    "Estas 24 palabras son la pimienta. Se queda en este equipo; sin ella no abren la\n"
                    + "bóveda ni la frase de contraseña ni las palabras de recuperación. Cópialas a mano\n"
                    + "y guarda ese papel lejos del otro.")
            let words = words(in: invocation.language)
            let rows = (0..<words.count / 2).map { place in
                [
                    "    " + Self.numbered(place, words),
                    Self.numbered(place + words.count / 2, words),
                ]
            }
            try invocation.showSecret(
                ["", opening(invocation.language), ""] + Columns.lines(rows, gap: 6) + [""])
            _ = try invocation.ask(
                Text(
                    en: "Press Enter when all 24 are on paper.",
                    es: "Pulsa Enter cuando las 24 estén en papel."))
            invocation.clearScreen()
            let typed = try Self.ask(invocation)
            invocation.clearScreen()
            if typed.secret.bytes.equals(secret.bytes) { return }
            invocation.say(
                Text(
                    en: "those are other words; look at them once more",
                    es: "esas son otras palabras; míralas una vez más"))
        }
    }

    private static func numbered(_ place: Int, _ words: [String]) -> String {
        (place < 9 ? " " : "") + "\(place + 1)  " + words[place]
    }

    /// The words of `--pepper-fd`, else typed, twelve and twelve.
    static func read(_ invocation: Invocation) throws -> Pepper {
        guard let text = try invocation.secretText(option: "pepper-fd", limit: 4_096) else {
            return try ask(invocation)
        }
        let end = text.withBytes { Self.end(ofTwelveWords: $0) }
        let first = try text.withBytes { text in
            try RecoveryWords(reading: text.extracting(0..<end))
        }
        let second = try text.withBytes { text in
            try RecoveryWords(reading: text.extracting(end..<text.count))
        }
        return Pepper(first, second)
    }

    private static func ask(_ invocation: Invocation) throws -> Pepper {
        let first = try RecoveryDialogue.ask(
            Text(
                en: "The first twelve words of the pepper:",
                es: "Las primeras doce palabras de la pimienta:"), clearing: false, invocation)
        let second = try RecoveryDialogue.ask(
            Text(
                en: "And the other twelve:", es: "Y las otras doce:"), clearing: false, invocation)
        return Pepper(first, second)
    }

    /// Where the second half begins.
    private static func end(ofTwelveWords text: Span<UInt8>) -> Int {
        var words = 0
        var isInside = false
        for index in text.indices {
            let isSpace = text[index] <= 32
            if isInside, isSpace { words += 1 }
            isInside = !isSpace
            if words == RecoveryWords.count { return index }
        }
        return text.count
    }
}
