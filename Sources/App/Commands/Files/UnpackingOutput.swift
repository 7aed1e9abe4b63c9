internal import Bundles
internal import Platform
internal import Synchronization

/// Where the text of a file goes: a bundle is taken apart, anything else passes through.
///
/// Into a stream goes the content of a bundle that was made of one file, and any other bundle as it
/// is; what is signed is summed up on its way.
final class UnpackingOutput: ByteOutput {
    private struct Work: Sendable {
        let conduit: Conduit
        let companion: Companion
        /// Where the bundle itself goes as well.
        let copy: (any ByteOutput)?

        func write(_ bytes: Span<UInt8>) throws(StreamError) {
            try copy?.write(bytes)
            try conduit.write(bytes)
        }
    }

    /// A bundle that was taken apart.
    struct Unpacked: Sendable {
        let result: Unpacking.Result
        /// To be committed; nil when its content went into a stream.
        let folder: (any NewFolder)?
    }

    private enum State: Sendable {
        case undecided([UInt8])
        case plain
        case bundle(Work)
        case over
    }

    private let plain: any ByteOutput
    private let folderName: String?
    private let files: any FileSystem
    private let state = Mutex(State.undecided([]))
    private let folder = Mutex<(any NewFolder)?>(nil)
    private let outcome = Outcome()
    private let text = Mutex(SignedText())

    private final class Outcome: Sendable {
        let value = Mutex<Result<Unpacking.Result, BundleError>?>(nil)
    }

    /// - Parameter folder: Where a bundle goes; nil for a stream.
    init(plain: any ByteOutput, folder: String?, on files: any FileSystem) {
        self.plain = plain
        folderName = folder
        self.files = files
    }

    deinit { stop() }

    func write(_ bytes: Span<UInt8>) throws(StreamError) {
        try state.withLock { (state) throws(StreamError) in
            switch state {
            case .plain: try pass(bytes)
            case .bundle(let work): try work.write(bytes)
            case .over: throw .closed
            case .undecided(var front):
                front.append(copying: bytes)
                switch BundleMark.judge(front) {
                case .needs: state = .undecided(front)
                case .other:
                    state = .plain
                    try pass(front.span)
                case .bundle(let traits):
                    if folderName == nil, traits.isEmpty {
                        state = .plain
                        try pass(front.span)
                    } else {
                        let work = try begin(traits)
                        state = .bundle(work)
                        try work.write(front.span)
                    }
                }
            }
        }
    }

    /// After the last byte, when all of it is known to be whole.
    ///
    /// - Returns: nil for what was no bundle, or passed on as it was.
    func finish() throws(BundleError) -> Unpacked? {
        do throws(StreamError) {
            try state.withLock { (state) throws(StreamError) in
                // Too short for a bundle.
                guard case .undecided(let front) = state else { return }
                state = .plain
                if !front.isEmpty { try pass(front.span) }
            }
        } catch { throw .output(FileError(error)) }
        stop()
        guard let outcome = outcome.value.withLock({ $0 }) else { return nil }
        return Unpacked(result: try outcome.get(), folder: folder.withLock { $0 })
    }

    private func pass(_ bytes: Span<UInt8>) throws(StreamError) {
        text.withLock { $0.add(bytes) }
        try plain.write(bytes)
    }

    /// Of a text that ends with one; to be asked once, at the end.
    func takeSignature() -> BundleSignature? { text.withLock { $0.take() } }

    /// Why unpacking ended early, if it did.
    var failure: BundleError? {
        if case .failure(let failure) = outcome.value.withLock({ $0 }) { failure } else { nil }
    }

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

    private func begin(_ traits: BundleTraits) throws(StreamError) -> Work {
        let conduit = Conduit()
        do throws(FileError) {
            let made = try folderName.map(files.newFolder)
            folder.withLock { $0 = made }
            let passesContent = made == nil && traits.contains(.oneFile)
            let target = made ?? PassingFolder(to: passesContent ? plain : nil)
            let companion = try Companion { [outcome] in
                defer { conduit.close() }
                var unpacking = Unpacking(into: target, traits)
                let result = Result { () throws(BundleError) in try unpacking.unpack(conduit) }
                outcome.value.withLock { $0 = result }
            }
            return Work(
                conduit: conduit, companion: companion,
                copy: made == nil && !passesContent ? plain : nil)
        } catch {
            outcome.value.withLock { $0 = .failure(.output(error)) }
            throw .closed
        }
    }
}
