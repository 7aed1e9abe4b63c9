package import Platform

/// Takes what is unpacked and keeps none of it: files pass on through a pipe, or are only looked at.
package final class PassingFolder: NewFolder {
    private let output: (any ByteOutput)?

    /// - Parameter output: Where the contents of files go.
    package init(to output: (any ByteOutput)?) { self.output = output }

    package func createDirectory(_ name: [String]) {}

    package func createFile(_ name: [String], isProgram: Bool) -> any NewFile {
        PassingFile(output: output)
    }

    package func createLink(_ name: [String], to target: String) {}
    package func createHardLink(_ name: [String], to existing: [String]) {}

    package func names() -> [String] { [] }
    package func commit(only: String?) {}
}

private struct PassingFile: NewFile {
    let output: (any ByteOutput)?

    func write(_ bytes: Span<UInt8>) throws(StreamError) { try output?.write(bytes) }
    func setModified(_ time: Instant) {}
}
