internal import Age
internal import CommandLineKit
internal import Platform
internal import Secrets
internal import Synchronization
internal import Wording

/// `encrypt --each`: many files, one output for each, on all cores.
///
/// The disk is asked to be done once for a hundred files, before they get their names: a crash
/// leaves each output whole or absent, and ten thousand small files do not wait ten thousand times.
struct EachFile {
    private static let batchCount = 100

    private struct Draft: Sendable {
        let content: SealContent
        let name: String
        let file: any OutputFile
    }

    private let order: SealOrder
    private let sealers: [any Sealer]
    private let signing: InnerSigning?
    private let invocation: Invocation
    private let keyFiles: [FileIdentity]

    init(
        _ order: SealOrder, _ sealers: [any Sealer], _ signing: InnerSigning?,
        _ invocation: Invocation, _ keys: KeyArguments
    ) {
        self.order = order
        self.sealers = sealers
        self.signing = signing
        self.invocation = invocation
        keyFiles = keys.identities
    }

    /// - Throws: The first failure, once everything else is done; the others are told as they come.
    func run() throws {
        try requireNames()
        var first: Failure?
        var failed = 0
        for start in stride(from: 0, to: order.paths.count, by: Self.batchCount) {
            let batch = Array(order.paths[start..<min(start + Self.batchCount, order.paths.count)])
            for (path, result) in zip(batch, try run(batch)) {
                guard case .failure(let failure) = result else { continue }
                if failure.exit == .interrupted { throw failure }
                failed += 1
                if first == nil {
                    first = failure
                } else {
                    invocation.warn(Text(en: "\(path): not encrypted", es: "\(path): no se cifró"))
                }
            }
        }
        if order.removesOriginal, failed < order.paths.count {
            SealOrder.tellAboutRemoval(invocation)
        }
        guard let first else { return }
        let total = order.paths.count
        throw Failure(
            first.exit, first.message,
            hint: Text(
                en: "\(total - failed) of \(total) files were encrypted",
                es: "se cifraron \(total - failed) de \(total) archivos"))
    }

    /// Two inputs of one output would leave one of them, and with `--remove-original` nothing of the
    /// other. Where outputs may be replaced, names count as a memory stick's file system has them.
    private func requireNames() throws(Failure) {
        guard !order.hidesName else { return }
        var taken: [String: String] = [:]
        for path in order.paths {
            let name = order.eachName(of: path)
            let key = invocation.flag("force") ? name.lowercased() : name
            guard let other = taken.updateValue(path, forKey: key) else { continue }
            throw Failure(
                .usage,
                Text(
                    en: "\(other) and \(path) would both become \(name): nothing was encrypted",
                    es: "\(other) y \(path) quedarían los dos como \(name): no se cifró nada"),
                hint: Text(
                    en: "encrypt them one after the other, or as one bundle without --each",
                    es: "cífralos uno por uno, o juntos en un paquete sin --each"))
        }
    }

    private func run(_ batch: [String]) throws -> [Result<Void, Failure>] {
        let drafts = Mutex([Result<Draft, Failure>?](repeating: nil, count: batch.count))
        let next = Atomic(0)
        Threads.run(max(1, min(Threads.coreCount, batch.count, 8))) { [self] _ in
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < batch.count else { return }
                let draft = Result { () throws(Failure) in try seal(batch[index]) }
                drafts.withLock { $0[index] = draft }
            }
        }
        let done = drafts.withLock { $0 }
        let folders = Set(batch.map(folder))
        // One sync for all: the bytes, before any of them has a name.
        let unsynced = failures(folders) { path throws(FileError) in
            try invocation.world.files.syncDisk(of: path)
        }
        let named = zip(batch, done).map { path, draft in
            Result { () throws(Failure) in
                guard let sealed = draft else { throw Failure(.interrupted, Self.interrupted) }
                let draft = try sealed.get()
                if let failure = unsynced[folder(of: path)] { throw failure }
                do throws(FileError) { try draft.file.publish() } catch {
                    throw error.failure(draft.name)
                }
                return draft
            }
        }
        // The names as well; only then may an original go.
        let unnamed = failures(folders) { path throws(FileError) in
            try invocation.world.files.syncDirectory(of: path)
        }
        return zip(batch, named).map { path, draft in
            Result { () throws(Failure) in
                let draft = try draft.get()
                if let failure = unnamed[folder(of: path)] { throw failure }
                try settle(draft)
            }
        }
    }

    /// Where the output of `path` goes.
    private func folder(of path: String) -> String { Path.directory(of: order.eachName(of: path)) }

    private func failures(
        _ folders: Set<String>, _ sync: (String) throws(FileError) -> Void
    ) -> [String: Failure] {
        var failures: [String: Failure] = [:]
        for folder in folders {
            do throws(FileError) { try sync(Path.join(folder, ".")) } catch {
                failures[folder] = error.failure(folder)
            }
        }
        return failures
    }

    private static let interrupted = Text(en: "interrupted", es: "interrumpido")

    private func seal(_ path: String) throws(Failure) -> Draft {
        let name = order.eachName(of: path)
        do {
            let content = try SealContent([path], order, invocation)
            let file: any OutputFile
            do throws(FileError) {
                file = try invocation.world.files.output(
                    name, existing: invocation.flag("force") ? .replace : .refuse,
                    access: .ordinary, inputs: content.identities + keyFiles)
            } catch { throw error.failure(making: name) }
            do throws(AgeError) {
                let sealed = try order.seal(
                    content, signing: signing, into: file, to: sealers,
                    random: invocation.world.random)
                if order.verifies { try sealed.verify(file) }
            } catch {
                throw content.failure?.failure(input: path, output: name)
                    ?? error.failure(input: path, output: name)
            }
            content.finish()
            return Draft(content: content, name: name, file: file)
        } catch let failure as Failure {
            throw failure
        } catch let error as any Explainable {
            throw error.failure
        } catch {
            throw Failure(.failed, Text(en: "\(path): not encrypted", es: "\(path): no se cifró"))
        }
    }

    private func settle(_ draft: Draft) throws(Failure) {
        draft.content.tellLeftOut(invocation)
        try? invocation.print(draft.name)
        guard order.removesOriginal else { return }
        do { try draft.content.removeOriginal(invocation) } catch let failure as Failure {
            throw failure
        } catch {
            throw FileError.system(5).failure(draft.name)
        }
    }
}
