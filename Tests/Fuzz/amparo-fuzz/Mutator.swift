import Secrets
import Synchronization

/// SplitMix64: the same seed gives the same numbers.
final class Random: RandomSource {
    private let state: Mutex<UInt64>

    init(seed: UInt64) { state = Mutex(seed) }

    func next() -> UInt64 {
        state.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    func fill(_ span: inout MutableSpan<UInt8>) {
        for index in span.indices { span[index] = UInt8(truncatingIfNeeded: next()) }
    }
}

/// Repeatable damage to valid inputs: the same seed gives the same inputs.
struct Mutator {
    private let random: Random
    private let corpus: [[UInt8]]

    /// Bytes that parsers treat in a way of their own.
    private static let interesting = Array("\n\r\t #-=+/:1aAzZ\0\u{7F}".utf8) + [0x80, 0xC3, 0xFF]

    init(seed: UInt64, corpus: [[UInt8]]) {
        random = Random(seed: seed)
        self.corpus = corpus
    }

    private func below(_ bound: Int) -> Int {
        bound <= 1 ? 0 : Int(truncatingIfNeeded: random.next() % UInt64(bound))
    }

    /// One of the valid inputs with up to eight changes, sometimes none.
    func input() -> [UInt8] {
        var bytes = corpus[below(corpus.count)]
        for _ in 0..<below(9) { change(&bytes) }
        return bytes
    }

    private func change(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else {
            bytes = corpus[below(corpus.count)]
            return
        }
        let place = below(bytes.count)
        switch below(10) {
        case 0: bytes[place] ^= 1 << UInt8(below(8))
        case 1: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 2: bytes[place] = Self.interesting[below(Self.interesting.count)]
        case 3: bytes.insert(Self.interesting[below(Self.interesting.count)], at: place)
        case 4: bytes.removeSubrange(place..<place + min(1 + below(8), bytes.count - place))
        case 5: bytes.removeSubrange(place...)
        case 6:
            // The same piece once more.
            let piece = bytes[place..<place + min(1 + below(40), bytes.count - place)]
            if bytes.count < 1 << 14 { bytes.insert(contentsOf: Array(piece), at: place) }
        case 7: bytes.swapAt(place, below(bytes.count))
        case 8:
            // The rest of another input.
            let other = corpus[below(corpus.count)]
            bytes.removeSubrange(place...)
            bytes.append(contentsOf: other.dropFirst(below(other.count + 1)))
        default:
            // One character for its neighbour in the same alphabet: what typing gets wrong.
            if bytes[place] > 32, bytes[place] < 126 { bytes[place] += 1 }
        }
    }
}
