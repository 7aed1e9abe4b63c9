internal import Keyring
internal import Risk
internal import Vault

/// The answers as settings of an open vault, one for each question, so that two devices that
/// answered different questions keep both.
struct RiskBook {
    private let keyring: Keyring

    init(_ vault: Vault) { keyring = Keyring(vault) }

    /// What a later version has stored and this one does not know is not an answer.
    var answers: RiskAnswers {
        var answers = RiskAnswers()
        for question in RiskCatalogue.questions {
            guard let stored = keyring.setting(Self.name(question)),
                let text = String(validating: stored, as: UTF8.self)
            else { continue }
            _ = answers.set(text.split(separator: ",").map(String.init), for: question)
        }
        return answers
    }

    /// Stages what differs from what lies there.
    func keep(_ answers: RiskAnswers) {
        let before = self.answers
        for question in RiskCatalogue.questions where answers[question] != before[question] {
            let value = answers[question].joined(separator: ",")
            keyring.set(Self.name(question), to: Array(value.utf8))
        }
    }

    private static func name(_ question: RiskQuestion) -> String { "risk/" + question.id }
}
