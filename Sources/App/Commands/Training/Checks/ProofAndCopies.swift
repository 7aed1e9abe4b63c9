internal import Age
internal import CommandLineKit
internal import Curriculum
internal import Encoding
internal import Keyring
internal import Minisign
internal import Notebook
internal import Platform
internal import Primitives
internal import Secrets
internal import Shares
internal import Vault
internal import Wording

/// Lessons 7 to 9: signatures, copies, deleting.
extension LessonChecks {
    private static let custodyTag = Text(en: "custody", es: "custodia")
    private static let evidence = Text(en: "evidence", es: "evidencia")

    /// Whether one of her signing keys made the signature.
    private static func isSigned(_ content: [UInt8], by signature: [UInt8]?, _ view: Inspection)
        -> Bool
    {
        guard let signature, let parsed = try? MinisignSignature(parsing: signature.span) else {
            return false
        }
        return view.keyring.signingKeys.contains { key in
            (try? parsed.verify(Prehash(of: content.span), with: key.publicKey)) != nil
        }
    }

    /// A note whose attachments include these bytes.
    private static func holds(_ note: Note, _ bytes: [UInt8], _ view: Inspection) -> Bool {
        note.attachments.contains { attachment in
            var found: [UInt8] = []
            try? view.notebook.extract(attachment) { found += $0 }
            return found == bytes
        }
    }

    static let proof: [String: Look] = [
        "signed": { view in
            let name = Cast.photo(view.worldLanguage)
            guard let photo = view.bytes(Cast.photo) else { return noFile(Cast.photo, view) }
            return isSigned(photo, by: view.bytes(at: view.path(Cast.photo) + ".minisig"), view)
                ? nil
                : Text(
                    en: "there is no signature of yours that holds: amparo sign \(name)",
                    es: "no hay una firma tuya que valga: amparo sign \(name)")
        },
        "custody": { view in
            let notes = view.notes(tagged: custodyTag)
            guard !notes.isEmpty else { return noNote(tagged: custodyTag) }
            return notes.contains { holds($0, PracticePhoto.bytes, view) }
                ? nil
                : Text(
                    en: "the photo is not with that note: amparo note attach ID photo-pier.jpg",
                    es: "la foto no está con ese apunte: amparo note attach ID foto-muelle.jpg")
        },
        "evidence": { view in
            let folder = view.path(evidence)
            guard let list = view.bytes(at: Path.join(folder, CustodyList.sums)) else {
                return Text(
                    en: "there is no signed list: amparo note export --signed -o evidence ID",
                    es: "no hay lista firmada: amparo note export --signed -o evidencia ID")
            }
            let signature = view.bytes(at: Path.join(folder, CustodyList.signature))
            guard isSigned(list, by: signature, view) else {
                return Text(
                    en: "the list is not signed with your key",
                    es: "la lista no está firmada con tu llave")
            }
            for line in view.text(list).split(separator: "\n") {
                let name = String(line.dropFirst(66))
                let bytes = view.bytes(at: Path.join(folder, name)) ?? []
                guard Hex.encode(SHA256.hash(bytes.span)) == line.prefix(64) else {
                    return Text(
                        en: "\(name) is not what the list says",
                        es: "\(name) no es lo que dice la lista")
                }
            }
            return nil
        },
    ]

    // MARK: Copies

    /// Titles of the notes in a vault that the practice passphrase opens.
    private static func titles(in path: String, state: String, _ view: Inspection) -> [String]? {
        guard var line = view.bytes(at: view.world.passphrase) else { return nil }
        while line.last == UInt8(ascii: "\n") { line.removeLast() }
        let context = VaultContext(
            files: view.files, clock: view.invocation.world.clock,
            random: VaultRandom(view.invocation.world.random), stateFolder: state, pepper: nil,
            roomByteCount: 0)
        let unlock = VaultUnlock.passphrase(SecretBytes(draining: &line))
        guard let file = try? VaultFile(path, access: .readOnly),
            let vault = try? Vault.open(file, with: unlock, in: context)
        else { return nil }
        return Notebook(vault).notes().map(\.title)
    }

