import Foundation
import Minisign
import Secrets
import TestSupport
import Testing

@Suite("minisign, the program")
struct MinisignInteropTests {
    private let peer = Peer("minisign")
    private let content = Array("el texto de la fuente\n".utf8)

    @Test("accepts our signatures, and we accept its own")
    func plainKeys() throws {
        guard let peer else { return }
        let folder = try TemporaryDirectory()
        try folder.write("text", content)
        let key = MinisignSecretKey.generate(random: SeededRandom(seed: 21))
        let published = key.publicKey
        try folder.write("own.pub", published.serialized())
        let exposed = MinisignSecretKeyFile.exposed(key)
        try folder.write("own.key", exposed.withBytes { span in span.indices.map { span[$0] } })

        let longest = String(repeating: "ñ", count: 4_086)
        for comment in ["hashed", "", "fecha\tseñal", longest] {
            let signature = try key.sign(Prehash(of: content.span), trustedComment: comment)
            try folder.write("text.minisig", signature.serialized())
            let verified = try peer.run(["-VQm", folder("text"), "-p", folder("own.pub")])
            #expect(verified.status == 0, "\(verified.complaint)")
            #expect(verified.output == Array("\(comment)\n".utf8))
        }

        let signed = try peer.run([
            "-Sm", folder("text"), "-s", folder("own.key"), "-t", "de ella", "-x", folder("sig"),
        ])
        #expect(signed.status == 0, "\(signed.complaint)")
        let theirs = try folder.read("sig")
        let signature = try MinisignSignature(parsing: theirs.span)
        let comment = try signature.verify(Prehash(of: content.span), with: published)
        #expect(comment == "de ella")
    }

    @Test("signs with a key that we sealed, and we open a key that it sealed")
    func sealedKeys() throws {
        guard let peer else { return }
        let folder = try TemporaryDirectory()
        try folder.write("text", content)
        let passphrase = Array("árbol de la noche".utf8)
        let key = MinisignSecretKey.generate(random: SeededRandom(seed: 22))
        let sealed = try MinisignSecretKeyFile.seal(
            key, passphrase: passphrase.span, cost: .interactive, random: SeededRandom(seed: 23))
        try folder.write("own.key", sealed.file)
        let signed = try peer.run(
            ["-Sm", folder("text"), "-s", folder("own.key"), "-x", folder("sig")],
            input: passphrase + [10])
        #expect(signed.status == 0, "\(signed.complaint)")
        let bySealed = try folder.read("sig")
        let ours = try MinisignSignature(parsing: bySealed.span)
        _ = try ours.verify(Prehash(of: content.span), with: key.publicKey)

        let generated = try peer.run(
            ["-G", "-s", folder("their.key"), "-p", folder("their.pub")],
            input: passphrase + [10] + passphrase + [10])
        #expect(generated.status == 0, "\(generated.complaint)")
        let keyText = try folder.read("their.key")
        let publicText = try folder.read("their.pub")
        let file = try MinisignSecretKeyFile(parsing: keyText.span)
        let opened = try file.open(passphrase: passphrase.span).publicKey
        let published = try MinisignPublicKey(parsing: publicText.span)
        #expect(opened == published)
    }
}
