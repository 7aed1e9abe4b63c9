internal import Minisign
internal import Platform
internal import Secrets

/// A file signed as `minisign -S` signs it, without its key derivation.
package struct SignatureBench {
    private let report: Report
    private let path: String

    package init(_ report: Report, path: String) {
        self.report = report
        self.path = path
    }

    package func run() throws {
        let file = try LinuxFileSystem().input(path)
        let seconds = try report.best(of: 1) {
            _ = try Prehash(lentBy: { (use) throws(StreamError) in try file.readAhead(use) })
        }
        try report.line("hashing for a signature", seconds, "s")
    }
}
