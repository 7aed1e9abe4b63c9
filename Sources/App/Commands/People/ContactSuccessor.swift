internal import CommandLineKit
internal import Keyring
internal import Minisign
internal import Platform
internal import Vault
internal import Wording

/// `amparo contact successor`: a contact's new key, vouched for by her old signing key.
enum ContactSuccessor {
    static let command = Command(
        "successor", spanish: ["sucesora", "sucesor", "relevo"],
        Text(
            en: "Take a contact's new key from her signed statement",
            es: "Acepta la llave nueva de un contacto con su constancia firmada"),
        why: Text(
            en: """
                The statement shows that whoever has the old signing key chose the new one. That is \
                as good as the old key was: if it was stolen, the thief can write such a statement \
                too. Plans that are armed still seal to the old key: arm them again.
                """,
            es: """
                La constancia muestra que quien tiene la llave de firma anterior escogió la nueva. \
                Vale lo que valía la anterior: si se la robaron, el ladrón también puede hacer una \
                constancia. Los planes activos siguen cifrando para la llave anterior: actívalos \
                de nuevo.
                """),
        arguments: [
            Argument("NAME", Text(en: "Their name", es: "Su nombre")),
            Argument(
                "FILE",
                Text(
                    en: "the statement that 'amparo key retire' made",
                    es: "la constancia que hizo «amparo key retire»")),
        ],
        examples: ["amparo contact successor laura successor.txt"]
    ) { invocation in
        let name = invocation.argument("NAME") ?? ""
        let path = invocation.argument("FILE") ?? ""
        let text = try failing(path) { () throws(FileError) in
            try invocation.world.files.read(path, limit: MinisignSignature.maximumByteCount)
        }
        let statement = try invocation.withVault { vault in
            let keyring = Keyring(vault)
            let contact = try keyring.contact(named: name)
            let keys = contact.card.signKeys.compactMap { try? MinisignPublicKey(parsing: $0) }
            do throws(SuccessorStatementError) {
                let found = try SuccessorStatement.verified(text.span, with: keys).statement
                try keyring.accept(found, from: contact)
                return found
            } catch { throw error.failure(path, of: contact.name) }
        }
        if invocation.json {
            return try invocation.printJSON([
                "contact": .text(name), "retired": .text(statement.retired),
                "successor": .text(statement.successor), "date": .text("\(statement.day)"),
            ])
        }
        try invocation.print(statement.successor)
        invocation.say(
            Text(
                en: "\(name) has this key now; if you can, compare it by voice as well",
                es: "\(name) ya tiene esta llave; si puedes, compárenla también de viva voz"))
    }
}
