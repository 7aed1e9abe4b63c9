import Encoding
import Platform
import Testing

@testable import Vault

@Suite("records")
struct RecordTests {
    /// From `Docs/formats/records.md`.
    private static let example =
        "01" + String(repeating: "01", count: 16) + String(repeating: "02", count: 16) + "00"
        + "0000019ba5031000" + String(repeating: "03", count: 16) + "00000014"
        + "0100000006" + "50756572746f" + "0200000004" + "53c3ad2e"

    @Test("the worked example of the page reads as it says, and is written the same")
    func example() throws {
        let bytes = try #require(Hex.decode(Self.example))
        var reader = ByteReader(bytes)
        let record = try Record(parsing: &reader)
        #expect(reader.isAtEnd)
        #expect(record.kind == RecordKind.note && record.parents.isEmpty)
        #expect(record.time == Instant(milliseconds: 1_768_000_000_000))
        #expect(record.fields.text(1) == "Puerto" && record.fields.text(2) == "Sí.")
        var writer = ByteWriter()
        record.write(to: &writer)
        #expect(writer.bytes == bytes)
    }

    @Test("cut anywhere, it is refused")
    func cut() throws {
        let bytes = try #require(Hex.decode(Self.example))
        for count in 0..<bytes.count {
            var reader = ByteReader(Array(bytes[..<count]))
            #expect(throws: CodecError.self) { try Record(parsing: &reader) }
        }
    }
}
