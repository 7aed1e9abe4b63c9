import CheckIn
import Encoding
import Platform
import Testing
import Watch

@Suite("sheets that no message holds")
struct LargeSheetTests {
    @Test("an alert whose sheet does not fit goes out without it, and says so")
    func goesWithout() throws {
        let sample = try Sample(sheetBytes: 9 << 20)
        let laura = try #require(sample.registration.tiers.first?.first)
        let writer = AlertWriter(zones: mexico)
        for (sheet, fits) in [(sample.envelopes[0], false), ([1, 2, 3], true)] {
            #expect(
                writer.canWrite(
                    sample.registration, to: laura, tier: 0, sheet: sheet, now: start) == fits)
        }
        let engine = engine()
        _ = try engine.register(sample.registration, envelopes: sample.envelopes, now: start)
        try engine.tick(start + hour * 7)
        try engine.tick(start + hour * 8)
        let shipment = try #require(try engine.claim(start + hour * 8))
        #expect(shipment.message.contact == "laura")
        #expect(shipment.message.attachments.isEmpty)
        #expect(shipment.message.text.contains("could not be attached"))
        #expect(shipment.message.text.contains("no se pudo adjuntar"))
    }

    @Test("what a header refuses, a plan refuses")
    func onePredicate() {
        for text in ["", "a\u{2028}b", "a\u{2029}b", "a\u{85}b", "a\nb"] {
            #expect(!text.isPlainLine())
        }
        #expect("Xalapa, Veracruz".isPlainLine())
    }
}
