/// A language the program speaks.
package enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case spanish = "es"
}

/// A sentence in every language the program speaks: a missing translation does not compile.
package struct Text: Hashable, Sendable {
    package let en: String
    package let es: String

    package init(en: String, es: String) {
        self.en = en
        self.es = es
    }

    /// The same words in every language: names, flags, formats.
    package init(verbatim words: String) {
        self.init(en: words, es: words)
    }

    package func callAsFunction(_ language: Language) -> String {
        switch language {
        case .english: en
        case .spanish: es
        }
    }

    /// Both sentences end to end, language by language.
    package static func + (left: Text, right: Text) -> Text {
        Text(en: left.en + right.en, es: left.es + right.es)
    }
}
