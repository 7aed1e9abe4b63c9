internal import Bundles
internal import CommandLineKit
internal import Platform
internal import Synchronization
internal import Wording

/// What `encrypt` reads: one file as it is, or files and folders as one bundle.
final class SealContent: LendingInput {
    private enum Source: Sendable {
        case file(FileInput, path: String?)
        case bundle(BundleSource, Progress?)
    }

    let name: String
    let identities: [FileIdentity]
    private let source: Source
    private let packed = Packed()
    private let leftOut: [Tree.LeftOut]

    /// What went in, to be removed afterwards.
    private final class Packed: Sendable {
        let members = Mutex<[Tree.Member]>([])
    }

    init(_ paths: [String], _ order: SealOrder, _ invocation: Invocation) throws {
        let files = invocation.world.files
        let statuses = try paths.filter { $0 != "-" }.map { path in
            do throws(FileError) { return try files.status(path) } catch {
                throw error.failure(path)
            }
        }
        let known = statuses.compactMap { $0?.identity }
        let holdsFolder = statuses.contains { $0?.kind == .directory }
        let isOneFile = paths.count <= 1 && !holdsFolder
        let readsStream = paths.isEmpty || paths == ["-"]
        let input =
            isOneFile && (readsStream || !order.pads && !order.signs)
            ? try FileInput(
                paths.first, invocation,
                onScreen: FileOutput.isScreen(paths.first, invocation)) : nil
        // What comes through standard input may be a file as well.
        identities = known + [input?.status?.identity].compactMap { $0 }
        name = input?.name ?? paths[0]
        if let input, !order.signs {
            source = .file(input, path: paths.first)
            leftOut = []
            return
        }
        let roots =
            try input.map { [try Spool.root(of: $0)] } ?? paths.map(Tree.Root.init(path:))
        do throws(BundleError) {
            let tree = try Tree(roots, on: files)
            // Looks at everything first: what cannot be packed is better known before than after.
            var walk = tree.walk()
            var total = 0
            while let member = try walk.next() {
                if case .file(let count) = member.kind { total += count }
                if case .input(_, let count) = member.kind { total += count }
            }
            leftOut = walk.leftOut
            let remembers = order.removesOriginal
            let bundle = BundleSource(
                tree, on: files, isOneFile: isOneFile, keepsOwners: order.keepsOwners,
                pads: order.pads
            ) { [packed] member in
                if remembers { packed.members.withLock { $0.append(member) } }
            }
            // A file shows its progress itself.
            source = .bundle(bundle, input == nil ? invocation.progress(total: total) : nil)
        } catch { throw error.failure(input: name, output: "") }
    }

    deinit { finish() }

    var isBundle: Bool { if case .bundle = source { true } else { false } }

    /// Why reading failed, where the stream could not say it.
    var failure: BundleError? {
        if case .bundle(let bundle, _) = source { bundle.failure } else { nil }
    }

    func read(into span: inout MutableSpan<UInt8>) throws(StreamError) -> Int {
        switch source {
        case .file(let input, _): return try input.read(into: &span)
        case .bundle(let bundle, let progress):
            if Interrupts.isRaised { throw .interrupted }
            let count = try bundle.read(into: &span)
            progress?.advance(by: count)
            return count
        }
    }

    /// The one file, when that is all there is.
    private var lender: FileInput? { if case .file(let input, _) = source { input } else { nil } }

    var lendableByteCount: Int { lender?.lendableByteCount ?? 0 }

    func lend(_ range: Range<Int>, to use: (Span<UInt8>) -> Void) throws(StreamError) {
        try lender?.lend(range, to: use)
    }

    func skip(_ count: Int) throws(StreamError) { try lender?.skip(count) }

    func finish() {
        switch source {
        case .file(let input, _): input.finish()
        case .bundle(_, let progress): progress?.finish()
        }
    }

    /// Before the first read, of a content that is to be signed.
    func sign(_ signing: InnerSigning) {
        guard case .bundle(let bundle, _) = source else {
            preconditionFailure("what is signed is a bundle")
        }
        bundle.sign { sum in signing.text(over: sum) }
    }

    func tellLeftOut(_ invocation: Invocation) {
        guard let first = leftOut.first?.path else { return }
        let more = leftOut.count - 1
        invocation.warn(
            more == 0
                ? Text(
                    en: "left out, as it is no file or points elsewhere: \(first)",
                    es: "quedó fuera, porque no es archivo o apunta a otro lado: \(first)")
                : Text(
                    en:
                        "left out, as they are no files or point elsewhere: \(first) and \(more) more",
                    es:
                        "quedaron fuera, porque no son archivos o apuntan a otro lado: \(first) y \(more) más"
                ))
    }

    /// Removes what was read, and nothing that changed or came since.
    func removeOriginal(_ invocation: Invocation) throws {
        let files = invocation.world.files
        switch source {
        case .file(let input, let path):
            guard let path else { return }
            try Self.remove(path, input.status, files)
        case .bundle:
            let members = packed.members.withLock { $0 }
            for member in members {
                if case .folder = member.kind { continue }
                try Self.remove(member.path, member.status, files)
            }
            for member in members.reversed() {
                guard case .folder = member.kind else { continue }
                // Something in it was left out, or is new: then it stays.
                do throws(FileError) { try files.remove(member.path) } catch .notEmpty {
                    invocation.warn(
                        Text(
                            en:
                                "\(member.path) stays: there is something in it that was not packed",
                            es: "\(member.path) se queda: tiene algo que no se empacó"))
                } catch { throw error.failure(member.path) }
            }
        }
    }

    static func remove(
        _ path: String, _ status: FileStatus?, _ files: any FileSystem
    ) throws(Failure) {
        let now: FileStatus?
        do { now = try files.linkStatus(path) } catch { throw error.failure(path) }
        guard let now, now.identity == status?.identity, now.byteCount == status?.byteCount,
            now.modified == status?.modified
        else { throw BundleError.changed(path).failure(input: path, output: path) }
        do { try files.remove(path) } catch { throw error.failure(path) }
    }
}
