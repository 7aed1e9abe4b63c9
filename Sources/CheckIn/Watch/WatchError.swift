package import CheckIn
package import Platform
internal import Database

/// Why the watcher could not do what it was asked.
package enum WatchError: Error, Hashable {
    /// The store refused; nothing of the transaction happened.
    case store(StoreFailure)
    /// A row does not open under the host key, or says something impossible.
    case damagedRow
    /// Another plan of this id is registered with other keys or other terms.
    case differs
    /// The plan has ended; an ended plan is never armed again.
    case ended
    case plan(CheckInError)
    /// A change that was made before the newest one was taken; the number of that one.
    case epoch(UInt32)
    /// One rehearsal a day; the next one may begin then.
    case tooSoon(Instant)
    /// A check-in is missing: the plan is not let go of.
    case alarming
}

extension WatchError {
    /// Whether the same may go well a little later, without anybody's doing.
    package var mayPass: Bool {
        switch self {
        case .store(.damaged), .damagedRow, .differs, .ended, .plan, .epoch, .tooSoon,
            .alarming:
            false
        case .store(.full), .store(.readOnly), .store(.busy), .store(.failed): true
        }
    }
}

/// What kept a store from its work.
package enum StoreFailure: Error, Hashable {
    /// No space is left on the medium.
    case full
    case readOnly
    /// Another process holds it.
    case busy
    /// No store, another program's or vault's, or pages that cannot be.
    case damaged
    /// The database's words for anything else.
    case failed(String)

    init(_ error: DatabaseError) {
        switch error {
        case .full: self = .full
        case .readOnly: self = .readOnly
        case .busy: self = .busy
        case .corrupt, .notADatabase, .schemaMismatch: self = .damaged
        default: self = .failed("\(error)")
        }
    }
}
