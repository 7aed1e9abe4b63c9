internal import Age
internal import CommandLineKit
internal import Keyring
internal import Wording

/// For whom a file is sealed, as the command line says it.
struct Sealers {
    static let options: [Option] = [
        .value(
            "recipient", short: "r", "RECIPIENT|CONTACT", repeats: true,
            spanish: ["para", "destinatario"],
            Text(
                en: "for this recipient (age1...), contact, or me",
                es: "para este destinatario (age1...), contacto, o me: para ti")),
        .value(
            "recipients-file", short: "R", "FILE", repeats: true,
            Text(
                en: "for every recipient in this file, one to a line",
                es: "para todos los destinatarios de este archivo, uno por línea")),
    ]

    static let passphrase = Option.flag(
        "passphrase", short: "p", spanish: ["frase", "contraseña"],
        Text(
            en: "with a passphrase instead of recipients",
            es: "con una frase de contraseña en vez de destinatarios"))

    private let wantsPassphrase: Bool
    private var recipients: [Recipient] = []
    /// Words that stand for keys in the vault.
    private(set) var names: [String] = []
    let recipientFiles: [String]
    /// Files whose owner the result is for as well.
    let identityFiles: [String]

    /// Looks at the words only: what is wrong with them is said before anything is opened or asked.
    init(_ invocation: Invocation, identityFiles: [String]) throws {
        wantsPassphrase = invocation.flag("passphrase")
        recipientFiles = invocation.values("recipients-file")
        self.identityFiles = identityFiles
        for word in invocation.values("recipient") {
            guard Recipient.looksLikeOne(word) else {
                names.append(word)
                continue
            }
            do throws(KeyError) {
                recipients.append(try Recipient(parsing: word))
            } catch { throw error.failure(.usage, "-r \(word)") }
        }
        let isNobody =
            recipients.isEmpty && names.isEmpty && recipientFiles.isEmpty && identityFiles.isEmpty
        if isNobody, !wantsPassphrase { throw Self.nobodyNamed }
    }

    /// Asks and looks up.
    ///
    /// - Parameter stored: The keys of `names`, if there are any.
    /// - Returns: Also whether whoever sits here is known to be left out.
    func resolve(
        _ invocation: Invocation, _ keys: KeyArguments, _ stored: StoredKeys?
    ) throws -> (sealers: [any Sealer], leavesOwnerOut: Bool) {
        if wantsPassphrase {
            let passphrase = try NewPassphrase.own(
                invocation, option: "file-passphrase-fd",
                prompt: Text(
                    en: "new passphrase of the file", es: "frase de contraseña nueva del archivo"))
            return ([FilePassphrase(passphrase)], false)
        }
        var found = recipients
        for path in recipientFiles { found += try keys.recipients(file: path) }
        for path in identityFiles {
            found += try keys.open(keys.identities(file: path)).map(\.recipient)
        }
        var leavesOwnerOut = false
        if !names.isEmpty, let stored {
            found += stored.named
            if !invocation.quiet {
                for name in stored.unverified { invocation.warn(Self.unverified(name)) }
            }
            leavesOwnerOut = Set(stored.own).isDisjoint(with: found)
            if leavesOwnerOut { invocation.warn(Self.absent) }
        }
        var seen: Set<Recipient> = []
        return (found.filter { seen.insert($0).inserted }, leavesOwnerOut)
    }

    private static func unverified(_ name: String) -> Text {
        let word = KeyringError.word(name)
        return Text(
            en: "nobody has compared the key of \(name): amparo contact verify \(word)",
            es: "nadie ha comparado la llave de \(name): amparo contact verify \(word)")
    }

    private static let absent = Text(
        en: "you will not be able to open this file yourself; add '-r me' if you should",
        es: "tú no vas a poder abrir este archivo; agrega «-r me» si quieres poder")

    private static let nobodyNamed = Failure(
        .usage,
        Text(
            en: "nobody is named who could open the file",
            es: "no dijiste quién va a poder abrir el archivo"),
        hint: Text(
            en: "name a recipient or contact with -r, or choose a passphrase with -p",
            es: "nombra un destinatario o contacto con -r, o elige una frase de contraseña con -p"))
}
