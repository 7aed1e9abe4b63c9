internal import Wording

/// How the menu is shown and answered: on the whole terminal, or line by line.
protocol MenuFace: AnyObject {
    /// - Returns: What was chosen; everything else that can be meant is a case of its own.
    func choose(_ view: MenuView) throws -> MenuChoice
    /// A line from the person; nil to go back.
    func type(_ question: String, _ field: MenuField) throws -> String?
    /// A command is about to use the terminal.
    func giveWay()
}

/// A list as it is shown, and what is above it.
struct MenuView {
    struct Row {
        let label: String
        /// The command that it runs; empty for a page.
        let command: String
    }

    /// In front of everything: the vault, the next deadline, whether anybody watches. Asked again
    /// while nobody types; `isIdle` after a while.
    let status: (_ isIdle: Bool) -> [String]
    let title: String
    let rows: [Row]
    /// Where the list begins to be read.
    var selected = 0
    /// What 0 does here.
    let back: String
    let canRepeat: Bool
}

enum MenuChoice: Hashable {
    case row(Int)
    case back, leave
    /// The last command once more.
    case again
    /// What the command of this row protects.
    case why(Int)
}

/// What is typed, and what can be offered for it.
struct MenuField {
    /// The completions of what was typed so far; the longest common beginning is put in.
    let completions: (String) -> [String]
    let hint: String
}

/// What the menu says about itself.
enum MenuWords {
    static let keys = Text(
        en: "number or arrows and Enter · ? why · Esc back · q leave",
        es: "número, o flechas y Enter · ? para qué · Esc atrás · q salir")
    static let keysOnProjector = Text(
        en: "number · r: the last one again · ? why · q leave · larger letters: Ctrl +",
        es: "número · r: repetir lo último · ? para qué · q salir · letra más grande: Ctrl +")
    static let leave = Text(en: "Leave", es: "Salir")
    static let back = Text(en: "Back", es: "Atrás")
    static let number = Text(en: "number:", es: "número:")
    static let plainKeys = Text(
        en: "A number and Enter; ? and a number says what it protects; r repeats the last one; "
            + "q leaves.",
        es: "Un número y Enter; ? y un número dice qué protege; r repite lo último; q sale.")
    static let noSuchNumber = Text(
        en: "there is no such number", es: "no hay ese número")
    static let noSuchKey = Text(
        en: "that key does nothing", es: "esa tecla no hace nada")
    static let typing = Text(
        en: "Enter: go on · Tab: complete · Esc: back",
        es: "Enter: sigue · Tab: completa · Esc: atrás")
}
