internal import AgeStream
package import Platform
internal import Secrets

/// What is left of sealing a file: enough to prove that the bytes on a disk are the ones that were
/// sealed. Opens that one file, so it is kept no longer than that takes.
package final class SealProof: Sendable {
    /// Header and nonce.
    private let front: [UInt8]
    private let key: SharedSecret
    private let form: FileForm

    init(front: [UInt8], key: SharedSecret, form: FileForm) {
        self.front = front
        self.key = key
        self.form = form
    }

    /// Reads the file again from its first byte and writes its text.
    ///
    /// - Throws: `.headerNotAuthentic` for another header, and what opening can meet.
    package func open(_ file: any ByteInput, into output: any ByteOutput) throws(AgeError) {
        let source = try FileSource(file, expecting: form)
        guard try source.bytes(front.count) == front else { throw .headerNotAuthentic }
        do throws(PipelineError<SourceError>) {
            try Payload.open(key: key, to: output) { (span) throws(SourceError) in
                try source.read(into: &span)
            }
        } catch { throw AgeError(error) }
    }
}
