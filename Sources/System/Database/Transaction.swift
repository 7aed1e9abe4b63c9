extension Database {
    package enum Transaction: String, Sendable {
        /// One unchanging view for several reads.
        case deferred = "BEGIN"
        /// Takes the only writer's place at once, so that nothing read before can go stale.
        case immediate = "BEGIN IMMEDIATE"
    }

    /// Runs `body` whole or not at all: durable when this returns, undone when it throws.
    @discardableResult
    package func transaction<R>(
        _ kind: Transaction = .immediate, _ body: () throws(DatabaseError) -> R
    ) throws(DatabaseError) -> R {
        try transaction(kind, wrapping: { $0 }, body)
    }

    /// The same for a body with errors of its own; `wrapping` turns SQLite's into them.
    @discardableResult
    package func transaction<R, E: Error>(
        _ kind: Transaction = .immediate, wrapping: (DatabaseError) -> E,
        _ body: () throws(E) -> R
    ) throws(E) -> R {
        do { try execute(kind.rawValue) } catch { throw wrapping(error) }
        let result: R
        do {
            result = try body()
        } catch {
            rollBack()
            throw error
        }
        do {
            try execute("COMMIT")
        } catch {
            // A refused commit (busy, full) leaves the transaction open.
            rollBack()
            throw wrapping(error)
        }
        return result
    }

    /// Errors are of no use here: after a severe one SQLite has rolled back by itself, and what is
    /// left of a failed rollback is undone by the next open.
    private func rollBack() {
        try? execute("ROLLBACK")
    }
}
