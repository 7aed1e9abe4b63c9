internal import CommandLineKit
internal import Keyring
internal import Minisign
internal import Platform
internal import Secrets
internal import Wording

/// A key of one's own of either kind, as the command line names it.
enum OwnKey {
    case identity(StoredIdentity)
    case signing(SigningKey)

    /// The identity of that name; the signing key if `--signing` says so, or if no identity has
    /// the name.
    init(_ invocation: Invocation, in keyring: Keyring, besides preset: String? = nil) throws {
        let name = invocation.argument("NAME") ?? preset ?? ""
        guard !invocation.flag("signing") else {
            self = .signing(try keyring.signingKey(named: name))
            return
        }
        do throws(KeyringError) {
            self = .identity(try keyring.identity(named: name))
        } catch {
            guard let key = try? keyring.signingKey(named: name) else { throw error }
            self = .signing(key)
        }
    }

    var name: String {
        switch self {
        case .identity(let key): key.name
        case .signing(let key): key.name
        }
    }

    /// `age` or `minisign`, in JSON too.
    var kind: String {
        switch self {
        case .identity: "age"
        case .signing: "minisign"
        }
    }

    /// The public half: `age1…`, `RW…`.
    var text: String {
        switch self {
        case .identity(let key): key.recipient
        case .signing(let key): key.publicKey.description
        }
    }

    var created: Instant {
        switch self {
        case .identity(let key): key.created
        case .signing(let key): key.created
        }
    }

    var retirement: Retirement? {
        switch self {
        case .identity(let key): key.retirement
        case .signing(let key): key.retirement
        }
    }

    /// 32 bytes: what the key is made from.
    var secret: SharedSecret {
        switch self {
        case .identity(let key): key.secret
        case .signing(let key): key.seed
        }
    }

    static func all(in keyring: Keyring) -> [OwnKey] {
        keyring.identities.map(OwnKey.identity) + keyring.signingKeys.map(OwnKey.signing)
    }

    var json: JSON {
        let shown: JSON = [
            "name": .text(name), "kind": .text(kind), "recipient": .text(text),
            "created": .time(created),
        ]
        guard let retirement else { return shown }
        return shown.adding("retired", .time(retirement.time))
            .adding("successor", .text(retirement.successor))
    }
}
