import CTestKeyring
import Foundation
import Platform
import Secrets
import TestSupport
import Testing

/// The session keyring belongs to a thread: each test joins one of its own and does not wait.
@Suite("session keyring")
struct SessionKeyringTests {
    private let keyring = LinuxSessionKeyring()
    private let name = SessionKey.description(vault: "00112233445566778899aabbccddeeff")

    private func secret(_ bytes: [UInt8]) -> SecretBytes { SecretBytes(copying: bytes.span) }

    private func fetched() throws -> [UInt8]? {
        let found = try keyring.fetch(name)
        guard let found else { return nil }
        return found.withBytes { bytes in bytes.indices.map { bytes[$0] } }
    }

    /// Whether the kernel lets tests have a keyring; said aloud where it does not.
    private func join() -> Bool {
        let result = amparo_test_join_session_keyring()
        if result != 0 { print("session keyring: not tested, the kernel refuses (\(result))") }
        return result == 0
    }

    @Test("a secret comes back, is replaced by the next and is gone once revoked")
    func keeps() throws {
        guard join() else { return }
        #expect(try fetched() == nil)
        try keyring.store(secret([1, 2, 3]), as: name, for: .seconds(60))
        #expect(try fetched() == [1, 2, 3])
        let long = [UInt8](repeating: 9, count: SessionKey.secretLimit)
        try keyring.store(secret(long), as: name, for: .seconds(60))
        #expect(try fetched() == long)
        #expect(try keyring.revoke(name))
        #expect(try fetched() == nil)
        #expect(try keyring.revoke(name) == false)
        try keyring.store(secret([4]), as: name, for: .seconds(60))
        #expect(try fetched() == [4])
    }

    @Test("another login session does not find it")
    func isPrivate() throws {
        guard join() else { return }
        try keyring.store(secret([1]), as: name, for: .seconds(60))
        guard join() else { return }
        #expect(try fetched() == nil)
    }

    @Test("the kernel sees one length and the possessor's permissions only")
    func looks() throws {
        guard join() else { return }
        try keyring.store(secret([1]), as: name, for: .seconds(600))
        let keys = try String(contentsOfFile: "/proc/keys", encoding: .utf8)
        let line = try #require(keys.split(separator: "\n").first { $0.contains(name) })
        #expect(line.contains("3f000000") && line.contains(": 512"))
        #expect(line.contains("10m") || line.contains("9m"))
    }
}
