import Encoding
import TestSupport
import Testing

@Suite("lists of fields")
struct FieldListTests {
    @Test("what is written is read again, in the order of tags")
    func roundTrip() throws {
        let list = FieldList([
            Field(7, "siete"), Field(2, [1, 2]), Field(7, "otra"), Field(9, u32: 5),
            Field(10, u64: 6), Field(11, []),
        ])
        let again = try FieldList(parsing: list.serialized()[...])
        #expect(again == list && again.hashValue == list.hashValue)
        #expect(again.fields.map(\.tag) == [2, 7, 7, 9, 10, 11])
        #expect(again.first(2) == [1, 2] && again.slice(2) == [1, 2])
        #expect(again.text(7) == "siete" && again.texts(7) == ["siete", "otra"])
        #expect(again.all(7).count == 2 && again.all(8).isEmpty && again.first(8) == nil)
        #expect(again.u32(9) == 5 && again.u64(10) == 6 && again.u64(9) == nil)
        #expect(again.first(11) == [] && again.first(12) == nil)
        #expect(FieldList().serialized().isEmpty && FieldList().fields.isEmpty)
    }

    @Test("a list read from the middle of other bytes is the same list")
    func slices() throws {
        let list = FieldList([Field(1, "a"), Field(3, "b")])
        let bytes = [9, 9] + list.serialized() + [9]
        let part = try FieldList(parsing: bytes[2..<bytes.count - 1])
        #expect(part == list && part.text(3) == "b" && part.serialized() == list.serialized())
    }

    @Test("every cut, and tags out of order, are refused")
    func refused() {
        let bytes = FieldList([Field(1, "uno"), Field(2, "dos")]).serialized()
        for count in 1..<bytes.count where count != 8 {
            #expect(throws: CodecError.self) { try FieldList(parsing: bytes[..<count]) }
        }
        #expect(throws: CodecError.tagOrder(at: 5)) {
            try FieldList(parsing: [2, 0, 0, 0, 0, 1, 0, 0, 0, 0])
        }
        #expect(throws: CodecError.self) {
            try FieldList(parsing: [1, 255, 255, 255, 255, 0])
        }
        for seed in UInt64(0)..<500 {
            let random = SeededRandom(seed: seed)
            let noise = random.bytes(Int(random.below(40)))
            // One spelling: what is read is written the same.
            if let list = try? FieldList(parsing: noise[...]) {
                #expect(list.serialized() == noise && FieldList(list.fields) == list)
            }
        }
    }
}
