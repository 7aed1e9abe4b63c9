import AgeStream
import Platform
import Primitives
import Secrets
import TestSupport
import Testing

@Suite("payload")
struct PayloadTests {
    static let chunk = 65_536
    static let box = 65_552
    static let key = SharedSecret(SecretBytes(copying: [UInt8](repeating: 7, count: 32).span))
    static let alone = PipelineLayout(threads: 1, chunksPerBatch: 1)
    static let layouts = [
        alone, PipelineLayout(threads: 4, chunksPerBatch: 1),
        PipelineLayout(threads: 3, chunksPerBatch: 2), PipelineLayout.standard,
    ]
    static let lengths = [
        0, 1, 15, 16, 17, chunk - 1, chunk, chunk + 1, 2 * chunk - 1, 2 * chunk, 2 * chunk + 1,
        4 * chunk, 4 * chunk + 1, 9 * chunk, 10 * chunk + 12_345,
    ]

    /// No two chunks alike; cheap, as tests run unoptimised.
    static func text(_ count: Int) -> [UInt8] {
        var text = [UInt8](repeating: 0, count: count)
        for index in stride(from: 0, to: count, by: 251) {
            text[index] = UInt8(truncatingIfNeeded: index / 251 &* 7)
        }
        return text
    }

    static func seal(_ text: [UInt8], _ layout: PipelineLayout, piece: Int = .max) throws -> [UInt8]
    {
        let input = MemoryInput(text, pieceSize: piece)
        let output = MemoryOutput()
        try Payload.seal(key: key, to: output, layout: layout) { (span) throws(StreamError) in
            try input.read(into: &span)
        }
        return output.bytes
    }

    /// What was released, and the failure if there was one.
    static func open(
        _ payload: [UInt8], _ layout: PipelineLayout = .standard
    ) -> (text: [UInt8], failure: PayloadError?) {
        let input = MemoryInput(payload)
        let output = MemoryOutput()
        do throws(PipelineError<StreamError>) {
            try Payload.open(key: key, to: output, layout: layout) { (span) throws(StreamError) in
                try input.read(into: &span)
            }
            return (output.bytes, nil)
        } catch {
            guard case .payload(let failure) = error else { return ([], nil) }
            return (output.bytes, failure)
        }
    }

    @Test("the same bytes come out whatever the threads, and come back", arguments: lengths)
    func roundTrips(_ count: Int) throws {
        let text = Self.text(count)
        let expected = try Self.seal(text, Self.alone)
        #expect(expected.count == Payload.sealedByteCount(count))
        #expect(Payload.plainByteCount(expected.count) == count)
        for layout in Self.layouts {
            #expect(try Self.seal(text, layout) == expected)
            #expect(try Self.seal(text, layout, piece: 50_000) == expected)
            let opened = Self.open(expected, layout)
            #expect(opened.text == text && opened.failure == nil)
        }
    }

    @Test("lengths that no payload has are known as such")
    func knowsLengths() {
        #expect(Payload.plainByteCount(0) == nil)
        #expect(Payload.plainByteCount(15) == nil)
        #expect(Payload.plainByteCount(16) == 0)
        #expect(Payload.plainByteCount(Self.box + 16) == nil)
        #expect(Payload.plainByteCount(Self.box + 17) == Self.chunk + 1)
    }

