internal import CommandLineKit
internal import Wording

/// A proposal for a situation, to be agreed on with an editor: what stands for the options that were
/// left out. Every part of it can be said otherwise.
enum Preset: String, CaseIterable {
    case protest
    case checkpoint
    case travel
    case home
    case border

    /// Who hears when nobody says otherwise: key contact, editor or lawyer, organisations.
    static let usualOffsets = ["0m", "2h", "6h"]

    /// The name in either language.
    static func named(_ word: String) -> Preset? {
        let folded = String(word.lowercased().map { $0 == "é" ? "e" : $0 })
        return allCases.first { $0.names.contains(folded) }
    }

    static func parse(_ word: String) throws(Failure) -> Preset {
        guard let preset = named(word) else {
            throw Failure(
                .usage,
                Text(
                    en: "--preset: there is no '\(word)'", es: "--preset: no existe «\(word)»"),
                hint: Text(
                    en: "one of: protest, checkpoint, travel, home, border",
                    es: "uno de: protesta, reten, viaje, casa, frontera"))
        }
        return preset
    }

    private var names: [String] {
        switch self {
        case .protest: ["protest", "protesta", "marcha", "manifestacion"]
        case .checkpoint: ["checkpoint", "reten", "retenes"]
        case .travel: ["travel", "trip", "viaje"]
        case .home: ["home", "casa", "hogar"]
        case .border: ["border", "frontera"]
        }
    }

    var title: Text {
        switch self {
        case .protest: Text(en: "a protest", es: "una protesta")
        case .checkpoint: Text(en: "a checkpoint", es: "un retén")
        case .travel: Text(en: "a trip", es: "un viaje")
        case .home: Text(en: "at home, under threat", es: "en casa, bajo amenaza")
        case .border: Text(en: "a border", es: "una frontera")
        }
    }

    /// What it proposes, in a few words.
    var gist: Text {
        switch self {
        case .protest:
            Text(en: "every hour, grace 15 min", es: "cada hora, tolerancia 15 min")
        case .checkpoint:
            Text(en: "once, grace 20 min", es: "una vez, tolerancia 20 min")
        case .travel:
            Text(en: "at 09:00 and 21:00, grace 1 h", es: "a las 09:00 y 21:00, tolerancia 1 h")
        case .home:
            Text(en: "every day at 09:00, grace 2 h", es: "cada día a las 09:00, tolerancia 2 h")
        case .border:
            Text(en: "once, grace 1 h", es: "una vez, tolerancia 1 h")
        }
    }

    /// The options of its rhythm; none where the hour has to be said.
    var rhythm: [String: [String]] {
        switch self {
        case .protest: ["every": ["1h"]]
        case .travel: ["daily": ["09:00,21:00"]]
        case .home: ["daily": ["09:00"]]
        case .checkpoint, .border: [:]
        }
    }

    var grace: String {
        switch self {
        case .protest: "15m"
        case .checkpoint: "20m"
        case .travel, .border: "1h"
        case .home: "2h"
        }
    }

    /// nil: the usual ones.
    var reminders: [String]? {
        switch self {
        // With an hour between two, half an hour before one is just after the other.
        case .protest: ["10m,2m,0m,+7m"]
        case .checkpoint: ["15m,5m,0m,+10m"]
        case .travel, .home, .border: nil
        }
    }

    /// After the grace: key contact, editor or lawyer, organisations.
    var offsets: [String] {
        switch self {
        case .protest: ["0m", "30m", "2h"]
        case .checkpoint: ["0m", "1h", "3h"]
        case .travel, .border: Self.usualOffsets
        case .home: ["0m", "1h", "4h"]
        }
    }
}
