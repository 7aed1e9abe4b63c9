/// A span of time as it is typed: `90s`, `30m`, `6h`, `2d`.
package enum DurationArgument {
    /// - Returns: nil for any other spelling, and for more than nine digits.
    package static func parse(_ text: some StringProtocol) -> Duration? {
        let bytes = Array(text.utf8)
        guard let unit = bytes.last, (2...10).contains(bytes.count) else { return nil }
        var count: Int64 = 0
        for digit in bytes.dropLast() {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            // Nine digits at most: neither this nor the product below can overflow.
            count = count * 10 + Int64(digit - UInt8(ascii: "0"))
        }
        switch unit {
        case UInt8(ascii: "s"): return .seconds(count)
        case UInt8(ascii: "m"): return .seconds(count * 60)
        case UInt8(ascii: "h"): return .seconds(count * 3_600)
        case UInt8(ascii: "d"): return .seconds(count * 86_400)
        default: return nil
        }
    }

    /// The shortest spelling that `parse` reads back; whole seconds.
    package static func describe(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        // Cases, not a loop over a table: of that loop the compiler makes other bytes each time.
        switch seconds {
        case 0: return "0s"
        case _ where seconds % 86_400 == 0: return "\(seconds / 86_400)d"
        case _ where seconds % 3_600 == 0: return "\(seconds / 3_600)h"
        case _ where seconds % 60 == 0: return "\(seconds / 60)m"
        default: return "\(seconds)s"
        }
    }
}
