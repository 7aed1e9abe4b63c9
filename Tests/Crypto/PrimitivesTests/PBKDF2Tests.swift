import Encoding
import Foundation
import Primitives
import Secrets
import TestSupport
import Testing

@Suite("PBKDF2")
struct PBKDF2Tests {
    private struct File: Decodable {
        struct Group: Decodable { let tests: [Case] }
        struct Case: Decodable {
            let tcId: Int
            let password: String
            let salt: String
            let iterationCount: Int
            let dkLen: Int
            let dk: String
            let result: String
        }
        let numberOfTests: Int
        let testGroups: [Group]
    }

    @Test("every Wycheproof vector gives the published key")
    func wycheproof() throws {
        guard Vectors.folder != nil else { return }
        let bytes = try Vectors.bytes("wycheproof/pbkdf2_hmacsha256_test.json")
        let file = try JSONDecoder().decode(File.self, from: Data(bytes))
        var ran = 0
        for vector in file.testGroups.flatMap(\.tests) {
            let password = try #require(Hex.decode(vector.password))
            let salt = try #require(Hex.decode(vector.salt))
            let key = PBKDF2.derive(
                count: vector.dkLen, from: password.span, salt: salt.span,
                iterations: vector.iterationCount)
            let hex = key.withBytes { Hex.encode($0) }
            #expect((hex == vector.dk) == (vector.result == "valid"), "tcId \(vector.tcId)")
            ran += 1
        }
        Vectors.report("wycheproof PBKDF2-HMAC-SHA-256", ran: ran)
        #expect(ran == 60)
        #expect(ran == file.numberOfTests)
    }

    @Test("scrypt by two limits gives the key of its picked parameters")
    func scryptLimits() throws {
        // 512 KiOps and 16 MiB: N = 2^14 by the smaller limit, r = 8, p = 1.
        let passphrase = Array("abc".utf8)
        let salt = [UInt8](0..<32)
        let picked = try Scrypt.derive(
            count: 104, from: passphrase.span, salt: salt.span, operations: 524_288,
            memory: 16_777_216)
        let named = try Scrypt.derive(
            count: 104, from: passphrase.span, salt: salt.span, log2N: 14)
        let same = picked.equals(named)
        #expect(same)
    }
}
