internal import CommandLineKit
internal import Encoding
internal import Keyring
internal import Notebook
internal import Platform
internal import Vault
internal import Wording

/// `amparo vault status`: what can be said without a key, and more where the vault is open.
enum VaultStatusCommand {
    static let command = Command(
        "status", spanish: ["estado"],
        Text(en: "Show the state of the vault", es: "Muestra el estado de la bóveda"),
        why: Text(
            en: """
                The fingerprint, six words, stands for every cell of the file: a whole copy has the \
                same one, and an older copy another. Write it down to notice whether somebody put \
                an older copy in its place.
                """,
            es: """
                La huella, seis palabras, resume todas las celdas del archivo: una copia completa \
                tiene la misma, y una más vieja, otra. Anótala para notar si alguien pone en su \
                lugar una copia anterior.
                """),
        examples: ["amparo vault status", "amparo vault status --json"]
    ) { invocation in
        let path = try invocation.home.vault
        let hasSession = invocation.hasSession(try VaultFile(path).id)
        // Nobody is asked for a passphrase for the sake of a number.
        let hasKey = hasSession || invocation.value("passphrase-fd") != nil
        let inside = hasKey ? try invocation.withVault(Inside.init) : nil
        // After the commit, so that the words are those of the file as it now is.
        let status = try VaultFile(path).status()
        guard !invocation.json else {
            return try invocation.printJSON(json(path, status, hasSession, inside, invocation))
        }
        try invocation.print(columns: rows(path, status, hasSession, inside, invocation))
    }

    /// What only an open vault tells.
    private struct Inside {
        let notes: Int
        let contacts: Int
        /// Before this one; nil in a vault that was just made.
        let lastVisit: Instant?

        init(_ vault: Vault) throws {
            notes = Notebook(vault).notes().count
            contacts = Keyring(vault).contacts.count
            lastVisit = try vault.visits().last?.time
        }
    }

    /// Six words look like what must stay secret.
    private static let notASecret = Text(
        en: "(not your passphrase or words; changes with every use)",
        es: "(no es tu frase de contraseña ni tus palabras; cambia con cada uso)")

    /// 72 bits of the witness.
    private static func words(_ witness: [UInt8], _ language: Language) -> String {
        let list = WordList.of(language)
        var words: [String] = []
        var group = 0
        var bits = 0
        for byte in witness.prefix(9) {
            group = group << 8 | Int(byte)
            bits += 8
            guard bits >= WordList.bitsPerWord else { continue }
            bits -= WordList.bitsPerWord
            words.append(list.word(at: group >> bits))
            group &= (1 << bits) - 1
        }
        return words.joined(separator: " ")
    }

    private static func rows(
        _ path: String, _ status: VaultStatus, _ hasSession: Bool, _ inside: Inside?,
        _ invocation: Invocation
    ) -> [[String]] {
        let size = Quantity.bytes(UInt64(clamping: status.byteCount))
        let open = Text(en: "open", es: "abierta")
        let locked = Text(en: "locked", es: "cerrada")
        var rows: [(Text, String)] = [
            (Text(en: "vault", es: "bóveda"), path),
            (
                Text(en: "size", es: "tamaño"),
                Text(
                    en: "\(size), \(status.rowCount) cells",
                    es: "\(size), \(status.rowCount) celdas")(
                        invocation.language)
            ),
            (
                Text(en: "opening takes", es: "abrirla pide"),
                Text(
                    en: "\(status.cost.mebibytes) MiB of memory",
                    es: "\(status.cost.mebibytes) MiB de memoria")(invocation.language)
            ),
            (
                Text(en: "fingerprint", es: "huella"), words(status.witness, invocation.language)
            ),
            (Text(verbatim: ""), notASecret(invocation.language)),
            (Text(en: "session", es: "sesión"), (hasSession ? open : locked)(invocation.language)),
        ]
        if status.isReadOnly {
            rows.append(
                (
                    Text(en: "disk", es: "disco"),
                    Text(en: "read-only", es: "solo lectura")(invocation.language)
                ))
        }
        if let inside {
            rows.append((Text(en: "notes", es: "apuntes"), "\(inside.notes)"))
            rows.append((Text(en: "contacts", es: "contactos"), "\(inside.contacts)"))
            if let visit = inside.lastVisit {
                rows.append(
                    (
                        Text(en: "opened before", es: "abierta antes"),
                        LocalTime(invocation.world).text(visit)
                    ))
            }
        }
        return rows.map { label, value in
            let name = label(invocation.language)
            return [name.isEmpty ? "" : name + ":", value]
        }
    }

    private static func json(
        _ path: String, _ status: VaultStatus, _ hasSession: Bool, _ inside: Inside?,
        _ invocation: Invocation
    ) -> JSON {
        let open: JSON = [
            "vault": .text(path), "id": .text(status.id.description),
            "bytes": .number(status.byteCount), "cells": .number(Int64(status.rowCount)),
            "memory_mib": .number(Int64(status.cost.mebibytes)),
            "witness": .text(Hex.encode(status.witness)),
            "words": .text(words(status.witness, invocation.language)),
            "read_only": .bool(status.isReadOnly), "open": .bool(hasSession),
        ]
        guard let inside else { return open }
        return open.adding("notes", .number(Int64(inside.notes)))
            .adding("contacts", .number(Int64(inside.contacts)))
            .adding("last_visit", inside.lastVisit.map { .time($0) } ?? .null)
    }
}
