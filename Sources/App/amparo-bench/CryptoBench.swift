internal import Primitives
internal import Secrets

/// One core, one primitive at a time.
package struct CryptoBench {
    private let report: Report

    package init(_ report: Report) { self.report = report }

    package func run() throws {
        try chunks()
        try hashes()
        try keys()
        try passphrases()
    }

    private func chunks() throws {
        let key = [UInt8](repeating: 1, count: 32)
        for (name, size) in [("1 KiB", 1_024), ("64 KiB", 65_536), ("1 MiB", 1 << 20)] {
            let text = [UInt8](repeating: 0, count: size)
            var box = [UInt8](repeating: 0, count: size + 16)
            let nonce = [UInt8](repeating: 2, count: 12)
            let perSecond = report.rate {
                var out = box.mutableSpan
                ChaChaPoly.seal(text.span, into: &out, key: key.span, nonce: nonce.span)
            }
            try report.line(
                "ChaCha20-Poly1305, chunks of \(name)", perSecond * Double(size) / 1e9, "GB/s")
        }
        let cell = [UInt8](repeating: 0, count: 3_960)
        var box = [UInt8](repeating: 0, count: 3_976)
        let nonce = [UInt8](repeating: 2, count: 24)
        let perSecond = report.rate {
            var out = box.mutableSpan
            XChaChaPoly.seal(cell.span, into: &out, key: key.span, nonce: nonce.span)
        }
        try report.line("XChaCha20-Poly1305, vault cells", perSecond / 1000, "thousand/s")
    }

    private func hashes() throws {
        let text = [UInt8](repeating: 0, count: 1 << 20)
        let perSecond = report.rate { _ = BLAKE2b.hash(count: 32, of: text.span) }
        try report.line("BLAKE2b", perSecond * Double(text.count) / 1e9, "GB/s")
    }

    private func keys() throws {
        let seed = SecretBytes(copying: [UInt8](repeating: 3, count: 32).span)
        let message = [UInt8](repeating: 0, count: 256)
        let signature = Ed25519.sign(message.span, seed: seed)
        let publicKey = Ed25519.publicKey(seed: seed)
        try report.line(
            "Ed25519 signing",
            report.rate { _ = Ed25519.sign(message.span, seed: seed) } / 1000, "thousand/s")
        try report.line(
            "Ed25519 verifying",
            report.rate {
                _ = Ed25519.verify(signature.span, of: message.span, publicKey: publicKey.span)
            } / 1000, "thousand/s")
        let point = X25519.publicKey(scalar: seed)
        try report.line(
            "X25519",
            report.rate { _ = try? X25519.sharedSecret(scalar: seed, point: point.span) } / 1000,
            "thousand/s")
    }

    private func passphrases() throws {
        let phrase = Array("seis palabras que nadie adivina".utf8)
        let salt = [UInt8](repeating: 4, count: 16)
        for mebibytes in [64, 256] {
            let seconds = try report.best(of: 3) {
                _ = try Argon2id.derive(
                    count: 64, from: phrase.span, salt: salt.span, operations: 3,
                    memory: mebibytes << 20)
            }
            try report.line("Argon2id, 3 passes over \(mebibytes) MiB", seconds * 1000, "ms")
        }
    }
}
