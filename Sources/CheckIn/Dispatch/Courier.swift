package import Platform
package import Secrets

/// Sends one finished message. May take minutes; never throws: every end is a result.
package protocol Courier: Sendable {
    func deliver(_ message: OutgoingMessage, through channel: ChannelSetting) -> DeliveryResult

    /// What hour a server has; nil when it did not say. May take half a minute.
    func hour(of server: WebServer) -> Instant?
}

/// A channel as its owner set it up.
package struct ChannelSetting: Sendable {
    package let name: String
    package let address: ChannelAddress
    /// For the user named in the address; at most 1,024 bytes are used.
    package let password: SharedSecret?

    package init(name: String, address: ChannelAddress, password: SharedSecret? = nil) {
        self.name = name
        self.address = address
        self.password = password
    }
}

/// How a delivery ended.
package enum DeliveryResult: Hashable, Sendable {
    /// The next machine has taken responsibility for the message.
    case delivered
    /// May succeed later, unchanged; perhaps it even arrived (a connection cut at the last word).
    case tryAgain(DeliveryReason)
    /// Will fail again until somebody changes something.
    case refused(DeliveryReason)

    package var reason: DeliveryReason? {
        switch self {
        case .delivered: nil
        case .tryAgain(let reason), .refused(let reason): reason
        }
    }
}

/// What stood in the way of a delivery.
package struct DeliveryReason: Hashable, Sendable, CustomStringConvertible {
    /// The numbers stand in records and between processes: never renumbered.
    package enum Kind: UInt8, Sendable, CaseIterable {
        /// The server answered with an error; `detail` begins with its three digits.
        case reply = 1
        /// The name of the server is unknown, or nobody could be asked.
        case resolving = 2
        /// No connection, or it was cut.
        case connection = 3
        case timeLimit = 4
        /// The server's certificate does not prove that it is the server.
        case certificate = 5
        /// The server offers no encryption, or none that is good enough.
        case encryption = 6
        /// User or password refused, or missing.
        case login = 7
        /// The contact has no address of the channel's kind.
        case noAddress = 8
        /// The folder is missing, full or may not be written.
        case folder = 9
        /// A library is not installed; `detail` is the Debian package.
        case missingLibrary = 10
        /// `amparo-courier` is missing, ended by itself or said something senseless.
        case courier = 11
        /// Stopped by its user.
        case interrupted = 12
        /// The message is too large, or a part of it cannot be sent.
        case message = 13
        /// A program on this machine that sends does not do so; `detail` says how it ended.
        case program = 14
        /// The server wants to be asked elsewhere; nobody follows strangers with an alert.
        case redirect = 15
        /// In practice nothing leaves the machine.
        case practice = 64
    }

    package let kind: Kind
    /// At most 200 printable ASCII characters, for logs and technicians; perhaps a server's words.
    package let detail: String
    /// For how many seconds the server asked to be left alone.
    package let wait: UInt32?

    package init(_ kind: Kind, _ detail: String = "", wait: UInt32? = nil) {
        self.kind = kind
        self.wait = wait
        // A server's words are a stranger's: no control characters reach a terminal or a log.
        self.detail = String(
            decoding: detail.utf8.prefix(200).map { (0x20...0x7E).contains($0) ? $0 : 0x3F },
            as: UTF8.self)
    }

    /// One word, and the detail: `reply: 451 try later`.
    package var description: String { detail.isEmpty ? "\(kind)" : "\(kind): \(detail)" }
}
