import CommandLineKit
import Foundation
import Platform
import TestSupport
import Testing

@Suite("values on the command line")
struct ValueTests {
    @Test("durations have one unit")
    func durations() {
        #expect(DurationArgument.parse("90s") == .seconds(90))
        #expect(DurationArgument.parse("30m") == .seconds(1_800))
        #expect(DurationArgument.parse("6h") == .seconds(21_600))
        #expect(DurationArgument.parse("2d") == .seconds(172_800))
        #expect(DurationArgument.parse("0m") == .zero)
        #expect(DurationArgument.parse("999999999d") == .seconds(999_999_999 * 86_400))
        for bad in ["", "s", "90", "-1s", "+1s", "1.5h", "1h30m", "1 h", "1H", "9999999999s", "１s"]
        {
            #expect(DurationArgument.parse(bad) == nil, "\(bad)")
        }
        for text in ["90s", "30m", "6h", "2d", "0s"] {
            #expect(DurationArgument.parse(text).map(DurationArgument.describe) == text)
        }
    }

    @Test("sizes are digits, or digits and one unit of a thousand")
    func sizes() {
        #expect(SizeArgument.parse("0") == 0 && SizeArgument.parse("500") == 500)
        #expect(SizeArgument.parse("64K") == 64_000 && SizeArgument.parse("2M") == 2_000_000)
        #expect(SizeArgument.parse("999999999G") == 999_999_999_000_000_000)
        for bad in ["", "K", "-1", "1.5M", "1 K", "64k", "1T", "KK", "1000000000", "１K"] {
            #expect(SizeArgument.parse(bad) == nil, "\(bad)")
        }
    }

    @Test("an id may be shortened to four digits if it stays the only one")
    func prefixes() throws {
        let ids = [
            "abcd" + String(repeating: "0", count: 28), "abce" + String(repeating: "1", count: 28),
        ]
        func only(_ text: String) -> Result<String, Failure> {
            Result { () throws(Failure) in try IDPrefix.only(text, in: ids, id: { $0 }) }
        }
        #expect(only("abcd") == .success(ids[0]))
        #expect(only("ABCE1") == .success(ids[1]))
        #expect(only(ids[1]) == .success(ids[1]))
        let twins = Result { () throws(Failure) in
            try IDPrefix.only("abcd", in: [ids[0], ids[0]], id: { $0 })
        }
        for (result, code) in [
            (only("abc"), ExitCode.usage), (only("xyzw"), .usage), (only("ffff"), .failed),
            (only(ids[0] + "0"), .usage), (twins, .usage), (only(""), .usage),
        ] {
            guard case .failure(let failure) = result else {
                Issue.record("accepted")
                continue
            }
            #expect(failure.exit == code)
        }
    }

    @Test("JSON keeps the order and escapes what could move a cursor")
    func json() throws {
        let value: JSON = [
            "z": 1, "a": ["x", nil, true, false], "t": .time(Instant(milliseconds: 0)), "e": [:],
            "q": "\"\\/\n\r\t\u{0}\u{1F}\u{7F}\u{9B}\u{202E}ñ👩‍👧",
        ]
        #expect(
            value.serialized
                == #"{"z":1,"a":["x",null,true,false],"t":"1970-01-01T00:00:00Z","e":{},"#
                + #""q":"\"\\/\n\r\t\u0000\u001f\u007f\u009b\u202eñ👩‍👧"}"#)
        let read = try JSONSerialization.jsonObject(with: Data(value.serialized.utf8))
        let text = (read as? [String: Any])?["q"] as? String
        #expect(text == "\"\\/\n\r\t\u{0}\u{1F}\u{7F}\u{9B}\u{202E}ñ👩‍👧")
    }

    @Test("control characters and overrides become visible, letters stay")
    func printable() {
        #expect(Printable.escape("Niño ☕️ العربية") == "Niño ☕️ العربية")
        #expect(Printable.escape("a\u{7}b\u{9B}c\r\n") == "a\\x07b\\x9Bc\\x0D\\x0A")
        #expect(Printable.escape("a\tb\n", keepingLines: true) == "a\tb\n")
        #expect(Printable.escape("gpj.\u{202E}exe") == "gpj.\\u{202E}exe")
    }

    @Test("amounts read well")
    func amounts() {
        #expect(Layout.bytes(999) == "999 B")
        #expect(Layout.bytes(1_000) == "1.0 kB")
        #expect(Layout.bytes(999_999) == "999.9 kB")
        #expect(Layout.bytes(1_000_000) == "1.0 MB")
        #expect(Layout.bytes(12_345_678_901) == "12.3 GB")
        #expect(Layout.bytes(.max) == "9223372.0 TB")
        #expect(Layout.time(seconds: 59) == "59 s")
        #expect(Layout.time(seconds: 65) == "1 min 05 s")
        #expect(Layout.time(seconds: 12_000) == "3 h 20 min")
        #expect(Layout.wrap("uno dos tres", width: 8, indent: 2) == "uno dos\n  tres")
        #expect(Layout.wrap("uno\n\ndos", width: 8) == "uno\n\ndos")
        #expect(Layout.fill("uno  dos tres", width: 8) == "uno  dos\ntres")
        #expect(Layout.fill("  uno dos", width: 6, indent: 2) == "  uno\n    dos")
        #expect(Layout.fill("    uno dos tres", width: 8) == "    uno dos tres")
        #expect(Layout.fill("una\npalabralarga", width: 8) == "una\npalabralarga")
        #expect(Layout.fill("uno dos", width: 8, first: 4) == "uno\ndos")
        #expect(Layout.fill("", width: 8) == "")
        #expect(
            Layout.fill("mira «amparo note find» o llama", width: 20)
                == "mira\n«amparo note find» o\nllama")
        #expect(
            Layout.fill("ya: amparo key new · y ya", width: 14) == "ya:\namparo key new\n· y ya")
        #expect(
            Layout.fill("con amparo key list ya", width: 12) == "con amparo\nkey list ya")
        #expect(
            Layout.fill("di: amparo note find puerto", width: 12)
                == "di: amparo\nnote find\npuerto")
    }
}
