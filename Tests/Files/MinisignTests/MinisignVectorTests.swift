import Encoding
import Foundation
import Minisign
import Secrets
import TestSupport
import Testing

@Suite("minisign vectors")
struct MinisignVectorTests {
    private struct Manifest: Decodable {
        struct Verify: Decodable {
            let signature: String
            let message: String
            let pubkey: String
            let minisign_0_11_accepts: Bool
        }
        struct Key: Decodable {
            let file: String
            let pub: String
            let password: String?
            let seed: String?
        }
        let verify: [Verify]
        let secret_keys: [Key]
    }

    private func manifest() throws -> Manifest? {
        guard Vectors.folder != nil else { return nil }
        let bytes = try Vectors.bytes("minisign/manifest.json")
        return try JSONDecoder().decode(Manifest.self, from: Data(bytes))
    }

    private func publicKey(_ name: String) throws -> MinisignPublicKey {
        let bytes = try Vectors.bytes("minisign/\(name)")
        return try MinisignPublicKey(parsing: bytes.span)
    }

    private enum Outcome: Equatable {
        case accepted
        case refused(MinisignError)
    }

    /// What each case must end in.
    private static let expected: [String: Outcome] = [
        "prehashed.minisig message.txt": .accepted,
        "legacy.minisig message.txt": .refused(.legacySignature),
        "comments.minisig message.txt": .accepted,
        "empty.minisig empty.bin": .accepted,
        "prehashed.minisig tampered.txt": .refused(.badSignature),
        "bad_trusted_comment.minisig message.txt": .refused(.badTrustedComment),
        "bad_sig.minisig message.txt": .refused(.badSignature),
        "wrong_keynum.minisig message.txt": .refused(
            .keyIDMismatch(
                signature: MinisignKeyID([0xc9, 0xa9, 0xf5, 0xd7, 0x85, 0xf2, 0x5e, 0x41]),
                key: MinisignKeyID([0xc9, 0xa8, 0xf5, 0xd7, 0x85, 0xf2, 0x5e, 0x41]))),
        "alg_swapped.minisig message.txt": .refused(.legacySignature),
        "unknown_alg.minisig message.txt": .refused(.unknownAlgorithm(Array("XX".utf8))),
        "no_trusted.minisig message.txt": .refused(.missingTrustedComment),
        "crlf.minisig message.txt": .accepted,
        "control_char.minisig message.txt": .refused(.unprintableComment(line: 3)),
    ]

    @Test("every verify case ends in its own success or failure")
    func verify() throws {
        guard let manifest = try manifest() else { return }
        var ran = 0
        for vector in manifest.verify {
            let name = "\(vector.signature) \(vector.message)"
            let message = try Vectors.bytes("minisign/\(vector.message)")
            let outcome: Outcome
            do {
                let signatureText = try Vectors.bytes("minisign/\(vector.signature)")
                let signature = try MinisignSignature(parsing: signatureText.span)
                _ = try signature.verify(
                    Prehash(of: message.span), with: publicKey(vector.pubkey))
                outcome = .accepted
            } catch let error as MinisignError {
                outcome = .refused(error)
            }
            let wanted = try #require(Self.expected[name], "unknown case \(name)")
            #expect(outcome == wanted, "\(name)")
            ran += 1
        }
        Vectors.report("minisign verify", ran: ran)
        #expect(ran == 13)
    }

    @Test("the legacy kind verifies when asked for, and a swapped algorithm does not")
    func legacy() throws {
        guard Vectors.folder != nil else { return }
        let message = try Vectors.bytes("minisign/message.txt")
        let key = try publicKey("plain.pub")
        let oldText = try Vectors.bytes("minisign/legacy.minisig")
        let old = try MinisignSignature(parsing: oldText.span)
        let comment = try old.verifyAllowingLegacy(message.span, with: key)
        #expect(comment.hasPrefix("timestamp:"))
        let swappedText = try Vectors.bytes("minisign/alg_swapped.minisig")
        let swapped = try MinisignSignature(parsing: swappedText.span)
        #expect(throws: MinisignError.badSignature) {
            try swapped.verifyAllowingLegacy(message.span, with: key)
        }
    }

    @Test("the trusted comment comes back with its accents")
    func comments() throws {
        guard Vectors.folder != nil else { return }
        let message = try Vectors.bytes("minisign/message.txt")
        let signatureText = try Vectors.bytes("minisign/comments.minisig")
        let signature = try MinisignSignature(parsing: signatureText.span)
        let comment = try signature.verify(
            Prehash(of: message.span), with: publicKey("plain.pub"))
        #expect(comment == "fecha:2026-01-01\tnota: ñandú €")
    }

    @Test("every key pair opens, belongs together and signs")
    func keys() throws {
        guard let manifest = try manifest() else { return }
        var ran = 0
        for vector in manifest.secret_keys {
            let text = try Vectors.bytes("minisign/\(vector.file)")
            let published = try publicKey(vector.pub)
            try check(text, password: vector.password, seed: vector.seed, publicKey: published)
            ran += 1
        }
        Vectors.report("minisign key pairs", ran: ran)
        #expect(ran == 3)
    }

    private func check(
        _ text: [UInt8], password: String?, seed: String?, publicKey: MinisignPublicKey
    ) throws {
        let file = try MinisignSecretKeyFile(parsing: text.span)
        let needs = file.needsPassphrase
        #expect(needs == (password != nil))
        let typed = Array((password ?? "").utf8)
        let key = try file.open(passphrase: typed.span)
        let own = key.publicKey
        #expect(own == publicKey)
        if let seed {
            let hex = key.seed.withBytes { Hex.encode($0) }
            #expect(hex == seed)
        }
        let content = Prehash(of: typed.span)
        let signature = try key.sign(content)
        #expect(try signature.verify(content, with: publicKey) == "hashed")
    }

    @Test("parsing then serialising gives the same bytes")
    func oneSpelling() throws {
        guard Vectors.folder != nil else { return }
        for name in ["prehashed", "legacy", "comments", "empty", "bad_sig", "wrong_keynum"] {
            let bytes = try Vectors.bytes("minisign/\(name).minisig")
            let written = try MinisignSignature(parsing: bytes.span).serialized()
            #expect(written == bytes, "\(name)")
        }
        let plain = try Vectors.bytes("minisign/plain.key")
        let key = try MinisignSecretKeyFile(parsing: plain.span).open()
        let written = MinisignSecretKeyFile.exposed(key).withBytes { span in
            span.indices.map { span[$0] }
        }
        #expect(written == plain)
        let published = try Vectors.bytes("minisign/plain.pub")
        #expect(try publicKey("plain.pub").serialized() == published)
    }
}
