internal import CommandLineKit
internal import Wording

/// What examinations found: rows for people, objects for programs.
struct ExaminationReport {
    private let all: [Examination]

    init(_ all: [Examination]) { self.all = all }

    /// - Parameter good: What is said where nothing is to be mended.
    func print(_ invocation: Invocation, good: Text) throws {
        let language = invocation.language
        guard !invocation.json else {
            return try invocation.printJSON([
                "checks": .list(all.flatMap { Self.json($0, language) })
            ])
        }
        let rows = all.flatMap { examination in
            examination.findings.flatMap { finding in
                [
                    [
                        Self.mark(finding.state) + " " + examination.name(language),
                        finding.what(language),
                    ]
                ] + (finding.action.map { [["", "→ " + $0(language)]] } ?? [])
            }
        }
        try invocation.print(columns: rows)
        invocation.say(summary(good))
    }

    /// Words of one length would differ by language; these do not, and a screen reader says them.
    private static func mark(_ state: Finding.State) -> String {
        switch state {
        case .good: "+"
        case .attention: "!"
        case .danger: "X"
        case .unknown: "?"
        }
    }

    private func summary(_ good: Text) -> Text {
        let findings = all.flatMap(\.findings)
        func count(_ state: Finding.State) -> Int { findings.count { $0.state == state } }
        let (danger, attention, unknown) = (count(.danger), count(.attention), count(.unknown))
        guard danger + attention + unknown > 0 else { return good }
        return Text(
            en: "X mend first: \(danger) · ! mend soon: \(attention) · ? look yourself: \(unknown)",
            es: "X arregla primero: \(danger) · ! arregla pronto: \(attention)"
                + " · ? mira tú: \(unknown)")
    }

    private static func json(_ examination: Examination, _ language: Language) -> [JSON] {
        examination.findings.map { finding in
            [
                "check": .text(examination.id), "state": .text(finding.state.rawValue),
                "finding": .text(finding.what(language)),
                "action": .text(orNull: finding.action.map { $0(language) }),
            ]
        }
    }
}
