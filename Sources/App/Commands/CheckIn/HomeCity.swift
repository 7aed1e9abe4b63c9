internal import Wording

/// The city that a zone is named after, as people there write it.
enum HomeCity {
    static func name(of zone: String, _ language: Language) -> String {
        if let known = mexican[zone] { return known(language) }
        let last = zone.split(separator: "/").last.map(String.init) ?? zone
        return String(last.map { $0 == "_" ? " " : $0 })
    }

    /// Those whose file names leave out accents or words.
    private static let mexican = [
        "America/Mexico_City": Text(en: "Mexico City", es: "Ciudad de México"),
        "America/Merida": Text(verbatim: "Mérida"),
        "America/Cancun": Text(verbatim: "Cancún"),
        "America/Ciudad_Juarez": Text(verbatim: "Ciudad Juárez"),
        "America/Bahia_Banderas": Text(verbatim: "Bahía de Banderas"),
        "America/Mazatlan": Text(verbatim: "Mazatlán"),
    ]
}
