import AgeFormat
import Testing

@Suite("work factor")
struct WorkFactorTests {
    struct Vector: Sendable {
        let text: String
        let expect: Result<Int, FormatError>
    }

    static let vectors = [
        Vector(text: "1", expect: .success(1)),
        Vector(text: "18", expect: .success(18)),
        Vector(text: "22", expect: .success(22)),
        Vector(text: "23", expect: .failure(.excessiveWork(log2N: 23))),
        Vector(text: "100", expect: .failure(.excessiveWork(log2N: 100))),
        Vector(
            text: "99999999999999999999999999", expect: .failure(.excessiveWork(log2N: .max))),
        Vector(text: "0", expect: .failure(.malformedWorkFactor)),
        Vector(text: "018", expect: .failure(.malformedWorkFactor)),
        Vector(text: "+1", expect: .failure(.malformedWorkFactor)),
        Vector(text: "-1", expect: .failure(.malformedWorkFactor)),
        Vector(text: "1a", expect: .failure(.malformedWorkFactor)),
        Vector(text: "٣", expect: .failure(.malformedWorkFactor)),
        Vector(text: "", expect: .failure(.malformedWorkFactor)),
    ]

    @Test("accepts one spelling of each cost", arguments: vectors)
    func parses(_ vector: Vector) {
        let result = Result { () throws(FormatError) in try WorkFactor(parsing: vector.text) }
        #expect(result.map(\.log2N) == vector.expect)
    }
}
