internal import CArchive
package import Platform
internal import Secrets
internal import Synchronization

/// A bundle as it is read: files and folders become tar piece by piece, in constant memory.
///
/// A global header that marks it, a pax entry for each member, its signature if there is one, two
/// zero blocks, and zeros up to a whole number of 10,240 bytes as tar has written since tapes, or up
/// to a length that tells little. Names, contents and times are recorded; owners only when asked.
package final class BundleSource: ByteInput {
    /// What a tar is filled up to: 20 blocks.
    package static let record = 20 * BundleMark.block
    private static let pieceByteCount = 65_536

    /// Makes the text of a signature over 64 bytes.
    package typealias Signing = @Sendable (_ sum: [UInt8]) -> [UInt8]

    private struct Open: Sendable {
        let input: any ByteInput
        let member: Tree.Member
        var left: Int
    }

    private struct State: Sendable {
        var walk: Tree.Walk
        let tar = TarWriter()
        var mark: ArraySlice<UInt8>
        var open: Open?
        var signing: (sum: BundleSum, sign: Signing)?
        /// The name of the latest member.
        var latest = ""
        var written = 0
        var zeros: Int?
        var piece = [UInt8](repeating: 0, count: pieceByteCount)
        var failure: BundleError?
    }

    private let files: any FileSystem
    private let names: OwnerNames?
    private let pads: Bool
    private let packed: @Sendable (Tree.Member) -> Void
    private let traits: BundleTraits
    private let state: Mutex<State>

    /// - Parameters:
    ///   - isOneFile: Whether the tree is one regular file.
    ///   - keepsOwners: Records who owns each file, by number and name.
    ///   - pads: Fills up to a Padmé length.
    ///   - packed: Is told of each member once all of it was read.
    package init(
        _ tree: Tree, on files: any FileSystem, isOneFile: Bool = false, keepsOwners: Bool = false,
        pads: Bool = false, packed: @escaping @Sendable (Tree.Member) -> Void = { _ in }
    ) {
        self.files = files
        self.pads = pads
        self.packed = packed
        names = keepsOwners ? OwnerNames(files) : nil
        traits = isOneFile ? .oneFile : []
        state = Mutex(State(walk: tree.walk(), mark: BundleMark.bytes(traits)[...]))
    }

    deinit { state.withLock { Zeroing.zero(&$0.piece) } }

    /// Why reading failed, if it did.
    package var failure: BundleError? { state.withLock { $0.failure } }

    /// Puts a signature behind the last member. Before the first read.
    package func sign(_ sign: @escaping Signing) {
        let sum = BundleSum(isOneFile: traits.contains(.oneFile), keepsList: true)
        state.withLock { state in
            state.mark = BundleMark.bytes(traits.union(.signed))[...]
            state.signing = (sum, sign)
        }
    }

    package func read(into span: inout MutableSpan<UInt8>) throws(StreamError) -> Int {
        guard span.count > 0 else { return 0 }
        return try state.withLock { (state) throws(StreamError) in
            do throws(BundleError) {
                return try read(&state, into: &span)
            } catch {
                state.failure = error
                throw .failed(code: 5)
            }
        }
    }

    private func read(
        _ state: inout State, into span: inout MutableSpan<UInt8>
    ) throws(BundleError) -> Int {
        while true {
            let count: Int
            if !state.mark.isEmpty {
                count = span.copyFront(of: state.mark)
                state.mark = state.mark.dropFirst(count)
            } else {
                count = state.tar.take(into: &span)
            }
            state.written += count
            if count > 0 { return count }
            if let zeros = state.zeros { return fill(&state, zeros, &span) }
            try step(&state)
        }
    }

    /// Writes one more piece into the tar.
    private func step(_ state: inout State) throws(BundleError) {
        if let open = state.open {
            try copy(&state, open)
        } else if let member = try state.walk.next() {
            try begin(&state, member)
        } else {
            if let signing = state.signing { try add(&state, signing.sum, signing.sign) }
            state.tar.end()
            // The rest of the last block and two of zeros are still to be taken.
            let end = state.written + state.tar.waiting
            let filled = (end + Self.record - 1) / Self.record * Self.record
            state.zeros = (pads ? Padme.length(filled) : filled) - end
        }
    }

    private func fill(_ state: inout State, _ zeros: Int, _ span: inout MutableSpan<UInt8>) -> Int {
        let count = min(zeros, span.count)
        for index in 0..<count { span[index] = 0 }
        state.zeros = zeros - count
        return count
    }

    private func begin(_ state: inout State, _ member: Tree.Member) throws(BundleError) {
        let name = member.name.joined(separator: "/")
        var kind = AMPARO_TAR_FILE
        var byteCount = 0
        var target: String?
        switch member.kind {
        case .file(let count), .input(_, let count): byteCount = count
        case .folder: kind = AMPARO_TAR_DIRECTORY
        case .link(let path): (kind, target) = (AMPARO_TAR_LINK, path)
        }
        let isProgram = kind == AMPARO_TAR_FILE && (member.status?.mode ?? 0) & 0o100 != 0
        guard
            state.tar.begin(
                name, kind, byteCount: byteCount, isProgram: isProgram,
                modified: member.status?.modified ?? Instant(milliseconds: 0), target: target,
                owner: owner(of: member))
        else { throw .unusableName(member.path) }
        state.latest = name
        let sum = state.signing?.sum
        switch member.kind {
        case .folder:
            sum?.addFolder(name)
            packed(member)
        case .link(let target):
            sum?.addLink(name, to: target)
            packed(member)
        case .input(let input, _): state.open = Open(input: input, member: member, left: byteCount)
        case .file:
            do throws(FileError) {
                let file = try files.input(member.path)
                // Something else may have taken its place since it was looked at.
                guard file.status.kind == .regular,
                    file.status.identity == member.status?.identity
                else { throw .notRegular }
                state.open = Open(input: file, member: member, left: byteCount)
            } catch .notRegular {
                throw .changed(member.path)
            } catch { throw .unreadable(member.path, error) }
        }
    }

    private func copy(_ state: inout State, _ open: Open) throws(BundleError) {
        let path = open.member.path
        // At the end one byte more is asked for: the file may have grown.
        let wanted = max(1, min(open.left, state.piece.count))
        var piece = state.piece.mutableSpan
        let count: Int
        do throws(StreamError) {
            count = try piece.withPart(0..<wanted) { (part) throws(StreamError) in
                try open.input.read(into: &part)
            }
        } catch { throw .unreadable(path, FileError(error)) }
        if Interrupts.isRaised { throw .unreadable(path, .interrupted) }
        guard open.left > 0 else {
            guard count == 0 else { throw .changed(path) }
            state.open = nil
            state.signing?.sum.addFile(state.latest)
            packed(open.member)
            return
        }
        guard count > 0 else { throw .changed(path) }
        state.signing?.sum.update(state.piece.span.extracting(0..<count))
        state.tar.write(state.piece.span.extracting(0..<count))
        state.open?.left -= count
    }

    /// Of one file the signature stands beside it; of anything else, beside the list of all of it.
    private func add(
        _ state: inout State, _ sum: BundleSum, _ sign: Signing
    ) throws(BundleError) {
        var name = state.latest
        let list = sum.list
        if !traits.contains(.oneFile) {
            name = BundleSignature.listName
            try add(&state, name, list)
        }
        try add(&state, name + BundleSignature.suffix, sign(sum.finish()))
    }

    private func add(
        _ state: inout State, _ name: String, _ bytes: [UInt8]
    ) throws(BundleError) {
        guard
            state.tar.begin(
                name, AMPARO_TAR_FILE, byteCount: bytes.count, isProgram: false,
                modified: Instant(milliseconds: 0), target: nil, owner: TarWriter.Owner())
        else { throw .unusableName(name) }
        state.tar.write(bytes.span)
    }

    private func owner(of member: Tree.Member) -> TarWriter.Owner {
        guard let names, let status = member.status else { return TarWriter.Owner() }
        return TarWriter.Owner(
            user: status.owner, group: status.group, userName: names.user(status.owner),
            groupName: names.group(status.group))
    }
}
