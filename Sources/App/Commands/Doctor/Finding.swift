internal import Wording

/// What was found about one thing of this machine, and what to do about it.
struct Finding {
    enum State: String {
        case good
        /// Worth mending when there is time.
        case attention
        /// To be mended before anything secret is kept here.
        case danger
        /// It cannot be seen from here; the person has to look.
        case unknown
    }

    let state: State
    let what: Text
    /// The next step; none where all is well.
    let action: Text?

    static func good(_ what: Text) -> Finding { Finding(state: .good, what: what, action: nil) }

    static func attention(_ what: Text, do action: Text) -> Finding {
        Finding(state: .attention, what: what, action: action)
    }

    static func danger(_ what: Text, do action: Text) -> Finding {
        Finding(state: .danger, what: what, action: action)
    }

    static func unknown(_ what: Text, do action: Text) -> Finding {
        Finding(state: .unknown, what: what, action: action)
    }
}

/// One thing that is looked at. Its word in `--json` is `id`.
struct Examination {
    let id: String
    let name: Text
    let findings: [Finding]
}
