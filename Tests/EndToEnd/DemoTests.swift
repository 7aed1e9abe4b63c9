import Foundation
import TestSupport
import Testing

@Suite("the tour")
struct DemoTests {
    @Test("runs to its end in both languages and leaves nothing", arguments: ["es", "en"])
    func whole(_ language: String) throws {
        let tool = try BuiltTool(language: language)
        let tour = try tool.run(["demo"], environment: ["XDG_RUNTIME_DIR": tool.work])
        #expect(tour.status == 0, "\(tour.complaint)")
        #expect(tour.complaint == "")
        for scene in 1...5 { #expect(tour.text.contains("\(scene)/5")) }
        // The mail, its sealed sheet and the all-clear, as Laura reads them.
        let marks =
            language == "es"
            ? ["ALERTA: Ana", "Hotel Mar, cuarto 12", "AVISO: Ana ya se reportó", "amparo init"]
            : ["ALERT: Ana", "Hotel Mar, room 12", "ALL CLEAR: Ana", "amparo init"]
        for mark in marks { #expect(tour.text.contains(mark), "\(mark)") }
        #expect(tool.names.isEmpty)
        #expect(!tool.exists(tool.store))
    }
}
