package import Platform

/// What goes into a bundle: files and folders by the paths that the user typed.
package struct Tree: Sendable {
    /// One thing at the top of the bundle.
    package struct Root: Sendable {
        package enum Source: Sendable {
            case path(String)
            /// A file that comes from elsewhere, such as standard input.
            case input(any ByteInput, byteCount: Int)
        }

        /// Its name in the bundle; nil for a folder whose contents are at the top themselves.
        let name: String?
        let source: Source

        package init(name: String, input: any ByteInput, byteCount: Int) {
            self.name = name
            source = .input(input, byteCount: byteCount)
        }

        /// Named as the last part of the path. `.`, `..` and `/` have no name of their own.
        package init(path: String) {
            let last = Path.name(of: path)
            name = ["", ".", ".."].contains(last) ? nil : last
            source = .path(path)
        }
    }

    /// One file, folder or link on the way into the bundle.
    package struct Member: Sendable {
        package enum Kind: Sendable {
            case file(byteCount: Int)
            case folder
            case link(target: String)
            case input(any ByteInput, byteCount: Int)
        }

        /// Its name in the bundle.
        package let name: [String]
        /// Where it lies; its name for `.input`.
        package let path: String
        package let kind: Kind
        package let status: FileStatus?
    }

    /// What is not packed: it would be refused when the bundle is opened.
    package enum LeftOut: Hashable, Sendable {
        case leavingLink(String)
        /// A device, FIFO or socket.
        case special(String)

        package var path: String {
            switch self {
            case .leavingLink(let path), .special(let path): path
            }
        }
    }

    private let roots: [Root]
    private let files: any FileSystem

    /// - Throws: `.twice` when two roots have one name.
    package init(_ roots: [Root], on files: any FileSystem) throws(BundleError) {
        // A signed bundle brings two names of its own.
        var names: Set = [
            BundleSignature.listName, BundleSignature.listName + BundleSignature.suffix,
        ]
        for name in roots.compactMap(\.name) where !names.insert(name).inserted {
            throw .twice(name)
        }
        self.roots = roots
        self.files = files
    }

    /// A walk over all of it, folders before what is in them, names in order. Its memory is the
    /// names of the folders that it is in.
    package func walk() -> Walk { Walk(roots, files) }

    package struct Walk: Sendable {
        private enum Step: Sendable {
            case root(Root)
            case below(path: String, name: [String])
        }

        private let files: any FileSystem
        /// The next one is the last.
        private var steps: [Step]
        private var count = 0
        package private(set) var leftOut: [LeftOut] = []

        init(_ roots: [Root], _ files: any FileSystem) {
            self.files = files
            steps = roots.reversed().map(Step.root)
        }

        /// - Returns: nil at the end.
        package mutating func next() throws(BundleError) -> Member? {
            while let step = steps.popLast() {
                guard let member = try member(at: step) else { continue }
                guard count < BundleLimits.entries else { throw .refused(.tooMany) }
                count += 1
                return member
            }
            return nil
        }

        /// - Returns: nil for what is left out, and for a folder without a name.
        private mutating func member(at step: Step) throws(BundleError) -> Member? {
            switch step {
            case .root(let root):
                switch root.source {
                case .input(let input, let byteCount):
                    let name = root.name ?? ""
                    return Member(
                        name: [name], path: name, kind: .input(input, byteCount: byteCount),
                        status: nil)
                case .path(let path):
                    // What the user names is followed, if it is a link.
                    let status = try found(
                        path,
                        { (path) throws(FileError) in
                            try files.status(path)
                        })
                    return try member(status, at: path, named: root.name.map { [$0] } ?? [])
                }
            case .below(let path, let name):
                let status = try found(
                    path,
                    { (path) throws(FileError) in
                        try files.linkStatus(path)
                    })
                return try member(status, at: path, named: name)
            }
        }

        private mutating func member(
            _ status: FileStatus, at path: String, named name: [String]
        ) throws(BundleError) -> Member? {
            guard name.count <= BundleLimits.depth,
                name.reduce(name.count, { $0 + $1.utf8.count }) <= BundleLimits.pathByteCount
            else { throw .unusableName(path) }
            switch status.kind {
            case .regular:
                return Member(
                    name: name, path: path, kind: .file(byteCount: status.byteCount),
                    status: status)
            case .directory:
                let names: [String]
                do { names = try files.list(path) } catch { throw .unreadable(path, error) }
                for inner in names.reversed() {
                    steps.append(.below(path: Path.join(path, inner), name: name + [inner]))
                }
                guard !name.isEmpty else { return nil }
                return Member(name: name, path: path, kind: .folder, status: status)
            case .link:
                let target: String
                do { target = try files.linkTarget(path) } catch {
                    throw .unreadable(path, error)
                }
                let written = try MemberName(parsing: name.joined(separator: "/"))
                guard written?.mayPoint(to: target) == true else {
                    leftOut.append(.leavingLink(path))
                    return nil
                }
                return Member(name: name, path: path, kind: .link(target: target), status: status)
            case .pipe, .device, .disk, .socket:
                leftOut.append(.special(path))
                return nil
            }
        }

        private func found(
            _ path: String, _ look: (String) throws(FileError) -> FileStatus?
        ) throws(BundleError) -> FileStatus {
            // A name in another encoding comes with this sign in it, and then is not found.
            guard !path.unicodeScalars.contains("\u{FFFD}") else { throw .unusableName(path) }
            do throws(FileError) {
                guard let status = try look(path) else { throw .notFound }
                return status
            } catch { throw .unreadable(path, error) }
        }
    }
}
