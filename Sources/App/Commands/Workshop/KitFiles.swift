internal import Curriculum
internal import Encoding
internal import Wording

/// Every file of the kit besides the programs. Nothing in it tells when or by whom it was made.
struct KitFiles {
    typealias File = (name: String, bytes: [UInt8], isProgram: Bool)

    private let language: Language
    private let participants: Int

    init(_ language: Language, participants: Int) {
        self.language = language
        self.participants = participants
    }

    var all: [File] {
        let readMe = Text(en: "README.txt", es: "LEEME.txt")(language)
        let folder = Self.folder(language)
        return [
            (readMe, Array(KitScripts.readMe(language).utf8), false),
            ("start.sh", Array(KitScripts.start(language).utf8), true),
        ] + pages.map { ("\(folder)/\($0.name)", Array($0.html.utf8), false) }
    }

    static func folder(_ language: Language) -> String {
        Text(en: "handouts", es: "hojas")(language)
    }

    private struct Page {
        let name: String
        let title: String
        let html: String
    }

    /// In the order in which they are needed, after a list of them to click on.
    private var pages: [Page] {
        let own = [
            Page(
                name: Text(en: "wall.html", es: "pared.html")(language),
                title: WallPage.title(language), html: WallPage(language).html),
            Page(
                name: Text(en: "cards.html", es: "tarjetas.html")(language),
                title: CardsPage.title(language), html: CardsPage(language, participants).html),
            Page(
                name: Text(en: "opinion.html", es: "opinion.html")(language),
                title: OpinionPage.title(language), html: OpinionPage(language).html),
        ]
        let pages =
            own
            + Handouts.all(language).map { Page(name: $0.name, title: $0.title, html: $0.html) }
        let items = pages.map { page in
            "<li><a href=\"\(page.name)\">\(HTMLText.escaped(page.title))</a></li>"
        }
        let index = HTMLPage.whole(
            title: Text(en: "Pages to print", es: "Hojas para imprimir")(language),
            language: language, body: "<ul>\n\(items.joined(separator: "\n"))\n</ul>")
        return [Page(name: "index.html", title: "", html: index)] + pages
    }
}
