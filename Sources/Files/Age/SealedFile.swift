internal import AgeFormat
internal import AgeStream
package import Platform
internal import Primitives
internal import Secrets

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
            return UnlockedFile(source, key: PayloadKey.derive(fileKey, nonce: nonce))
        }
        throw .noMatch
    }
}

/// A file whose key was found.
package final class UnlockedFile: Sendable {
    private let source: FileSource
    private let key: SharedSecret

    init(_ source: FileSource, key: SharedSecret) {
        self.source = source
        self.key = key
    }

    /// Writes the text. Every byte written is authentic, but only when this returns is it whole.
    /// Once.
    package func open(into output: any ByteOutput) throws(AgeError) {
        do throws(PipelineError<SourceError>) {
            try Payload.open(key: key, to: output) { [source] (span) throws(SourceError) in
                try source.read(into: &span)
            }
        } catch { throw AgeError(error) }
    }
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
