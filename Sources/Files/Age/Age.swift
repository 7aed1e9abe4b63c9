internal import AgeFormat
internal import AgeStream
package import Platform
package import Secrets
internal import Synchronization

/// Whole files in the format of age version 1.
///
/// Source: https://age-encryption.org/v1
package enum Age {
    /// Seals everything that `input` gives.
    ///
    /// - Precondition: At least one sealer; a `FilePassphrase` only alone.
    /// - Throws: `.mixedRecipients` before anything is written, and what sealing can meet.
    /// - Returns: What reads the file back without anybody's private key.
    @discardableResult
    package static func seal(
        from input: any ByteInput, into output: any ByteOutput, to sealers: [any Sealer],
        form: FileForm = .binary, random: any RandomSource = SystemRandom()
    ) throws(AgeError) -> SealProof {
        let fileKey = random.secret(count: FileKey.byteCount)
        let header = try header(wrapping: fileKey, to: sealers, random: random)
        let nonce = random.bytes(SealedFile.nonceByteCount)
        let front = header.serialized() + nonce
        let key = PayloadKey.derive(fileKey, nonce: nonce)
        let armor = try writer(form, over: output)
        do { try (armor ?? output).write(front.span) } catch { throw .output(error) }
        do throws(PipelineError<StreamError>) {
            try Payload.seal(key: key, to: armor ?? output, from: input)
        } catch { throw AgeError(error) }
        do { try armor?.finish() } catch { throw .output(error) }
        return SealProof(front: front, key: key, form: form)
    }

    /// - Precondition: At least one sealer; a `FilePassphrase` only alone.
    static func header(
        wrapping fileKey: borrowing SecretBytes, to sealers: [any Sealer],
        random: any RandomSource
    ) throws(AgeError) -> Header {
        precondition(!sealers.isEmpty, "a file is sealed to somebody")
        precondition(
            sealers.count == 1 || !sealers.contains { $0 is FilePassphrase },
            "a passphrase stands alone")
        // Somebody who keeps the file for later would open it by its weakest stanza.
        guard Set(sealers.map(\.isPostQuantum)).count == 1 else { throw .mixedRecipients }
        var stanzas: [Stanza] = []
        for sealer in sealers { stanzas.append(try sealer.wrap(fileKey, random: random)) }
        let bytes = Header.authenticated(stanzas)
        let mac = HeaderMAC.compute(over: bytes, fileKey: fileKey)
        return Header(stanzas) { _ in mac }
    }

    /// Seals bytes in memory, such as a check-in's sheet.
    package static func seal(
        _ bytes: [UInt8], to sealers: [any Sealer], form: FileForm = .binary,
        random: any RandomSource = SystemRandom()
    ) throws(AgeError) -> [UInt8] {
        let sealed = Collector(expecting: Payload.sealedByteCount(bytes.count) + 1_024)
        try seal(from: Bytes(bytes), into: sealed, to: sealers, form: form, random: random)
        return sealed.take()
    }

    /// Opens a file in memory; nothing of a file that is not whole is returned.
    package static func open(_ file: [UInt8], with openers: [any Opener]) throws(AgeError)
        -> [UInt8]
    {
        // The text is shorter than the file: room for it keeps it from being moved about.
        let text = Collector(expecting: file.count)
        do throws(AgeError) {
            try SealedFile(reading: Bytes(file)).unlock(openers).open(into: text)
        } catch {
            var part = text.take()
            Zeroing.zero(&part)
            throw error
        }
        return text.take()
    }

    /// Seals a secret, such as an identity that is exported.
    package static func seal(
        _ secret: borrowing SecretBytes, to sealers: [any Sealer], form: FileForm = .binary,
        random: any RandomSource = SystemRandom()
    ) throws(AgeError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(secret.count)
        secret.withBytes { bytes.append(copying: $0) }
        defer { Zeroing.zero(&bytes) }
        return try seal(bytes, to: sealers, form: form, random: random)
    }

    /// Opens a file that holds a secret; nil when it holds nothing.
    package static func openSecret(
        _ file: [UInt8], with openers: [any Opener]
    ) throws(AgeError) -> SecretBytes? {
        var text = try open(file, with: openers)
        return text.isEmpty ? nil : SecretBytes(draining: &text)
    }

    static func writer(
        _ form: FileForm, over output: any ByteOutput
    ) throws(AgeError) -> ArmorWriter? {
        guard form == .armored else { return nil }
        do { return try ArmorWriter(to: output) } catch { throw .output(error) }
    }
}

/// Bytes in memory as an input.
final class Bytes: ByteInput {
    private let bytes: [UInt8]
    private let position = Mutex(0)

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func read(into span: inout MutableSpan<UInt8>) throws(StreamError) -> Int {
        position.withLock { position in
            let count = span.copyFront(of: bytes[position...])
            position += count
            return count
        }
    }
}

/// An output into memory.
final class Collector: ByteOutput {
    private let bytes: Mutex<[UInt8]>

    init(expecting count: Int) {
        var empty: [UInt8] = []
        empty.reserveCapacity(count)
        bytes = Mutex(empty)
    }

    func write(_ span: Span<UInt8>) throws(StreamError) {
        bytes.withLock { $0.append(copying: span) }
    }

    /// Hands the bytes over; nothing is kept.
    func take() -> [UInt8] {
        bytes.withLock { bytes in
            defer { bytes = [] }
            return bytes
        }
    }
}
