internal import Wording

/// Words of the lists that a passphrase does not use: violence, crime, insults, peoples and beliefs,
/// the body, and people of the news. Reviewed by hand; not frozen, since nothing is read back with it.
enum UnsaidWords {
    static func of(_ language: Language) -> String {
        switch language {
        case .english: english
        case .spanish: spanish
        }
    }

    private static let english = """
        apache arrest bleep bribe coerce cruelly culprit dating deface degraded despair disgrace \
        dyslexic exorcism flirt handcuff hatred headsman hunk islamic jaundice landless ogle \
        perjury prowler punisher revenge siamese smother snare thieving trespass unwed vaseline \
        yiddish zeppelin
        """

    private static let spanish = """
        agravada asedio atraco bruja cerda ciego cohecho colasa culpas deforme espiar estafas \
        etnias grosero hebrea infame ingrato inhumano jodas laden ladrones machos mahoma mamaria \
        marines milicias morboso mordida mubarak mulas muslos necedad necio negrura obiang \
        pagana paganos patadas pecar pezones pillado pinchar punzada rabia rabiosa racistas \
        rapaz rape rebeldes robadas robarle sorda sumiso terca tirarse torpes tuerto viruela \
        zarpazo
        """
}
