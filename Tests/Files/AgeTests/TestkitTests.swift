import Age
import AgeFormat
import Encoding
import Platform
import Primitives
import Secrets
import TestSupport
import Testing

@Suite("published age vectors")
struct TestkitTests {
    @Test(
        "each ends as published, after the plaintext that is published",
        arguments: TestkitVector.all)
    func opens(_ vector: TestkitVector) throws {
        let (released, outcome) = try vector.run()
        #expect(outcome == vector.expected)
        #expect(
            Hex.encode(SHA256.hash(released.span))
                == vector.payload ?? Hex.encode(SHA256.hash(Span())))
    }

    @Test("accepted headers are written back byte for byte", arguments: TestkitVector.all)
    func writesHeadersBack(_ vector: TestkitVector) throws {
        guard vector.expected == .success, !vector.isArmored else { return }
        let file = vector.file
        let end = try #require(
            file.indices.first { file[$0...].starts(with: "\n--- ".utf8) }.flatMap { start in
                file[(start + 1)...].firstIndex(of: 10)
            })
        let header = Array(file[...end])
        #expect(try Header(parsing: header).serialized() == header)
    }

    @Test("none has gone missing")
    func counts() {
        guard Vectors.folder != nil else { return }
        Vectors.report("age testkit", ran: TestkitVector.all.count)
        // 78 of the public 143 are kept here; other copies of the set hold more.
        #expect(TestkitVector.all.count >= 78)
    }
}
