internal import Age
internal import CommandLineKit
internal import Platform
internal import Wording

/// How a file is opened for whoever sits here: its passphrase, keys in files, or the vault's.
extension Invocation {
    /// - Parameters:
    ///   - files: Identity files that were named; the vault's keys are for when none is.
    ///   - stored: The keys of the vault, where `needsVault` said that they are needed.
    func unlock(
        _ sealed: SealedFile, files: [String], _ keys: KeyArguments, _ stored: StoredKeys?
    ) throws -> UnlockedFile {
        if sealed.wantsPassphrase {
            return try unlockWithPassphrase(sealed)
        }
        guard !files.isEmpty else {
            return try unlock(sealed, stored?.identities ?? [])
                ?? { throw Self.noMatch(sealed) }()
        }
        // Those that cost no question first.
        let sources = try files.map(keys.identities(file:))
        var open: [Identity] = []
        for case .plain(let identities) in sources { open += identities }
        if let file = try unlock(sealed, open) { return file }
        for source in sources {
            guard case .sealed = source else { continue }
            if let file = try unlock(sealed, keys.open(source)) { return file }
        }
        throw Self.noMatch(sealed)
    }

    static func needsVault(_ sealed: SealedFile, files: [String]) -> Bool {
        files.isEmpty && !sealed.wantsPassphrase
    }

    /// A person may mistype twice; a script has one passphrase to offer.
    private func unlockWithPassphrase(_ sealed: SealedFile) throws -> UnlockedFile {
        let option = "file-passphrase-fd"
        let isTyped = value(option) == nil && world.terminal.canAsk
        for attempt in 1...(isTyped ? 3 : 1) {
            let opener = FilePassphrase(
                spellings: Passphrase.spellings(
                    try passphrase(
                        option: option,
                        prompt: Text(
                            en: "passphrase of the file", es: "frase de contraseña del archivo"),
                        spelling: .typed)))
            if let file = try unlock(sealed, [opener]) { return file }
            if isTyped, attempt < 3 { say(Self.wrongPassphrase.message) }
        }
        throw Self.wrongPassphrase
    }

    /// - Returns: nil when none of the openers has the key.
    private func unlock(
        _ sealed: SealedFile, _ openers: [any Opener]
    ) throws(AgeError) -> UnlockedFile? {
        do { return try sealed.unlock(openers) } catch .noMatch { return nil }
    }

    private static let wrongPassphrase = Failure(
        .noKey,
        Text(
            en: "that is not the passphrase of this file",
            es: "esa no es la frase de contraseña de este archivo"),
        hint: Text(
            en: "capitals, spaces and accents count; try again",
            es: "cuentan mayúsculas, espacios y acentos; inténtalo de nuevo"))

    private static func noMatch(_ sealed: SealedFile) -> Failure {
        let count = sealed.kinds.count
        return Failure(
            .noKey,
            Text(
                en: "none of the private keys here opens this file",
                es: "ninguna de las llaves privadas de aquí abre este archivo"),
            hint: Text(
                en: count == 1
                    ? "it was encrypted for another key; ask the sender to add yours"
                    : "it was encrypted for \(count) other keys; ask the sender to add yours",
                es: count == 1
                    ? "se cifró para otra llave; pide a quien lo mandó que agregue la tuya"
                    : "se cifró para otras \(count) llaves; pide que agreguen la tuya"))
    }
}
