package import Wording

/// Which language to speak: `--lang`, else the stored choice, else the locale.
package enum LanguageChoice {
    /// - Returns: nil when the locale does not say (unset, `C`, `POSIX`): the first screen then
    ///   speaks both.
    package static func fromLocale(_ environment: [String: String]) -> Language? {
        // Source: POSIX.1-2017, XBD 8.2: the first of the three that is set and not empty counts.
        let names = ["LC_ALL", "LC_MESSAGES", "LANG"]
        guard let locale = names.lazy.compactMap({ environment[$0] }).first(where: { !$0.isEmpty })
        else { return nil }
        let tongue = locale.prefix { $0 != "_" && $0 != "." && $0 != "@" }
        switch tongue {
        case "C", "POSIX": return nil
        case "es": return .spanish
        // Of the other languages' speakers more read English; `--lang es` is one word away.
        default: return .english
        }
    }
}
