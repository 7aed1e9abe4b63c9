internal import Platform
internal import Primitives
internal import Synchronization

/// What the machine allows: every core seals, or opens, chunks that lie in its cache, and no byte
/// moves anywhere else. What whole files are measured against.
package struct BulkBench {
    private static let chunkByteCount = 65_536
    /// Chunks between two looks at what is left.
    private static let batch = 16

    private let report: Report

    package init(_ report: Report) { self.report = report }

    package func run(mebibytes: Int) throws {
        let seconds = report.best(of: 1) { share(mebibytes, Self.seal) }
        try report.line("sealing \(mebibytes) MiB, \(Threads.coreCount) cores", seconds, "s")
        let opening = report.best(of: 1) { share(mebibytes, Self.open) }
        try report.line("opening \(mebibytes) MiB, \(Threads.coreCount) cores", opening, "s")
    }

    private func share(_ mebibytes: Int, _ work: @escaping @Sendable (Left) -> Void) {
        let left = Left(mebibytes * (1 << 20) / Self.chunkByteCount / Self.batch)
        Threads.run(min(Threads.coreCount, 64)) { _ in work(left) }
    }

    private final class Left: Sendable {
        private let count: Atomic<Int>

        init(_ count: Int) { self.count = Atomic(count) }

        func take() -> Bool { count.subtract(1, ordering: .relaxed).newValue >= 0 }
    }

    private static let key = [UInt8](repeating: 1, count: 32)
    private static let nonce = [UInt8](repeating: 2, count: 12)

    private static func seal(_ left: Left) {
        let text = [UInt8](repeating: 3, count: chunkByteCount)
        var box = [UInt8](repeating: 0, count: chunkByteCount + ChaChaPoly.tagByteCount)
        var out = box.mutableSpan
        while left.take() {
            for _ in 0..<batch {
                ChaChaPoly.seal(text.span, into: &out, key: key.span, nonce: nonce.span)
            }
        }
    }

    private static func open(_ left: Left) {
        var text = [UInt8](repeating: 3, count: chunkByteCount)
        var box = [UInt8](repeating: 0, count: chunkByteCount + ChaChaPoly.tagByteCount)
        var sealed = box.mutableSpan
        ChaChaPoly.seal(text.span, into: &sealed, key: key.span, nonce: nonce.span)
        var out = text.mutableSpan
        do throws(PrimitiveError) {
            while left.take() {
                for _ in 0..<batch {
                    try ChaChaPoly.open(box.span, into: &out, key: key.span, nonce: nonce.span)
                }
            }
        } catch { preconditionFailure("a box of our own does not open") }
    }
}
