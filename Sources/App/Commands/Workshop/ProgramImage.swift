internal import Platform

/// What can be told of a program's file: whether it runs where none of its libraries are.
enum ProgramImage {
    /// The largest program that is looked at; ours are a tenth of it.
    static let limit = 256 << 20

    /// Source: System V ABI, "ELF Header" and "Program Header": 64-bit, little-endian; a file that
    /// asks for an interpreter (PT_INTERP, 3) is linked dynamically.
    static func isStatic(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 64, bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1]),
            let start = number(bytes, at: 32, count: 8), let size = number(bytes, at: 54, count: 2),
            let count = number(bytes, at: 56, count: 2), size >= 56, count > 0
        else { return false }
        for index in 0..<count {
            guard start <= bytes.count, let type = number(bytes, at: start + index * size, count: 4)
            else { return false }
            if type == 3 { return false }
        }
        return true
    }

    private static func number(_ bytes: [UInt8], at place: Int, count: Int) -> Int? {
        guard place >= 0, place <= bytes.count - count else { return nil }
        let value = bytes[place..<place + count].reversed().reduce(UInt64(0)) {
            $0 << 8 | UInt64($1)
        }
        return Int(exactly: value)
    }
}
