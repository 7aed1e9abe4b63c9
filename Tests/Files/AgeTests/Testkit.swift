import Age
import AgeFormat
import CZlib
import Foundation
import Platform
import Secrets
import TestSupport
import Testing

/// One file of the public age test vectors: a text head, an empty line, an age file.
///
/// Source: C2SP/CCTV, age/README.md.
struct TestkitVector: CustomTestStringConvertible, Sendable {
    enum Outcome: String, Sendable {
        case success
        case headerFailure = "header failure"
        case armorFailure = "armor failure"
        case payloadFailure = "payload failure"
        case noMatch = "no match"
        case macFailure = "HMAC failure"
    }

    let name: String
    let expected: Outcome
    /// SHA-256 of everything that is released, in hex.
    let payload: String?
    let identities: [String]
    let passphrases: [String]
    let isArmored: Bool
    let fileKey: String?
    let file: [UInt8]

    var testDescription: String { name }

    static let all: [TestkitVector] = {
        guard let folder = Vectors.folder?.appending(path: "age-testkit").path,
            let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
        else { return [] }
        return names.sorted().compactMap { name in
            guard let bytes = try? Vectors.bytes("age-testkit/" + name) else { return nil }
            return TestkitVector(name: name, bytes)
        }
    }()

    init?(name: String, _ bytes: [UInt8]) {
        self.name = name
        var values: [String: [String]] = [:]
        var rest = bytes[...]
        while let end = rest.firstIndex(of: 10) {
            let line = String(decoding: rest[..<end], as: UTF8.self)
            rest = rest[(end + 1)...]
            if line.isEmpty { break }
            guard let colon = line.range(of: ": ") else { return nil }
            values[String(line[..<colon.lowerBound]), default: []]
                .append(String(line[colon.upperBound...]))
        }
        guard let expected = values["expect"]?.first.flatMap(Outcome.init) else { return nil }
        self.expected = expected
        payload = values["payload"]?.first
        identities = values["identity"] ?? []
        passphrases = values["passphrase"] ?? []
        isArmored = values["armored"] == ["yes"]
        fileKey = values["file key"]?.first
        if values["compressed"] == ["zlib"] {
            var out = [UInt8](repeating: 0, count: 32 << 20)
            let count = amparo_inflate(Array(rest), rest.count, &out, out.count)
            guard count >= 0 else { return nil }
            file = Array(out.prefix(count))
        } else {
            file = Array(rest)
        }
    }

    /// Opens the file as the kit's harness does: what is released, and how it ended.
    func run() throws -> (released: [UInt8], outcome: Outcome) {
        let openers: [any Opener] =
            try identities.map { try Identity(parsing: Array($0.utf8).span) }
            + passphrases.map { FilePassphrase(SecretBytes(copying: Array($0.utf8).span)) }
        return try Self.run(file, isArmored: isArmored, with: openers)
    }

    static func run(
        _ file: [UInt8], isArmored: Bool, with openers: [any Opener]
    ) throws -> (released: [UInt8], outcome: Outcome) {
        let output = MemoryOutput()
        do throws(AgeError) {
            try SealedFile(reading: MemoryInput(file), form: isArmored ? .armored : .binary)
                .unlock(openers).open(into: output)
            return (output.bytes, .success)
        } catch {
            switch error {
            case .header: return (output.bytes, .headerFailure)
            case .armor: return (output.bytes, .armorFailure)
            case .payload: return (output.bytes, .payloadFailure)
            case .noMatch: return (output.bytes, .noMatch)
            case .headerNotAuthentic: return (output.bytes, .macFailure)
            case .input, .output, .unusableRecipient, .mixedRecipients, .outOfMemory:
                throw error
            }
        }
    }
}
