import Age
import AgeFormat
import Foundation
import Platform
import Secrets
import TestSupport
import Testing

@Suite("SSH keys of the kind ssh-ed25519")
struct SSHKeyTests {
    static let identity = Identity.generate(SeededRandom(seed: 14), kind: .ssh)

    private func read(_ bytes: [UInt8]) throws -> [Identity] {
        let text = SecretBytes(copying: bytes.span)
        return try KeyFile.identities(text)
    }

    private var file: [UInt8] {
        Self.identity.secretText().withBytes { span in span.indices.map { span[$0] } }
    }

    @Test("files are opened by their key and by no other")
    func roundTrip() throws {
        let curve = Identity.generate(SeededRandom(seed: 15))
        let file = try Age.seal([7], to: [curve.recipient, Self.identity.recipient])
        #expect(try Age.open(file, with: [Self.identity]) == [7])
        #expect(try Age.open(file, with: [curve]) == [7])
        let stranger = Identity.generate(kind: .ssh)
        #expect(throws: AgeError.noMatch) { try Age.open(file, with: [stranger]) }
    }

    @Test("a line reads with any comment, and is written without")
    func publicLines() throws {
        let line = Self.identity.recipient.description
        for text in [line, line + " laura@portátil", line + "\ta b c", line + " "] {
            #expect(try Recipient(parsing: text) == Self.identity.recipient)
        }
        for text in ["ssh-ed25519", "ssh-ed25519 AAAA", String(line.dropLast())] {
            #expect(throws: KeyError.malformed) { try Recipient(parsing: text) }
        }
        #expect(throws: KeyError.unsupported(kind: "ssh-rsa")) {
            try Recipient(parsing: "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAB")
        }
        #expect(try KeyFile.recipients(Array("# equipo\n\(line) yo\n".utf8)).count == 1)
    }

    @Test("a private key is written as it is read")
    func privateFiles() throws {
        let read = try read(file)
        #expect(read.map(\.recipient) == [Self.identity.recipient])
        #expect(read[0].kind == .ssh)
    }

    @Test("any flipped bit of a private key is refused, save in the check numbers' twin")
    func damages() throws {
        let whole = file
        for place in whole.indices {
            var damaged = whole
            damaged[place] ^= 1
            guard let found = try? read(damaged) else { continue }
            // A line end that became something else cannot be; the same key may be.
            #expect(found.map(\.recipient) == [Self.identity.recipient], "byte \(place)")
        }
        for count in 1..<whole.count - 1 {
            #expect(throws: KeyFileError.self) { try read(Array(whole[..<count])) }
        }
    }

    @Test("ssh-keygen's keys open what Debian's age seals to them, and the other way")
    func peers() throws {
        guard let keygen = Peer("ssh-keygen"), let age = Peer("age") else { return }
        let folder = try TemporaryDirectory()
        let made = try keygen.run([
            "-q", "-t", "ed25519", "-N", "", "-C", "yo", "-f", folder("key"),
        ])
        #expect(made.status == 0, "\(made.complaint)")
        let line = String(decoding: try folder.read("key.pub"), as: UTF8.self)
        let recipient = try Recipient(parsing: line.trimmingCharacters(in: .newlines))
        let identities = try read(folder.read("key"))
        #expect(identities.map(\.recipient) == [recipient])

        try folder.write("text", Array("hola".utf8))
        let sealed = try age.run(["-R", folder("key.pub"), "-o", folder("theirs"), folder("text")])
        #expect(sealed.status == 0, "\(sealed.complaint)")
        #expect(try Age.open(folder.read("theirs"), with: identities) == Array("hola".utf8))

        try folder.write("ours", Age.seal(Array("adiós".utf8), to: [recipient]))
        let opened = try age.run(["-d", "-i", folder("key"), folder("ours")])
        #expect(opened.status == 0, "\(opened.complaint)")
        #expect(opened.output == Array("adiós".utf8))

        // What we write is a key for OpenSSH and for age, too.
        try folder.write("own", file)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: folder("own"))
        let printed = try keygen.run(["-y", "-f", folder("own")])
        #expect(printed.status == 0, "\(printed.complaint)")
        let own = String(decoding: printed.output, as: UTF8.self)
        #expect(own.hasPrefix(Self.identity.recipient.description))
    }

    @Test("a private key under a passphrase, or of another kind, says so")
    func others() throws {
        guard let keygen = Peer("ssh-keygen") else { return }
        let folder = try TemporaryDirectory()
        _ = try keygen.run(
            ["-q", "-t", "ed25519", "-N", "frase", "-a", "1", "-f", folder("sealed")])
        #expect(throws: KeyFileError.line(1, .encryptedSSHKey)) {
            try read(folder.read("sealed"))
        }
        _ = try keygen.run(["-q", "-t", "ecdsa", "-N", "", "-f", folder("ecdsa")])
        #expect(throws: KeyFileError.line(1, .unsupported(kind: "ecdsa-sha2-nistp256"))) {
            try read(folder.read("ecdsa"))
        }
    }
}
