internal import CommandLineKit
internal import Notebook
internal import Platform
internal import Vault
internal import Wording

/// `amparo vault check`: every row, every cell that opens, every attachment.
enum VaultCheckCommand {
    static let command = Command(
        "check", spanish: ["revisar", "revisa", "comprobar"],
        Text(en: "Look for damage, and say what was lost", es: "Busca daños y di qué se perdió"),
        why: Text(
            en: """
                Whatever was altered, moved or cut among what your passphrase opens is found. In \
                what it does not open only altered bytes show. What is whole stays readable.
                """,
            es: """
                Se encuentra todo lo que fue alterado, movido o recortado entre lo que tu frase de \
                contraseña abre. En lo que no abre solo se notan los bytes alterados. Lo que está \
                entero se sigue leyendo.
                """),
        options: [
            .flag(
                "without-key",
                Text(
                    en: "without a passphrase: whether bytes were altered, not what they were",
                    es: "sin frase de contraseña: si hay bytes alterados, no qué eran")),
            .flag(
                "salvage", spanish: ["rescatar", "salvar"],
                Text(
                    en: "take every whole cell out of a file that cannot be opened, into --output",
                    es: "saca cada celda entera de un archivo que ya no se abre, hacia --output")),
            .value(
                "output", short: "o", "OUT",
                Text(en: "the new vault of --salvage", es: "la bóveda nueva de --salvage")),
            .value(
                "head", "FILE",
                Text(
                    en: "an older copy or a brick of this vault, where its head is gone",
                    es: "otra copia o un ladrillo de esta bóveda, si su cabecera se perdió")),
        ],
        conflicts: [Conflict("without-key", "salvage")],
        arguments: [
            Argument(
                "PATH", .optional,
                Text(
                    en: "The damaged file of --salvage; else the vault",
                    es: "El archivo dañado de --salvage; si no, la bóveda"))
        ],
        examples: [
            "amparo vault check", "amparo vault check --without-key",
            "amparo vault check --salvage --output rescued.db",
        ]
    ) { invocation in
        if invocation.flag("salvage") { return try salvage(invocation) }
        guard invocation.argument("PATH") == nil, invocation.value("output") == nil,
            invocation.value("head") == nil
        else { throw needsSalvage }
        let report = try report(invocation)
        let lines = report.check.damage.map { report.line(for: $0) }
        if invocation.json {
            try invocation.printJSON([
                "cells": .number(Int64(report.check.rowCount)),
                "opened": .number(Int64(report.check.openedCount)),
                "damage": .list(lines.map { $0(invocation.language) }),
            ])
        } else if lines.isEmpty {
            try invocation.print(
                Text(
                    en: "the vault is whole (\(report.check.rowCount) cells)",
                    es: "la bóveda está entera (\(report.check.rowCount) celdas)"))
        } else {
            for line in lines { try invocation.print(line) }
        }
        guard lines.isEmpty else {
            throw Failure(
                .damaged,
                Text(
                    en: "the vault is damaged in \(lines.count) places; the rest is readable",
                    es: "la bóveda está dañada en \(lines.count) lugares; lo demás se lee"),
                hint: Text(
                    en: "keep this file, and look for what was lost in a copy",
                    es: "conserva este archivo y busca en una copia lo que se perdió"))
        }
    }

    private static let needsSalvage = Failure(
        .usage,
        Text(
            en: "a file, --output and --head go with --salvage",
            es: "un archivo, --output y --head van con --salvage"),
        hint: Text(
            en: "like this: amparo vault check --salvage --output rescued.db FILE",
            es: "así: amparo vault check --salvage --output rescatada.db ARCHIVO"))

    /// Asks for no passphrase: what is whole proves itself.
    private static func salvage(_ invocation: Invocation) throws {
        let files = invocation.world.files
        let target = try invocation.required("output")
        let source = try invocation.argument("PATH") ?? invocation.home.vault
        let report: SalvageReport
        do {
            report = try VaultFile.salvage(
                from: source, to: target, headFrom: invocation.value("head"), files: files)
        } catch VaultError.alreadyExists {
            throw Failure.exists(target)
        } catch VaultError.damaged {
            throw Failure(
                .damaged,
                Text(
                    en: "not one whole cell was found in it", es: "no tiene ni una celda entera"),
                hint: Text(
                    en: "is it the right file?", es: "¿es el archivo correcto?"))
        }
        guard !invocation.json else {
            return try invocation.printJSON([
                "vault": .text(target), "id": .text(report.id.description),
                "cells": .number(Int64(report.cellCount)),
            ])
        }
        try invocation.print(target)
        invocation.say(
            Text(
                en: "\(report.cellCount) whole cells were saved; bring them home with: "
                    + "amparo --home DIR vault restore \(target)",
                es: "se rescataron \(report.cellCount) celdas enteras; llévalas a casa con: "
                    + "amparo --home CARPETA vault restore \(target)"))
    }

    private static func report(_ invocation: Invocation) throws -> Report {
        func withoutKey() throws -> Report {
            Report(check: try VaultFile(try invocation.home.vault).check())
        }
        if invocation.flag("without-key") { return try withoutKey() }
        do {
            return try invocation.withVault { vault in try Report(vault) }
        } catch VaultError.wrongPassphrase {
            // Where the cell that it opens is damaged, the right one opens nothing either.
            let found = try withoutKey()
            guard !found.check.isWhole else { throw VaultError.wrongPassphrase }
            invocation.warn(VaultError.wrongPassphrase.failure.message)
            return found
        }
    }

    private struct Report {
        let check: VaultCheck
        /// What the blobs that records name are called.
        private var names: [ID16: String] = [:]

        init(check: VaultCheck) { self.check = check }

        init(_ vault: Vault) throws {
            let notebook = Notebook(vault)
            let stored = notebook.storedBytes
            check = try vault.check(blobs: stored.map(\.blob))
            for item in stored { names[item.blob.id] = item.name }
            for note in notebook.notes() + notebook.notes(inTrash: true) {
                names[note.id] = note.title
            }
        }

        func line(for damage: VaultDamage) -> Text {
            switch damage {
            case .row(let row):
                Text(
                    en: "row \(row): its bytes were altered",
                    es: "fila \(row): sus bytes están alterados")
            case .cell(let row):
                Text(
                    en: "row \(row): a cell of yours does not open",
                    es: "fila \(row): una celda tuya no se abre")
            case .head(let row):
                Text(
                    en: "head row \(row) is damaged; another one stands in for it",
                    es: "la cabecera \(row) está dañada; otra la suple")
            case .structure:
                Text(
                    en: "the file's structure is damaged",
                    es: "la estructura del archivo está dañada")
            case .commitLost(let id):
                Text(
                    en: "a whole write is missing (\(id))",
                    es: "falta una escritura completa (\(id))")
            case .commitIncomplete(let id):
                Text(
                    en: "part of a write is missing (\(id))",
                    es: "falta una parte de una escritura (\(id))")
            case .commitUnreadable(let id):
                Text(
                    en: "a write cannot be read (\(id))",
                    es: "una escritura no se puede leer (\(id))")
            case .text(let id):
                Text(
                    en: "text is lost: \(names[id] ?? id.description)",
                    es: "se perdió texto de: \(names[id] ?? id.description)")
            case .blob(let id):
                Text(
                    en: "bytes are missing: \(names[id] ?? id.description)",
                    es: "faltan bytes de: \(names[id] ?? id.description)")
            }
        }
    }
}
