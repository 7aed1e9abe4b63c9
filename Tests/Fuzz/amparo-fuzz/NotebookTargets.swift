import Editor
import Notebook
import Platform
import Vault

/// What lies in the cells of a vault, and what notes are imported from.
extension Target {
    static var vault: [Target] {
        VaultParsing.allCases.map { parser in
            Target(name: "vault-\(parser.rawValue)", corpus: parser.samples(random)) { input in
                guard let spelling = parser.spelling(of: input) else { return false }
                precondition(spelling == input, "another spelling was accepted")
                return true
            }
        }
    }

    static var joplin: Target {
        let id = String(repeating: "a", count: 32)
        let corpus = [
            "Puerto\n\n![foto](:/\(id)) [otra](:/\(id))\n\nid: \(id)\nlatitude: 1.2\ntype_: 1",
            "id: \(id)\nnote_id: \(id)\ntag_id: \(id)\ntype_: 6", "x\n\n\n\nid: \(id)\ntype_: 2\n",
        ].map { Array($0.utf8) }
        return Target(name: "joplin", corpus: corpus) { input in
            let links = JoplinLinks()
            let targets = links.targets(in: input)
            _ = links.replace(in: input, file: { _ in "a b.jpg" }, note: { _ in nil })
            _ = links.replace(in: input, file: { _ in nil }, note: { $0 })
            guard let item = JoplinItem(parsing: input) else { return !targets.isEmpty }
            _ = (item.times, item.leftovers, item.isDeleted)
            return true
        }
    }

    static var frontMatter: Target {
        let corpus = [
            "---\ntitle: 'a ''b'''\ntags: [a, \"b, c\"]\ncreated: 2025-03-04T10:20:00Z\n---\ntexto",
            "---\r\ntags:\r\n  - a\r\n  - \"b\"\r\nattachments:\r\n  - x/y.jpg\r\n---\r\n", "# x\n",
        ].map { Array($0.utf8) }
        return Target(name: "front-matter", corpus: corpus) { input in
            let (head, body) = FrontMatter.split(input)
            precondition(body.count <= input.count, "a body grew")
            _ = (Links.targets(in: Array(body)), Links.notes(in: Array(body)))
            return head.title != nil || !head.tags.isEmpty
        }
    }

    static var search: Target {
        let corpus = [
            "puerto \"en el\" tag:#uno before:2026-01-01", "«el muelle» después:2025-12-31 ñ", "\"",
        ].map { Array($0.utf8) }
        return Target(name: "search", corpus: corpus) { input in
            let text = String(decoding: input, as: UTF8.self)
            return (try? Search(parsing: text)).map { !$0.terms.isEmpty } ?? false
        }
    }

    /// Whatever a terminal sends.
    static var keys: Target {
        let corpus = [
            "hola ñ\u{1b}[A\u{1b}[1;5C\u{1b}Ob\u{1b}[200~pegado\r\n\u{1b}[201~\u{7f}", "\u{1b}",
            "\u{1b}[200~sin fin",
        ].map { Array($0.utf8) }
        return Target(name: "keys", corpus: corpus) { input in
            var decoder = KeyDecoder(pasteLimit: 1_000)
            let keys = decoder.keys(input)
            return !(keys + decoder.flush() + decoder.endPaste()).isEmpty
        }
    }
}
