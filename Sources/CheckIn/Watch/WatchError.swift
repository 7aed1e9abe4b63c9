package import CheckIn
package import Database

/// Why the watcher could not do what it was asked.
package enum WatchError: Error, Hashable {
    /// The store refused; nothing of the transaction happened.
    case store(DatabaseError)
    /// A row does not open under the host key, or says something impossible.
    case damagedRow
    /// Another plan of this id is registered with other keys or other terms.
    case differs
    /// The plan has ended; an ended plan is never armed again.
    case ended
    case plan(CheckInError)
}
