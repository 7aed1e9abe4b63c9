internal import CommandLineKit
internal import Platform
internal import Secrets
internal import Shares
internal import Wording

/// Shares as they come in: from files, a descriptor or standard input, or typed by a person.
enum ShareInput {
    /// Sixteen groups of sixteen shares, with what is printed around them, fit in.
    private static let limit = 256 * 1_024

    static let descriptor = Option.value(
        "shares-fd", "N",
        Text(
            en: "read the shares from this file descriptor",
            es: "lee las partes de este descriptor de archivo"))

    static let passphraseOptions: [Option] = [
        .flag(
            "passphrase", short: "p", spanish: ["frase", "contraseña"],
            Text(
                en: "the shares have a passphrase too",
                es: "las partes llevan además una frase de contraseña")),
        .value(
            "share-passphrase-fd", "N",
            Text(
                en: "read the shares' passphrase from this file descriptor",
                es: "lee la frase de contraseña de las partes de este descriptor")),
    ]

    /// - Parameter files: Sheets; none: `--shares-fd`, else standard input, else the person.
    static func read(_ invocation: Invocation, files: [String] = []) throws -> SharePool {
        var pool = SharePool()
        if !files.isEmpty {
            for path in files {
                var bytes = try failing(path) { () throws(FileError) in
                    try invocation.world.files.read(path, limit: limit)
                }
                defer { Zeroing.zero(&bytes) }
                try add(bytes.span, named: path, to: &pool, invocation)
            }
            return try whole(pool, invocation)
        }
        if let text = try invocation.secretText(option: "shares-fd", limit: limit) {
            return try read(text, invocation)
        }
        let terminal = invocation.world.terminal
        if terminal.canAsk, terminal.isTerminal(.input) {
            return try ShareDialogue.read(invocation)
        }
        guard var bytes = try invocation.world.standardInput.readAll(limit: limit) else {
            throw FileError.tooLarge(limit: limit).failure("stdin")
        }
        defer { Zeroing.zero(&bytes) }
        if !bytes.isEmpty {
            try add(bytes.span, named: nil, to: &pool, invocation)
        } else if terminal.canAsk {
            return try ShareDialogue.read(invocation)
        }
        return try whole(pool, invocation)
    }

    /// The shares of a text that somebody else has read.
    static func read(_ text: borrowing SecretBytes, _ invocation: Invocation) throws -> SharePool {
        var pool = SharePool()
        try text.withBytes { try add($0, named: nil, to: &pool, invocation) }
        return try whole(pool, invocation)
    }

    /// Whether a text has too many words to be the twelve of a vault.
    static func looksLikeShares(_ text: borrowing SecretBytes) -> Bool {
        text.withBytes { bytes in
            paragraphs(bytes).contains { words(bytes, $0) >= Share.wordCounts.lowerBound }
        }
    }

    /// - Throws: Exit 3 when it takes more shares.
    private static func whole(_ pool: SharePool, _ invocation: Invocation) throws -> SharePool {
        guard !pool.shares.isEmpty else {
            throw Failure(
                .noKey,
                Text(en: "there are no shares in the input", es: "en la entrada no hay partes"),
                hint: Text(
                    en: "name the files of the sheets, or pass them with --shares-fd 3 3<FILE",
                    es: "nombra los archivos de las hojas o pásalas con --shares-fd 3 3<ARCHIVO"))
        }
        guard pool.progress.isComplete else { throw ShareError.incomplete(pool.progress).failure }
        if pool.surplus > 0 {
            invocation.say(
                Text(
                    en: "more shares than it takes: \(pool.surplus) were not needed",
                    es: "sobraron partes: \(pool.surplus) no hicieron falta"))
        }
        return pool
    }

    // MARK: Text

    private static func add(
        _ text: Span<UInt8>, named path: String?, to pool: inout SharePool,
        _ invocation: Invocation
    ) throws {
        for (number, range) in shares(text).enumerated() {
            let place = Text(
                en: (path.map { "\($0), " } ?? "") + "share \(number + 1)",
                es: (path.map { "\($0), " } ?? "") + "parte \(number + 1)")
            do throws(ShareError) {
                var entry = ShareEntry()
                for word in wordRanges(text, range) { try entry.add(text.extracting(word)) }
                try pool.add(try entry.finish())
            } catch .repeated {
                invocation.warn(place + Text(verbatim: ": ") + ShareError.repeated.failure.message)
            } catch { throw error.failure(place) }
        }
    }

    /// Where each share lies: a line, or where lines are shorter than a share, lines up to an empty
    /// one. Lines that begin with `#` are what a sheet says about itself.
    private static func shares(_ text: Span<UInt8>) -> [[Range<Int>]] {
        let lines = paragraphs(text).flatMap { $0 }
        let areWhole = lines.allSatisfy { words(text, [$0]) >= Share.wordCounts.lowerBound }
        return areWhole ? lines.map { [$0] } : paragraphs(text)
    }

    /// Lines without those that say something, up to each empty line.
    private static func paragraphs(_ text: Span<UInt8>) -> [[Range<Int>]] {
        var found: [[Range<Int>]] = [[]]
        var start = 0
        while start < text.count {
            var end = start
            while end < text.count, text[end] != UInt8(ascii: "\n") { end += 1 }
            if text[start] == UInt8(ascii: "#") {
                // What a sheet says ends the share before it.
                found.append([])
            } else if wordRanges(text, [start..<end]).isEmpty {
                found.append([])
            } else {
                found[found.count - 1].append(start..<end)
            }
            start = end + 1
        }
        return found.filter { !$0.isEmpty }
    }

    private static func words(_ text: Span<UInt8>, _ lines: [Range<Int>]) -> Int {
        wordRanges(text, lines).count
    }

    private static func wordRanges(_ text: Span<UInt8>, _ lines: [Range<Int>]) -> [Range<Int>] {
        var words: [Range<Int>] = []
        for line in lines {
            var start = line.lowerBound
            while start < line.upperBound {
                guard !isSpace(text[start]) else {
                    start += 1
                    continue
                }
                var end = start
                while end < line.upperBound, !isSpace(text[end]) { end += 1 }
                words.append(start..<end)
                start = end
            }
        }
        return words
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || (9...13).contains(byte)
    }

    // MARK: The secret

    /// Asks for the shares' passphrase if there is one, and gives the secret.
    static func combine(_ pool: SharePool, _ invocation: Invocation) throws -> SharedSecret {
        let option = "share-passphrase-fd"
        var hasPassphrase = invocation.flag("passphrase") || invocation.value(option) != nil
        if !hasPassphrase, invocation.world.terminal.canAsk,
            invocation.world.terminal.isTerminal(.input)
        {
            hasPassphrase = try invocation.choose(
                Text(
                    en: "Do the sheets say that a passphrase is needed too?",
                    es: "¿Dicen las hojas que además hace falta una frase de contraseña?"),
                preset: false)
        }
        guard hasPassphrase else { return SharedSecret(try pool.combine()) }
        let typed = try invocation.passphrase(option: option, prompt: question)
        return SharedSecret(
            try typed.withBytes { (bytes) throws(ShareError) in
                try pool.combine(passphrase: bytes)
            })
    }

    static let question = Text(
        en: "passphrase of the shares", es: "frase de contraseña de las partes")
}
