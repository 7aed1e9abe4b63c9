/// The short name by which a journalist calls a plan.
package struct PlanLabel: Hashable, Sendable, CustomStringConvertible {
    /// What stands after `amparo checkin` and therefore cannot name a plan.
    package static let reserved: Set<String> = [
        "plan", "drill", "card", "codes", "status", "log", "ack", "help", "all",
    ]

    package let text: String
    package var description: String { text }

    /// - Parameter text: 1–32 of a–z, 0–9, `-` and `_`; the first is a letter or a digit.
    package init(parsing text: String) throws(CheckInError) {
        let bytes = Array(text.utf8)
        guard (1...32).contains(bytes.count), !Self.reserved.contains(text) else { throw .label }
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                continue
            case UInt8(ascii: "-"), UInt8(ascii: "_"):
                // A leading hyphen would read as an option.
                guard index > 0 else { throw .label }
            default: throw .label
            }
        }
        self.text = text
    }
}
