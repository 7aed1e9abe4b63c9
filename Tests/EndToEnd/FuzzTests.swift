import Foundation
import TestSupport
import Testing

/// A small part of what Tools/fuzz does to the parsers; `make torture` does all of it.
@Suite("damaged inputs to the parsers")
struct FuzzTests {
    @Test("no parser traps, and none accepts a second spelling")
    func all() throws {
        let fuzz = try #require(Peer(BuiltTool.programs + "/amparo-fuzz"))
        let seed = UInt32.random(in: 1 ... .max)
        let done = try fuzz.run(["all", "400", "\(seed)"])
        let lines = String(decoding: done.output, as: UTF8.self).split(separator: "\n")
        #expect(done.status == 0 && lines.count == 19, "seed \(seed): \(done.complaint)")
        for line in lines { #expect(!line.contains(" 0 accepted"), "\(line)") }
    }
}