    @Test("chunks that are cut, dropped, repeated or swapped are refused", arguments: layouts)
    func refusesRearrangement(_ layout: PipelineLayout) throws {
        let text = Self.text(3 * Self.chunk + 5)
        let whole = try Self.seal(text, layout)
        let chunks = stride(from: 0, to: whole.count, by: Self.box).map {
            Array(whole[$0..<min($0 + Self.box, whole.count)])
        }
        func open(_ parts: [[UInt8]]) -> (text: [UInt8], failure: PayloadError?) {
            Self.open(parts.flatMap { $0 }, layout)
        }
        let one = Array(text.prefix(Self.chunk))
        #expect(open([]) == ([], .truncated))
        #expect(open([chunks[0]]) == (one, .truncated))
        #expect(open(Array(chunks[0..<3])) == (Array(text.prefix(3 * Self.chunk)), .truncated))
        #expect(open([chunks[1], chunks[2]]) == ([], .notAuthentic(chunk: 0)))
        #expect(
            open([chunks[0], chunks[2], chunks[1], chunks[3]]) == (one, .notAuthentic(chunk: 1)))
        #expect(open([chunks[0], chunks[0]]) == (one, .notAuthentic(chunk: 1)))
        #expect(
            open(chunks + [[0]]) == (Array(text.prefix(3 * Self.chunk)), .notAuthentic(chunk: 3)))
        #expect(open([chunks[0], [1, 2, 3]]) == (one, .truncated))
    }

    @Test(
        "nothing may follow a final chunk, nor may it be empty after a full one", arguments: layouts
    )
    func refusesTails(_ layout: PipelineLayout) throws {
        let text = Self.text(Self.chunk)
        let whole = try Self.seal(text, layout)
        #expect(Self.open(whole + [0], layout) == (text, .trailing))
        #expect(Self.open(whole + whole, layout) == (text, .trailing))

        var empty = [UInt8](repeating: 0, count: 16)
        var out = empty.mutableSpan
        let nonce: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]
        Self.key.bytes.withBytes { key in
            ChaChaPoly.seal(Span(), into: &out, key: key, nonce: nonce.span)
        }
        let inner = Array(try Self.seal(text + [1], layout).prefix(Self.box))
        #expect(Self.open(inner + empty, layout) == (text, .emptyFinalChunk))
    }

    @Test("any flipped byte is refused, and nothing after it is released")
    func refusesFlips() throws {
        let random = SeededRandom(seed: 3)
        let text = Self.text(5 * Self.chunk + 100)
        let whole = try Self.seal(text, .standard)
        for _ in 0..<40 {
            var damaged = whole
            let place = Int(random.below(UInt32(damaged.count)))
            damaged[place] ^= UInt8(1 << random.below(8))
            let index = place / Self.box
            let opened = Self.open(damaged)
            #expect(opened.failure == .notAuthentic(chunk: UInt64(index)))
            #expect(opened.text == Array(text.prefix(index * Self.chunk)))
        }
    }

    @Test("a failing output stops the work", arguments: layouts)
    func stopsAtFullOutput(_ layout: PipelineLayout) throws {
        let input = MemoryInput([UInt8](repeating: 1, count: 20 * Self.chunk))
        let output = MemoryOutput(room: 3 * Self.box)
        #expect {
            try Payload.seal(key: Self.key, to: output, layout: layout) {
                (span) throws(StreamError) in try input.read(into: &span)
            }
        } throws: { error in
            guard case .output(.closed)? = error as? PipelineError<StreamError> else {
                return false
            }
            return true
        }
        #expect(output.bytes.count <= 3 * Self.box)
    }

    @Test(
        "a failing input ends with its error, after the whole chunks before it", arguments: layouts)
    func passesInputFailuresOn(_ layout: PipelineLayout) throws {
        struct Broken: Error {}
        let text = Self.text(6 * Self.chunk)
        let input = MemoryInput(Array(try Self.seal(text, layout).prefix(4 * Self.box + 99)))
        let output = MemoryOutput()
        #expect {
            try Payload.open(key: Self.key, to: output, layout: layout) { (span) throws(Broken) in
                let count = (try? input.read(into: &span)) ?? 0
                if count == 0 { throw Broken() }
                return count
            }
        } throws: { error in
            guard case .input? = error as? PipelineError<Broken> else { return false }
            return true
        }
        #expect(output.bytes == Array(text.prefix(4 * Self.chunk)))
    }

    @Test("bytes that are lent give the same payload as bytes that are read", arguments: lengths)
    func sealsLentBytes(_ count: Int) throws {
        let text = Self.text(count)
        let expected = try Self.seal(text, Self.alone)
        for layout in Self.layouts {
            let input = MemoryLender(text)
            let output = MemoryOutput()
            try Payload.seal(key: Self.key, to: output, layout: layout, from: input)
            #expect(output.bytes == expected)
            let run = layout.chunksPerBatch * Self.chunk
            let runs = max(0, count - 1) / run
            // The end is always read: only it says which chunk is the last.
            #expect(input.lentByteCount == (runs < 2 ? 0 : runs * run))
        }
    }

    @Test("bytes that can no longer be lent end the work, after the chunks before them")
    func missesLentBytes() throws {
        let text = Self.text(9 * Self.chunk)
        let whole = try Self.seal(text, Self.alone)
        for (layout, run) in [(Self.alone, 1), (PipelineLayout(threads: 3, chunksPerBatch: 2), 2)] {
            for broken in 0..<8 / run {
                let input = MemoryLender(text, broken: broken * run * Self.chunk)
                let output = MemoryOutput()
                #expect {
                    try Payload.seal(key: Self.key, to: output, layout: layout, from: input)
                } throws: { error in
                    guard case .input(.failed(5))? = error as? PipelineError<StreamError> else {
                        return false
                    }
                    return true
                }
                #expect(output.bytes == Array(whole.prefix(broken * run * Self.box)))
            }
        }
    }
}
