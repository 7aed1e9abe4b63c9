internal import Age
internal import Bundles
internal import CommandLineKit
internal import Keyring
internal import Minisign
internal import Wording

/// Who signed what was inside a file, as far as is known here.
enum Authorship {
    case nobody
    /// The signature names a key that nobody here has, so that it cannot be checked.
    case unknown(MinisignKeyID)
    /// The same, where nobody looked into the vault.
    case notLookedUp(MinisignKeyID)
    /// The signature holds. Whoever received it may have passed it on: then it names others.
    case signed(Signer, isForReader: Bool)
    /// A plan's sheet, for whom its writer calls so.
    case sheet(Signer, reader: String)

    /// - Parameters:
    ///   - signers: nil when the vault was not looked at.
    ///   - opener: What opened the file.
    /// - Throws: Exit 4 for a signature that is none of this content.
    init(
        _ signature: BundleSignature?, signers: [Signer]?, opener: any Opener, input: String
    ) throws(Failure) {
        guard let signature else {
            self = .nobody
            return
        }
        do {
            let read = try MinisignSignature(parsing: signature.text.span)
            let known = (signers ?? []).filter { $0.key.keyID == read.keyID }
            guard !known.isEmpty else {
                self = signers == nil ? .notLookedUp(read.keyID) : .unknown(read.keyID)
                return
            }
            var refusal = MinisignError.badSignature
            for signer in known {
                do {
                    let comment = try read.verify(Prehash(sum: signature.sum), with: signer.key)
                    if let reader = SignedText.reader(of: comment) {
                        self = .sheet(signer, reader: reader)
                        return
                    }
                    let names = SignedFor(parsing: comment)?.names ?? []
                    self = .signed(
                        signer, isForReader: names.contains(InnerSigning.name(opener)))
                    return
                } catch { refusal = error }
            }
            throw refusal
        } catch { throw Self.notHeld(input) }
    }

    private static func notHeld(_ input: String) -> Failure {
        Failure(
            .damaged,
            Text(
                en: "\(input) opens, but the signature in it is not of what it holds",
                es: "\(input) abre, pero la firma que trae no es de lo que contiene"),
            hint: Text(
                en: "do not use it; ask the sender by another way than the one it came by",
                es: "no lo uses; pregunta a quien lo mandó, por otra vía"))
    }

    /// Tells the person.
    func tell(_ invocation: Invocation) {
        switch self {
        case .nobody:
            invocation.say(
                Text(
                    en: "nobody signed it: that it opens does not say who sent it",
                    es: "nadie lo firmó: que abra no dice quién lo mandó"))
        case .unknown(let id):
            invocation.warn(
                Text(
                    en: "it is signed with key \(id), which nobody here has: that proves nothing",
                    es: "lo firma la llave \(id), que aquí nadie tiene: eso no prueba nada"))
        case .notLookedUp(let id):
            invocation.say(
                Text(
                    en: "it is signed with key \(id); to see whose that is, first: "
                        + "amparo vault unlock",
                    es: "lo firma la llave \(id); para ver de quién es, primero: "
                        + "amparo vault unlock"))
        case .signed(let signer, let isForReader):
            tell(signer, isForReader, invocation)
        case .sheet(let signer, let reader):
            let words = signer.words
            tell(
                signer,
                Text(
                    en: "good signature \(words.en): a sheet for \(reader)",
                    es: "firma buena, hecha \(words.es): hoja para \(reader)"), invocation)
        }
    }

    private func tell(_ signer: Signer, _ isForReader: Bool, _ invocation: Invocation) {
        let words = signer.words
        guard isForReader else {
            return invocation.warn(
                Text(
                    en: "signed \(words.en), but for somebody else: "
                        + "another person passed it on to you",
                    es: "firma hecha \(words.es), pero para alguien más: "
                        + "otra persona te lo reenvió"))
        }
        tell(
            signer,
            Text(
                en: "good signature \(words.en), for you",
                es: "firma buena, hecha \(words.es), para ti"), invocation)
    }

    private func tell(_ signer: Signer, _ good: Text, _ invocation: Invocation) {
        let words = signer.words
        guard case .doubtful(let name) = signer.owner else { return invocation.say(good) }
        let alarm = KeyringError.keyChanged(name).failure
        invocation.warn(
            Text(en: "signed \(words.en)", es: "firma hecha \(words.es)"))
        if let hint = alarm.hint { invocation.warn(hint) }
    }

    var json: JSON {
        switch self {
        case .nobody: .null
        case .unknown(let id): Self.json("unknown", id)
        case .notLookedUp(let id): Self.json("not_looked_up", id)
        case .signed(let signer, let isForReader): Self.json(signer, .bool(isForReader), .null)
        case .sheet(let signer, let reader): Self.json(signer, .null, .text(reader))
        }
    }

    private static func json(_ signer: Signer, _ forYou: JSON, _ sheet: JSON) -> JSON {
        [
            "state": .text(signer.isDoubtful ? "changed" : "good"),
            "key_id": .text(signer.key.keyID.description),
            "key": .text(signer.key.description), "signer": .text(orNull: signer.name),
            "verified": .bool(signer.isVerified), "for_you": forYou, "sheet_for": sheet,
        ]
    }

    private static func json(_ state: String, _ id: MinisignKeyID) -> JSON {
        [
            "state": .text(state), "key_id": .text(id.description), "key": .null,
            "signer": .null, "verified": false, "for_you": .null, "sheet_for": .null,
        ]
    }
}

extension Signer {
    fileprivate var isDoubtful: Bool { if case .doubtful = owner { true } else { false } }
}
