/// A machine's name or address in the one spelling we use.
package struct Host: Hashable, Sendable, CustomStringConvertible {
    /// Lower case; an IPv6 address without brackets.
    package let name: String
    package let isIPv6: Bool
    /// Reached without leaving this machine.
    package let isLoopback: Bool

    /// - Parameter text: A DNS name in ASCII, four decimal numbers, or an IPv6 address in brackets.
    /// - Returns: nil for anything else, also for numbers that only some resolvers understand.
    package init?(parsing text: some StringProtocol) {
        let bytes = text.utf8.map { byte in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
        }
        if bytes.first == UInt8(ascii: "[") {
            guard bytes.last == UInt8(ascii: "]"),
                let groups = Self.ipv6(bytes.dropFirst().dropLast())
            else { return nil }
            name = String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self)
            isIPv6 = true
            isLoopback = groups == [0, 0, 0, 0, 0, 0, 0, 1]
            return
        }
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard bytes.count <= 253, labels.allSatisfy(Self.isLabel), let last = labels.last else {
            return nil
        }
        name = String(decoding: bytes, as: UTF8.self)
        isIPv6 = false
        // What ends in a number is an address, and then has to be a plain one: 0x7f.1 is not.
        if last.first.map(isDigit) ?? false {
            let numbers = labels.compactMap { number($0, limit: 255) }
            guard labels.count == 4, numbers.count == 4 else { return nil }
            isLoopback = numbers[0] == 127
        } else {
            isLoopback = name == "localhost"
        }
    }

    /// As it stands in an address: IPv6 in brackets.
    package var description: String { isIPv6 ? "[\(name)]" : name }

    private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
        (1...63).contains(label.count)
            && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
            && label.allSatisfy { byte in
                isDigit(byte) || byte == UInt8(ascii: "-")
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            }
    }

    /// The eight groups. Source: RFC 4291 section 2.2, forms 1 and 2.
    private static func ipv6(_ text: ArraySlice<UInt8>) -> [Int]? {
        let colon = UInt8(ascii: ":")
        var halves: [[Int]] = [[]]
        var rest = text
        while !rest.isEmpty {
            if rest.starts(with: [colon, colon]) {
                guard halves.count == 1 else { return nil }
                halves.append([])
                rest = rest.dropFirst(2)
                continue
            }
            // A colon stands between two groups, or as part of `::`.
            if !(halves[halves.count - 1].isEmpty) {
                guard rest.first == colon else { return nil }
                rest = rest.dropFirst()
            }
            let group = rest.prefix { $0 != colon }
            guard (1...4).contains(group.count),
                let value = Int(String(decoding: group, as: UTF8.self), radix: 16),
                group.first != UInt8(ascii: "+"), group.first != UInt8(ascii: "-")
            else { return nil }
            halves[halves.count - 1].append(value)
            rest = rest[group.endIndex...]
        }
        let count = halves.reduce(0) { $0 + $1.count }
        guard halves.count == 2 else { return count == 8 ? halves[0] : nil }
        return count < 8 ? halves[0] + Array(repeating: 0, count: 8 - count) + halves[1] : nil
    }
}

func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

/// Decimal digits without a leading zero, up to `limit`.
func number(_ digits: some Collection<UInt8>, limit: Int) -> Int? {
    guard (1...9).contains(digits.count), digits.allSatisfy(isDigit),
        digits.count == 1 || digits.first != UInt8(ascii: "0")
    else { return nil }
    let value = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    return value <= limit ? value : nil
}