    private static let sharesFolder = Text(en: "shares", es: "partes")

    private static func ownKey(fromSharesIn folder: Text, _ view: Inspection) -> Bool {
        let shares = view.names(in: folder).compactMap { name -> Share? in
            let bytes = view.bytes(at: Path.join(view.path(folder), name)) ?? []
            let words = view.text(bytes).split(separator: "\n").last { !$0.hasPrefix("#") }
            let text = words.map { Array($0.utf8) } ?? []
            return try? Share(parsing: text.span)
        }
        guard shares.count >= 2 else { return false }
        var pool = SharePool()
        // Any two of them: the first and the last.
        for share in [shares[0], shares[shares.count - 1]] {
            guard (try? pool.add(share)) != nil else { return false }
        }
        guard let secret = try? pool.combine() else { return false }
        return view.keyring.identities.contains { $0.secret.bytes.equals(secret) }
    }

    static let copies: [String: Look] = [
        "copy": { view in
            let path = Path.join(view.world.work, Cast.stick + "/vault.db")
            return titles(in: path, state: view.world.folder + "/copy-state", view) == nil
                ? Text(
                    en: "usb/vault.db is not there or does not open: amparo vault backup usb",
                    es: "usb/vault.db no está o no se abre: amparo vault backup usb") : nil
        },
        "restored": { view in
            let home = Home(view.world.otherMachine)
            guard let restored = titles(in: home.vault, state: home.state, view) else {
                return Text(
                    en: "laptop-2 has no vault that opens: amparo --home laptop-2 vault restore",
                    es:
                        "laptop-2 no tiene una bóveda que se abra: amparo --home laptop-2 vault restore"
                )
            }
            let here = view.notebook.notes().map(\.title)
            return Set(here).isSubset(of: restored)
                ? nil
                : Text(
                    en: "the restored vault lacks notes: make a newer copy",
                    es: "a la bóveda restaurada le faltan apuntes: haz una copia más nueva")
        },
        "shares": { view in
            ownKey(fromSharesIn: sharesFolder, view)
                ? nil
                : Text(
                    en: "two of the shares do not give your key: amparo key split -o shares",
                    es: "dos de las partes no dan tu llave: amparo key split -o partes")
        },
    ]

    // MARK: Deleting

    private static let leaveTag = Text(en: "leave", es: "salir")

    static let deleting: [String: Look] = [
        "photo": { view in
            if let missing = gone(Cast.photo)(view) { return missing }
            let here = Text(verbatim: ".")
            let photo = PracticePhoto.bytes
            let isSealed = view.names(in: here).contains { name in
                guard name.hasSuffix(".age"),
                    let bytes = view.bytes(at: Path.join(view.world.work, name)),
                    let plain = view.opened(bytes, with: view.ownIdentities)
                else { return false }
                return plain.span.contains(photo.span)
            }
            return isSealed
                ? nil
                : Text(
                    en: "no encrypted file of yours holds the photo",
                    es: "ningún archivo cifrado tuyo tiene la foto")
        },
        "gone": { view in
            let left = (view.notebook.notes() + view.notebook.notes(inTrash: true)).filter {
                $0.tags.contains(leaveTag.es) || $0.tags.contains(leaveTag.en)
            }
            guard left.isEmpty else {
                let id = left[0].id.description.prefix(8)
                return Text(
                    en: "the note is still there: amparo note purge \(id)",
                    es: "el apunte sigue ahí: amparo note purge \(id)")
            }
            return nil
        },
        "rewritten": { view in
            let first = view.bytes(at: view.world.firstVault).map(view.text)
            let now = try VaultFile(Home(view.world.home).vault, access: .readOnly).lineage
            return first == now.description
                ? Text(
                    en: "the file is the old one: amparo vault rewrite",
                    es: "el archivo es el de antes: amparo vault rewrite") : nil
        },
    ]
}
