import Encoding
import Foundation
import Secrets
import Shares
import TestSupport
import Testing

@Suite("SLIP-39 vectors")
struct ShareVectorTests {
    private struct Vector: Decodable {
        let name: String
        let mnemonics: [String]
        let secret: String

        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            name = try list.decode(String.self)
            mnemonics = try list.decode([String].self)
            secret = try list.decode(String.self)
        }
    }

    private enum Outcome: Equatable {
        case secret(String)
        case refused(ShareError)
    }

    /// How each vector that must fail does, by the number in its name.
    private static let refusals: [Int: @Sendable (ShareError) -> Bool] = [
        2: { $0 == .checksum }, 3: { $0 == .padding }, 5: { $0.isIncomplete },
        6: { $0 == .otherSet }, 7: { $0 == .inconsistent(.exponent) },
        8: { $0 == .inconsistent(.groupThreshold) }, 9: { $0 == .inconsistent(.groupCount) },
        10: { $0 == .thresholds }, 11: { $0 == .contradiction(group: 1, member: 3) },
        12: { $0 == .inconsistent(.memberThreshold) }, 13: { $0 == .digest },
        14: { $0.isIncomplete }, 15: { $0.isIncomplete }, 16: { $0.isIncomplete },
        21: { $0 == .checksum }, 22: { $0 == .padding }, 24: { $0.isIncomplete },
        25: { $0 == .otherSet }, 26: { $0 == .inconsistent(.exponent) },
        27: { $0 == .inconsistent(.groupThreshold) }, 28: { $0 == .inconsistent(.groupCount) },
        29: { $0 == .thresholds }, 30: { $0 == .contradiction(group: 1, member: 1) },
        31: { $0 == .inconsistent(.memberThreshold) }, 32: { $0 == .digest },
        33: { $0.isIncomplete }, 34: { $0.isIncomplete }, 35: { $0.isIncomplete },
        39: { $0.isWordCount }, 40: { $0.isWordCount },
    ]

    private func combine(_ mnemonics: [String]) -> Outcome {
        let passphrase = Array("TREZOR".utf8)
        do {
            var pool = SharePool()
            for mnemonic in mnemonics {
                let text = Array(mnemonic.utf8)
                try pool.add(Share(parsing: text.span))
            }
            let secret = try pool.combine(passphrase: passphrase.span)
            return .secret(secret.withBytes { Hex.encode($0) })
        } catch {
            return .refused(error)
        }
    }

    @Test("every vector gives its secret or its own refusal")
    func all() throws {
        guard Vectors.folder != nil else { return }
        let bytes = try Vectors.bytes("slip39/vectors.json")
        let vectors = try JSONDecoder().decode([Vector].self, from: Data(bytes))
        for vector in vectors {
            let number = try #require(Int(vector.name.prefix { $0.isNumber }))
            switch combine(vector.mnemonics) {
            case .secret(let hex):
                #expect(hex == vector.secret, "\(vector.name)")
            case .refused(let error):
                #expect(vector.secret.isEmpty, "\(vector.name): \(error)")
                let isExpected = Self.refusals[number]?(error) ?? false
                #expect(isExpected, "\(vector.name): \(error)")
            }
        }
        Vectors.report("SLIP-39", ran: vectors.count)
        // The published file has 45; a part of it may be what lies here.
        #expect(vectors.count == 22 || vectors.count == 45)
    }

    @Test("parsing a valid share and writing it gives the same words")
    func oneSpelling() throws {
        guard Vectors.folder != nil else { return }
        let bytes = try Vectors.bytes("slip39/vectors.json")
        let vectors = try JSONDecoder().decode([Vector].self, from: Data(bytes))
        for mnemonic in vectors.filter({ !$0.secret.isEmpty }).flatMap(\.mnemonics) {
            let text = Array(mnemonic.utf8)
            let share = try Share(parsing: text.span)
            #expect(share.words().joined(separator: " ") == mnemonic)
            #expect(
                share.groupLabel == mnemonic.split(separator: " ")[0..<3].joined(separator: " "))
            let written = share.text().withBytes { span in span.indices.map { span[$0] } }
            #expect(written == text)
        }
    }
}

extension ShareError {
    var isIncomplete: Bool {
        if case .incomplete = self { true } else { false }
    }

    var isWordCount: Bool {
        if case .wordCount = self { true } else { false }
    }
}
