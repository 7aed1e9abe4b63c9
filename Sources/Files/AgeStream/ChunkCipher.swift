internal import Platform
internal import Primitives
internal import Secrets

/// What happens to a run of chunks, independent of every other run.
protocol ChunkCipher: Sendable {
    /// Bytes of a full chunk, before and after.
    static var inputByteCount: Int { get }
    static var outputByteCount: Int { get }
    /// Bytes read beyond a run to know whether it is the last.
    static var lookAhead: Int { get }

    /// - Parameters:
    ///   - input: Full chunks; in the last run the last one may be short, or nothing be there.
    ///   - first: Number of the first chunk.
    ///   - out: Room for as many full chunks.
    func work(
        _ input: Span<UInt8>, from first: UInt64, isLast: Bool, into out: inout MutableSpan<UInt8>
    ) -> Run
}

/// What became of a run of chunks.
struct Run: Sendable {
    /// Bytes that may be written, also before a failure.
    var byteCount = 0
    var endsPayload = false
    var failure: PayloadError?
}

struct SealingCipher: ChunkCipher {
    static let inputByteCount = Chunk.plainByteCount
    static let outputByteCount = Chunk.sealedByteCount
    // A length that is a multiple of 64 KiB must end in a full final chunk.
    static let lookAhead = 1

    let key: SharedSecret

    func work(
        _ input: Span<UInt8>, from first: UInt64, isLast: Bool, into out: inout MutableSpan<UInt8>
    ) -> Run {
        key.bytes.withBytes { key in
            var run = Run(endsPayload: isLast)
            var start = 0
            var counter = first
            // An empty text is one empty chunk.
            while start < input.count || (start == 0 && isLast) {
                let plain = input.extracting(start..<min(start + Chunk.plainByteCount, input.count))
                start += plain.count
                let nonce = Chunk.nonce(counter, isLast && start == input.count ? .final : .inner)
                let end = run.byteCount + plain.count + ChaChaPoly.tagByteCount
                out.withPart(run.byteCount..<end) { box in
                    ChaChaPoly.seal(plain, into: &box, key: key, nonce: nonce.span)
                }
                run.byteCount = end
                counter += 1
                if plain.count == 0 { break }
            }
            return run
        }
    }
}

struct OpeningCipher: ChunkCipher {
    static let inputByteCount = Chunk.sealedByteCount
    static let outputByteCount = Chunk.plainByteCount
    static let lookAhead = 0

    let key: SharedSecret

    func work(
        _ input: Span<UInt8>, from first: UInt64, isLast: Bool, into out: inout MutableSpan<UInt8>
    ) -> Run {
        key.bytes.withBytes { key in
            var run = Run()
            var start = 0
            var counter = first
            while start < input.count {
                guard !run.endsPayload else {
                    run.failure = .trailing
                    break
                }
                let box = input.extracting(start..<min(start + Chunk.sealedByteCount, input.count))
                start += box.count
                guard let place = Self.open(box, counter, into: &out, at: run.byteCount, key: key)
                else {
                    run.failure =
                        box.count < ChaChaPoly.tagByteCount
                        ? .truncated : .notAuthentic(chunk: counter)
                    break
                }
                let count = box.count - ChaChaPoly.tagByteCount
                guard count > 0 || counter == 0 else {
                    run.failure = .emptyFinalChunk
                    break
                }
                run.byteCount += count
                run.endsPayload = place == .final
                counter += 1
            }
            return run
        }
    }

    /// A short chunk can only be the final one; of a full one only its tag says which it is.
    private static func open(
        _ box: Span<UInt8>, _ counter: UInt64, into out: inout MutableSpan<UInt8>, at offset: Int,
        key: Span<UInt8>
    ) -> Chunk.Place? {
        guard box.count >= ChaChaPoly.tagByteCount else { return nil }
        let end = offset + box.count - ChaChaPoly.tagByteCount
        return out.withPart(offset..<end) { plain in
            if box.count == Chunk.sealedByteCount, opens(box, counter, .inner, &plain, key) {
                return .inner
            }
            return opens(box, counter, .final, &plain, key) ? .final : nil
        }
    }

    private static func opens(
        _ box: Span<UInt8>, _ counter: UInt64, _ place: Chunk.Place,
        _ plain: inout MutableSpan<UInt8>, _ key: Span<UInt8>
    ) -> Bool {
        let nonce = Chunk.nonce(counter, place)
        do throws(PrimitiveError) {
            try ChaChaPoly.open(box, into: &plain, key: key, nonce: nonce.span)
            return true
        } catch {
            return false
        }
    }
}
