internal import Bundles
internal import Platform
internal import Synchronization

/// Where the text of a file goes: a bundle is taken apart beside, anything else passes through.
final class UnpackingOutput: ByteOutput {
    private struct Work: Sendable {
        let conduit: Conduit
        let companion: Companion
    }

    private enum State: Sendable {
        case undecided([UInt8])
        case plain
        case bundle(Work)
        case over
    }

    private struct Result: Sendable {
        var only: String?
        var failure: BundleError?
    }

    private let plain: any ByteOutput
    private let makeFolder: @Sendable () throws(FileError) -> any NewFolder
    private let state = Mutex(State.undecided([]))
    private let folder = Mutex<(any NewFolder)?>(nil)
    private let result = Outcome()

    private final class Outcome: Sendable {
        let value = Mutex(Result())
    }

    /// - Parameter folder: Called once, for a bundle.
    init(
        plain: any ByteOutput, folder: @escaping @Sendable () throws(FileError) -> any NewFolder
    ) {
        self.plain = plain
        makeFolder = folder
    }

    deinit { stop() }

    func write(_ bytes: Span<UInt8>) throws(StreamError) {
        try state.withLock { (state) throws(StreamError) in
            switch state {
            case .plain: try plain.write(bytes)
            case .bundle(let work): try work.conduit.write(bytes)
            case .over: throw .closed
            case .undecided(var front):
                front.append(copying: bytes)
                switch BundleMark.judge(front) {
                case .needs: state = .undecided(front)
                case .other:
                    state = .plain
                    try plain.write(front.span)
                case .bundle:
                    let work = try begin()
                    state = .bundle(work)
                    try work.conduit.write(front.span)
                }
            }
        }
    }

    /// After the last byte, when all of it is known to be whole.
    ///
    /// - Returns: The folder to commit, and what is alone in it; nil for what was no bundle.
    func finish() throws(BundleError) -> (folder: any NewFolder, only: String?)? {
        do throws(StreamError) {
            try state.withLock { (state) throws(StreamError) in
                // Too short for a bundle.
                guard case .undecided(let front) = state else { return }
                state = .plain
                if !front.isEmpty { try plain.write(front.span) }
            }
        } catch { throw .output(FileError(error)) }
        stop()
        if let failure { throw failure }
        guard let folder = folder.withLock({ $0 }) else { return nil }
        return (folder, result.value.withLock { $0.only })
    }

    /// Why unpacking ended early, if it did.
    var failure: BundleError? { result.value.withLock { $0.failure } }

    /// Waits for the other thread, whatever has happened.
    func stop() {
        let work: Work? = state.withLock { state in
            defer { state = .over }
            guard case .bundle(let work) = state else { return nil }
            return work
        }
        work?.conduit.end()
        work?.companion.join()
    }

    private func begin() throws(StreamError) -> Work {
        let conduit = Conduit()
        do throws(FileError) {
            let made = try makeFolder()
            folder.withLock { $0 = made }
            let companion = try Companion { [result] in
                defer { conduit.close() }
                do throws(BundleError) {
                    var unpacking = Unpacking(into: made)
                    let only = try unpacking.unpack(conduit)
                    result.value.withLock { $0.only = only }
                } catch {
                    result.value.withLock { $0.failure = error }
                }
            }
            return Work(conduit: conduit, companion: companion)
        } catch {
            result.value.withLock { $0.failure = .output(error) }
            throw .closed
        }
    }
}
