package import AgeFormat
internal import AgeStream
package import Platform
internal import Primitives
package import Secrets

/// An age file on its way to being opened: header first, then the right key, then the text.
package final class SealedFile: Sendable {
    static let nonceByteCount = 16

    private let source: FileSource
    private let header: Header

    /// Reads the header, and nothing of the payload.
    ///
    /// - Parameter form: nil to find out.
    package init(reading input: any ByteInput, form: FileForm? = nil) throws(AgeError) {
        source = try FileSource(input, expecting: form)
        header = try source.header()
        guard
            !header.stanzas.contains(where: { $0.type == FilePassphrase.type })
                || header.stanzas.count == 1
        else { throw .header(.passphraseNotAlone) }
    }

    package var form: FileForm { source.form }

    /// The kinds of keys that the file is sealed to, one word for each.
    package var kinds: [String] { header.stanzas.map(\.type) }

    /// What the header says to anybody who looks.
    package var stanzas: [Stanza] { header.stanzas }

    package var headerByteCount: Int { header.serialized().count }

    /// Reads to the end.
    ///
    /// - Returns: Bytes of the text; nil when no whole file has this length. Once.
    package func measure() throws(AgeError) -> Int? {
        var piece = [UInt8](repeating: 0, count: 1 << 18)
        var span = piece.mutableSpan
        var total = 0
        do throws(SourceError) {
            while true {
                let count = try source.read(into: &span)
                if count == 0 { break }
                total += count
            }
        } catch { throw AgeError(error) }
        return Self.plainByteCount(afterHeader: total)
    }

    /// Bytes of text in a file that has this many bytes after its header.
    package static func plainByteCount(afterHeader count: Int) -> Int? {
        Payload.plainByteCount(count - nonceByteCount)
    }

    package var wantsPassphrase: Bool { kinds == [FilePassphrase.type] }

    /// Finds the file key and proves that the header is the one that was sealed with it.
    ///
    /// - Throws: `.noMatch` when none of the openers has the key.
    package func unlock(_ openers: [any Opener]) throws(AgeError) -> UnlockedFile {
        for opener in openers {
            guard let fileKey = try opener.unwrap(header.stanzas) else { continue }
            let mac = HeaderMAC.compute(over: header.authenticated, fileKey: fileKey)
            let expected = header.mac
            guard constantTimeEqual(mac.span, expected.span) else { throw .headerNotAuthentic }
            let nonce = try source.bytes(Self.nonceByteCount)
            guard nonce.count == Self.nonceByteCount else { throw .header(.truncated) }
            let key = PayloadKey.derive(fileKey, nonce: nonce)
            return UnlockedFile(
                source, opener: opener, key: key, fileKey: SharedSecret(fileKey), nonce: nonce)
        }
        throw .noMatch
    }
}

/// A file whose key was found.
package final class UnlockedFile: Sendable {
    /// The one among the openers that had the key.
    package let opener: any Opener
    private let source: FileSource
    private let key: SharedSecret
    private let fileKey: SharedSecret
    private let nonce: [UInt8]

    init(
        _ source: FileSource, opener: any Opener, key: SharedSecret, fileKey: SharedSecret,
        nonce: [UInt8]
    ) {
        self.source = source
        self.opener = opener
        self.key = key
        self.fileKey = fileKey
        self.nonce = nonce
    }

    package var form: FileForm { source.form }

    /// Writes the text. Every byte written is authentic, but only when this returns is it whole.
    /// Once.
    package func open(into output: any ByteOutput) throws(AgeError) {
        do throws(PipelineError<SourceError>) {
            try Payload.open(key: key, to: output) { [source] (span) throws(SourceError) in
                try source.read(into: &span)
            }
        } catch { throw AgeError(error) }
    }

    /// Writes the same file for others: a new header around the same payload, which is proved on
    /// the way. Only when this returns is it whole. Once, in place of `open`.
    package func rewrap(
        to sealers: [any Sealer], into output: any ByteOutput, form: FileForm,
        random: any RandomSource = SystemRandom()
    ) throws(AgeError) {
        let header = try Age.header(wrapping: fileKey.bytes, to: sealers, random: random)
        let armor = try Age.writer(form, over: output)
        let target = armor ?? output
        do { try target.write((header.serialized() + nonce).span) } catch { throw .output(error) }
        do throws(PipelineError<TransferError>) {
            try Payload.open(key: key, to: Nowhere()) { [source] (span) throws(TransferError) in
                let count: Int
                do throws(SourceError) {
                    count = try source.read(into: &span)
                } catch { throw .source(error) }
                do throws(StreamError) {
                    try target.write(span.span.extracting(0..<count))
                } catch { throw .target(error) }
                return count
            }
        } catch {
            switch error {
            case .input(.source(let error)): throw AgeError(error)
            case .input(.target(let error)), .output(let error): throw .output(error)
            case .payload(let error): throw .payload(error)
            }
        }
        do { try armor?.finish() } catch { throw .output(error) }
    }
}

/// Why sealed bytes could not be carried over.
enum TransferError: Error {
    case source(SourceError)
    case target(StreamError)
}

/// Takes a text that only had to be proved.
private struct Nowhere: ByteOutput {
    func write(_ bytes: Span<UInt8>) {}
}

/// Source: age-encryption.org/v1, "Header MAC".
enum HeaderMAC {
    static func compute(over bytes: [UInt8], fileKey: borrowing SecretBytes) -> [UInt8] {
        let key = fileKey.withBytes { fileKey in
            HKDF.derive(count: 32, from: fileKey, salt: Span(), info: Array("header".utf8).span)
        }
        var mac = [UInt8](repeating: 0, count: Header.macByteCount)
        var out = mac.mutableSpan
        key.withBytes { key in HMACSHA256.authenticate(bytes.span, key: key, into: &out) }
        return mac
    }
}

/// Source: age-encryption.org/v1, "Payload".
enum PayloadKey {
    static func derive(_ fileKey: borrowing SecretBytes, nonce: [UInt8]) -> SharedSecret {
        SharedSecret(
            fileKey.withBytes { fileKey in
                HKDF.derive(
                    count: Payload.keyByteCount, from: fileKey, salt: nonce.span,
                    info: Array("payload".utf8).span)
            })
    }
}
