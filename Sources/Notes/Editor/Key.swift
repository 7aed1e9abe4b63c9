/// What somebody pressed.
package enum Key: Hashable, Sendable {
    /// Letters, as the keyboard sent them.
    case text([UInt8])
    /// What was pasted, where the terminal says so; line ends are LF.
    case paste([UInt8])
    /// More was pasted than is taken; nothing of it was.
    case pasteTooLong
    case enter, tab, backspace, delete, deleteWordLeft, deleteWordRight
    case left, right, up, down, wordLeft, wordRight, home, end, pageUp, pageDown, top, bottom
    case help, escape
    /// Ctrl and a small letter.
    case control(Character)
}

/// Bytes of a terminal as keys, for xterm and what imitates it, rxvt, tmux, screen and the Linux
/// console.
///
/// Source: console_codes(4); XTerm Control Sequences, "PC-Style Function Keys", "Bracketed Paste".
package struct KeyDecoder: Sendable {
    private var waiting: [UInt8] = []
    private var pasted: [UInt8]?
    private var isPasteTooLong = false
    private let pasteLimit: Int

    private static let escape: UInt8 = 0x1B
    private static let pasteEnd = Array("\u{1B}[201~".utf8)
    /// No key sends a longer sequence.
    private static let sequenceLimit = 32

    package init(pasteLimit: Int) { self.pasteLimit = pasteLimit }

    /// Whether what came may be the beginning of something longer.
    package var isInMiddle: Bool { pasted == nil && !waiting.isEmpty }

    package var isInPaste: Bool { pasted != nil }

    package mutating func keys(_ bytes: [UInt8]) -> [Key] {
        waiting += bytes
        var keys: [Key] = []
        while !waiting.isEmpty {
            let count = waiting.count
            if let key = pasted == nil ? nextKey() : nextPaste() { keys.append(key) }
            if waiting.count == count { break }
        }
        return keys
    }

    /// Nothing more came for a while: Esc alone was meant.
    package mutating func flush() -> [Key] {
        guard pasted == nil, !waiting.isEmpty else { return [] }
        defer { waiting = [] }
        return waiting == [Self.escape] ? [.escape] : waiting[0] < 0x80 ? [] : [.text(waiting)]
    }

    // MARK: Pasting

    /// The mark of its end was lost on the way: what came is all.
    package mutating func endPaste() -> [Key] {
        isInPaste ? keys(Self.pasteEnd) : []
    }

    private mutating func nextPaste() -> Key? {
        let end = Self.pasteEnd
        var stop = waiting.count
        var place = 0
        while place < waiting.count {
            guard let found = waiting[place...].firstIndex(of: Self.escape) else { break }
            if waiting[found...].starts(with: end) {
                take(found)
                waiting.removeFirst(end.count)
                defer { (pasted, isPasteTooLong) = (nil, false) }
                return isPasteTooLong ? .pasteTooLong : .paste(Self.withPlainEnds(pasted ?? []))
            }
            if end.starts(with: waiting[found...]) {
                // The mark itself may come in two pieces.
                stop = found
                break
            }
            place = found + 1
        }
        take(stop)
        return nil
    }

    /// Moves bytes from what waits to what was pasted.
    private mutating func take(_ count: Int) {
        if (pasted?.count ?? 0) + count > pasteLimit {
            isPasteTooLong = true
            pasted = []
        } else if !isPasteTooLong {
            pasted?.append(contentsOf: waiting[..<count])
        }
        waiting.removeFirst(count)
    }

    /// Terminals send the Enter key for a line end.
    private static func withPlainEnds(_ bytes: [UInt8]) -> [UInt8] {
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var last: UInt8 = 0
        for byte in bytes {
            if byte == 0x0D {
                plain.append(0x0A)
            } else if byte != 0x0A || last != 0x0D {
                plain.append(byte)
            }
            last = byte
        }
        return plain
    }

    // MARK: Keys

    /// - Returns: nil also for what means nothing; then it is gone from what waits.
    private mutating func nextKey() -> Key? {
        let byte = waiting[0]
        if byte == Self.escape { return nextSequence() }
        if byte >= 0x20, byte != 0x7F { return nextText() }
        waiting.removeFirst()
        switch byte {
        case 0x08, 0x7F: return .backspace
        case 0x09: return .tab
        case 0x0A, 0x0D: return .enter
        case 0x01...0x1A: return .control(Character(Unicode.Scalar(byte + 0x60)))
        default: return nil
        }
    }

    private mutating func nextText() -> Key? {
        var end = waiting.firstIndex { $0 < 0x20 || $0 == 0x7F } ?? waiting.count
        if end == waiting.count { end -= Self.unfinishedByteCount(waiting) }
        guard end > 0 else { return nil }
        defer { waiting.removeFirst(end) }
        return .text(Array(waiting[..<end]))
    }

    /// Bytes at the end that begin a letter and do not finish it.
    private static func unfinishedByteCount(_ bytes: [UInt8]) -> Int {
        for back in 1...min(3, bytes.count) {
            let byte = bytes[bytes.count - back]
            if byte & 0xC0 == 0x80 { continue }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            return length > back ? back : 0
        }
        return 0
    }

    private mutating func nextSequence() -> Key? {
        guard waiting.count > 1 else { return nil }
        switch waiting[1] {
        case UInt8(ascii: "["): return nextControlSequence()
        case UInt8(ascii: "O"):
            guard waiting.count > 2 else { return nil }
            let last = waiting[2]
            waiting.removeFirst(3)
            return Self.letterKey(last, modifier: (0x61...0x64).contains(last) ? 5 : 1)
        case Self.escape:
            waiting.removeFirst()
            return .escape
        case let byte:
            waiting.removeFirst(2)
            switch byte {
            case UInt8(ascii: "b"): return .wordLeft
            case UInt8(ascii: "f"): return .wordRight
            case UInt8(ascii: "d"): return .deleteWordRight
            case 0x7F, 0x08: return .deleteWordLeft
            default: return nil
            }
        }
    }

    private mutating func nextControlSequence() -> Key? {
        // The console's function keys: ESC [ [ A.
        if waiting.count > 2, waiting[2] == UInt8(ascii: "[") {
            guard waiting.count > 3 else { return nil }
            defer { waiting.removeFirst(4) }
            return waiting[3] == UInt8(ascii: "A") ? .help : nil
        }
        guard let end = waiting.dropFirst(2).firstIndex(where: { (0x40...0x7E).contains($0) })
        else {
            if waiting.count > Self.sequenceLimit { waiting = [] }
            return nil
        }
        let last = waiting[end]
        let numbers = waiting[2..<end].split(separator: UInt8(ascii: ";")).map {
            Int(String(decoding: $0, as: UTF8.self)) ?? 0
        }
        waiting.removeFirst(end + 1)
        let modifier = numbers.count > 1 ? numbers[1] : 1
        guard last == UInt8(ascii: "~") || last == UInt8(ascii: "^") else {
            return Self.letterKey(last, modifier: modifier)
        }
        return numberKey(
            numbers.first ?? 0, isWord: modifier > 2 || last == UInt8(ascii: "^"))
    }

    /// - Parameter isWord: With Ctrl or Alt.
    private mutating func numberKey(_ number: Int, isWord: Bool) -> Key? {
        switch number {
        case 1, 7: return isWord ? .top : .home
        case 4, 8: return isWord ? .bottom : .end
        case 3: return isWord ? .deleteWordRight : .delete
        case 5: return .pageUp
        case 6: return .pageDown
        case 11: return .help
        case 200:
            pasted = []
            return nil
        default: return nil
        }
    }

    /// - Parameter modifier: 1 and the sum of 1 Shift, 2 Alt, 4 Ctrl.
    private static func letterKey(_ last: UInt8, modifier: Int) -> Key? {
        let isWord = modifier > 2
        switch last {
        case UInt8(ascii: "A"), UInt8(ascii: "a"): return isWord ? .pageUp : .up
        case UInt8(ascii: "B"), UInt8(ascii: "b"): return isWord ? .pageDown : .down
        case UInt8(ascii: "C"), UInt8(ascii: "c"): return isWord ? .wordRight : .right
        case UInt8(ascii: "D"), UInt8(ascii: "d"): return isWord ? .wordLeft : .left
        case UInt8(ascii: "H"): return isWord ? .top : .home
        case UInt8(ascii: "F"): return isWord ? .bottom : .end
        case UInt8(ascii: "M"): return .enter
        case UInt8(ascii: "P"): return .help
        default: return nil
        }
    }
}
