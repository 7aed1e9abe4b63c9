package import CheckIn
package import Encoding
package import Platform

/// An entry of the watcher's log as its reader gets it: always with what the chain is made of, and
/// with what it says only where that is the reader's.
package struct AuditLink: Hashable, Sendable {
    package let number: UInt64
    package let at: Instant
    /// BLAKE2b-256 of the fields.
    package let digest: [UInt8]
    /// Of the chain up to this entry.
    package let hash: [UInt8]
    package let fields: FieldList?

    package init(_ entry: AuditEntry, isShown: Bool) {
        number = entry.number
        at = entry.at
        digest = entry.digest
        hash = entry.hash
        fields = isShown ? entry.fields : nil
    }

    /// Whether it stands after an entry of this hash, and says what was hashed.
    package func follows(_ previous: [UInt8]) -> Bool {
        guard hash == AuditEntry.hash(after: previous, number: number, at: at, digest: digest)
        else {
            return false
        }
        return entry.map { $0.digest == digest } ?? true
    }

    /// What it says, where it is shown.
    package var entry: AuditEntry? {
        fields.map { AuditEntry(number: number, at: at, fields: $0, hash: hash) }
    }

    // Fields: 1 number u64, 2 moment, 3 digest, 4 fields, 5 hash.
    var wire: FieldList {
        FieldList(
            [Field(1, u64: number), Field(2, at), Field(3, digest)]
                + (fields.map { [Field(4, $0.serialized())] } ?? []) + [Field(5, hash)])
    }

    init?(_ list: FieldList) {
        guard let number = list.u64(1), let at = list.instant(2), let digest = list.first(3),
            let hash = list.first(5), digest.count == 32, hash.count == 32
        else { return nil }
        self.number = number
        self.at = at
        self.digest = digest
        self.hash = hash
        if let bytes = list.first(4) {
            guard let fields = try? FieldList(parsing: bytes[...]) else { return nil }
            self.fields = fields
        } else {
            fields = nil
        }
    }
}

/// How far a reader has followed a watcher's log.
package struct AuditHead: Hashable, Sendable {
    package let number: UInt64
    package let hash: [UInt8]

    package static let start = AuditHead(number: 0, hash: AuditEntry.start)

    package init(number: UInt64, hash: [UInt8]) {
        self.number = number
        self.hash = hash
    }

    /// The head after `links`.
    ///
    /// - Returns: nil where they do not follow: the log was cut, altered or begun anew.
    package func followed(by links: [AuditLink]) -> AuditHead? {
        var head = self
        for link in links {
            guard link.number == head.number + 1, link.follows(head.hash) else { return nil }
            head = AuditHead(number: link.number, hash: link.hash)
        }
        return head
    }
}

extension WatchEngine {
    /// Longest piece of the log that is handed out at once.
    package static let logPiece = 20_000

    /// The log from an entry on. About other plans, and about what a screen may not show, only
    /// hashes.
    package func log(after number: UInt64, plan id: PlanID?) throws(WatchError) -> [AuditLink] {
        try transaction { (tables, _) throws(WatchError) in
            var hidden: Set<[UInt8]> = []
            if let id {
                for delivery in try tables.deliveries(id) where !delivery.kind.isShown {
                    hidden.insert(delivery.id.bytes)
                }
            }
            return try tables.audit(after: number).prefix(Self.logPiece).map { entry in
                let isMine = entry.plan == nil || entry.plan == id
                let isShown =
                    entry.event != .duress
                    && !(entry.delivery.map { hidden.contains($0) } ?? false)
                return AuditLink(entry, isShown: isMine && isShown)
            }
        }
    }
}

extension MessageKind {
    /// Whether the journalist's own screen may show that such a message went out.
    var isShown: Bool {
        switch self {
        case .duress, .held: false
        case .reminder, .holdReminder, .alert, .allClear, .undeliverable, .ended, .paused,
            .resumed, .drill, .wrongCodes, .retracted, .edited, .extended, .daily:
            true
        }
    }
}
