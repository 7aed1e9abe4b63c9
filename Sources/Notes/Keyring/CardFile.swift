internal import Encoding
package import Platform
internal import Primitives
internal import Wording

/// Why a file is not the card of a person.
package enum CardError: Error, Hashable {
    /// It does not begin as a card does.
    case notACard
    case tooLong(limit: Int)
    /// A line that does not belong there; lines count from 1.
    case line(Int)
    /// A later version of the format.
    case unknownVersion(String)
    /// A field of a known kind whose value is none.
    case field(KeyringError)
    /// Well formed, and some letter was changed since it was written.
    case wrongCheck
}

/// A contact's public data as a file, small enough for a QR code: `amparo-card-1`.
///
/// Lines end in LF; a mail program's CRLF is let through. After the first line come `name: value`
/// lines in this order, those marked * any number of times: name · recipient* · sign-key* ·
/// address* · phone* · language · date, and at the end `check`, 8 hexadecimal digits of BLAKE2b-128(
/// "amparo/card/1" ‖ all lines before it). The check finds slips, not forgeries: keys are trusted
/// once their six words were compared.
///
/// Source: Docs/formats/card.md.
package struct CardFile: Hashable, Sendable {
    package static let byteLimit = 8_192
    /// Of each kind that may repeat.
    package static let repeatLimit = 8

    private static let opening = "amparo-card-1"
    private static let family = "amparo-card-"

    package let card: ContactCard
    /// The day on which it was written, by its writer's clock.
    package let date: CivilDate

    package init(_ card: ContactCard, date: CivilDate) {
        self.card = card
        self.date = date
    }

    package func serialized() -> [UInt8] {
        var lines = [Self.opening, "name: \(card.name)"]
        lines += card.recipients.map { "recipient: " + $0 }
        lines += card.signKeys.map { "sign-key: " + $0 }
        lines += card.addresses.map { "address: " + $0 }
        lines += card.phones.map { "phone: " + $0 }
        if let language = card.language { lines.append("language: " + language.rawValue) }
        lines.append("date: \(date)")
        let body = lines.map { $0 + "\n" }.joined()
        return Array((body + "check: \(Self.check(body))\n").utf8)
    }

    /// - Parameter bytes: A whole file; its last line end may be missing, as after a QR code.
    package init(parsing bytes: [UInt8]) throws(CardError) {
        guard bytes.count <= Self.byteLimit else { throw .tooLong(limit: Self.byteLimit) }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notACard }
        var lines: [String] = []
        for line in text.utf8.split(separator: 10, omittingEmptySubsequences: false) {
            lines.append(String(Substring(line.last == 13 ? line.dropLast() : line)))
        }
        if lines.last == "" { lines.removeLast() }
        guard let first = lines.first, first.hasPrefix(Self.family) else { throw .notACard }
        guard first == Self.opening else { throw .unknownVersion(first) }
        let fields = try Fields(lines)
        do {
            card = try ContactCard(
                name: fields.name, recipients: fields["recipient"], signKeys: fields["sign-key"],
                emails: fields["address"].map { String($0.dropFirst("email:".utf8.count)) },
                phones: fields["phone"], language: fields.language)
        } catch {
            throw .field(error)
        }
        date = fields.date
        // One spelling: a card that is written again gives the same lines.
        let again = String(decoding: serialized(), as: UTF8.self).split(separator: "\n")
        for (number, line) in lines.enumerated()
        where number >= again.count || !line.utf8.elementsEqual(again[number].utf8) {
            throw number == lines.count - 1 ? .wrongCheck : .line(number + 1)
        }
        guard lines.count == again.count else { throw .line(lines.count) }
    }

    private static func check(_ body: String) -> String {
        let hash = BLAKE2b.hash(count: 16, Array("amparo/card/1".utf8), Array(body.utf8))
        return Hex.encode(Array(hash.prefix(4)))
    }

    /// Values by the names of their lines; order and spelling are held by writing the card again.
    private struct Fields {
        private var values: [String: [String]] = [:]
        let name: String
        let language: Language?
        let date: CivilDate

        init(_ lines: [String]) throws(CardError) {
            var seen: [String: (line: Int, values: [String])] = [:]
            for (number, line) in lines.enumerated().dropFirst() {
                guard let (key, value) = Self.parts(line), Self.names.contains(key) else {
                    throw .line(number + 1)
                }
                let most = Self.single.contains(key) ? 1 : CardFile.repeatLimit
                guard (seen[key]?.values.count ?? 0) < most else { throw .line(number + 1) }
                seen[key, default: (number + 1, [])].values.append(value)
            }
            guard let name = seen["name"]?.values.first, seen["check"] != nil else {
                throw .line(lines.count)
            }
            self.name = name
            guard let day = seen["date"], let date = Self.date(day.values[0]) else {
                throw .line(seen["date"]?.line ?? lines.count)
            }
            self.date = date
            if let spoken = seen["language"] {
                guard let known = Language(rawValue: spoken.values[0]) else {
                    throw .line(spoken.line)
                }
                language = known
            } else {
                language = nil
            }
            if let ways = seen["address"], !ways.values.allSatisfy({ $0.hasPrefix("email:") }) {
                throw .line(ways.line)
            }
            values = seen.mapValues(\.values)
        }

        subscript(name: String) -> [String] { values[name] ?? [] }

        private static let names: Set<String> = [
            "name", "recipient", "sign-key", "address", "phone", "language", "date", "check",
        ]
        private static let single: Set<String> = ["name", "language", "date", "check"]

        private static func parts(_ line: String) -> (String, String)? {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let rest = line[line.index(after: colon)...]
            guard rest.hasPrefix(" "), rest.utf8.count > 1 else { return nil }
            return (String(line[..<colon]), String(rest.dropFirst()))
        }

        /// `2026-11-24`
        private static func date(_ text: String) -> CivilDate? {
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 3, text.utf8.count == 10, let year = Int(parts[0]),
                let month = Int(parts[1]), let day = Int(parts[2])
            else { return nil }
            return CivilDate(year: year, month: month, day: day)
        }
    }
}
