import Age
import AgeFormat
import Platform
import Secrets
import Synchronization

// Files of age as strangers send them.
extension Target {
    /// Who the files of the corpus are for. Post-quantum, to nobody who is here: only its parser is
    /// of interest, and its arithmetic is slow.
    private static let reader = Identity.generate(random)
    private static let sshReader = Identity.generate(random, kind: .ssh)

    private static let texts: [[UInt8]] = [
        [], Array("hola".utf8), random.bytes(47), random.bytes(500),
    ]

    private static func sealed(_ form: FileForm) -> [[UInt8]] {
        let hybrid = Identity.generate(random, kind: .hybrid).recipient
        let phrase = Array("frase".utf8)
        let cheap = FilePassphrase(SecretBytes(copying: phrase.span), cost: WorkFactor(1))
        let sealers: [[any Sealer]] = [
            [reader.recipient], [sshReader.recipient, reader.recipient], [cheap], [hybrid],
        ]
        return zip(texts, sealers).compactMap { text, sealers in
            try? Age.seal(text, to: sealers, form: form, random: random)
        }
            + texts.compactMap {
                try? Age.seal($0, to: [reader.recipient], form: form, random: random)
            }
    }

    /// Headers: one spelling of each, and none that another key made. What opens all the way, which
    /// every eighth is asked to, is a text that was sealed.
    static var header: Target {
        let files = sealed(.binary)
        let known = Set(texts)
        let turn = Turn(of: 8)
        return Target(name: "header", corpus: files) { input in
            if let end = input.firstRange(of: Array("\n--- ".utf8))?.upperBound,
                let line = input[end...].firstIndex(of: UInt8(ascii: "\n")),
                let header = try? Header(parsing: Array(input[...line]))
            {
                precondition(
                    header.serialized().elementsEqual(input[...line]), "another spelling")
            }
            guard turn.isNext() else {
                return (try? SealedFile(reading: Held(input), form: .binary)) != nil
            }
            return opens(input, known)
        }
    }

    /// The text form: read to its end, or every eighth opened.
    static var armor: Target {
        let files = sealed(.armored)
        let known = Set(texts)
        let turn = Turn(of: 8)
        return Target(name: "armor", corpus: files) { input in
            if turn.isNext() { return opens(input, known) }
            guard let sealed = try? SealedFile(reading: Held(input), form: .armored) else {
                return false
            }
            return (try? sealed.measure()) != nil
        }
    }

    /// - Returns: Whether the front of it is an age file.
    private static func opens(_ file: [UInt8], _ known: Set<[UInt8]>) -> Bool {
        guard let sealed = try? SealedFile(reading: Held(file)) else { return false }
        // A changed work factor costs what it asks for.
        if sealed.wantsPassphrase { return true }
        guard let text = try? Age.open(file, with: [reader, sshReader]) else { return true }
        precondition(known.contains(text), "a text that nobody sealed")
        return true
    }
}

/// Bytes in memory as an input.
final class Held: ByteInput {
    private let left: Mutex<ArraySlice<UInt8>>

    init(_ bytes: [UInt8]) { left = Mutex(bytes[...]) }

    func read(into span: inout MutableSpan<UInt8>) -> Int {
        left.withLock { left in
            let count = span.copyFront(of: left)
            left = left.dropFirst(count)
            return count
        }
    }
}
