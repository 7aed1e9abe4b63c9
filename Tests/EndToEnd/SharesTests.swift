import Foundation
import TestSupport
import Testing

@Suite("shares, with the built program and with shamir-mnemonic")
struct SharesTests {
    private static let phrase = "TREZOR 1"

    /// The lines of words, without what the sheets say about themselves.
    private func shares(_ text: String) -> [String] {
        text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
    }

    private func exportedKey(_ desk: Desk) throws -> String {
        let text = try desk.done("key", "export", "me", "--unencrypted", "--yes").text
        return text.split(separator: "\n").last.map(String.init) ?? ""
    }

    @Test("any three of five give the key back, two do not", arguments: ["en", "es"])
    func threeOfFive(_ language: String) throws {
        let desk = try Desk(language: language)
        let me = try desk.done("key", "show", "me").line
        let split = try desk.done("key", "split", "--threshold", "3", "--shares", "5").text
        let shares = shares(split)
        #expect(shares.count == 5)
        #expect(shares.allSatisfy { $0.split(separator: " ").count == 33 })
        #expect(split.components(separatedBy: me).count == 6)
        for chosen in [[0, 1, 2], [4, 2, 0], [1, 3, 4]] {
            let input = chosen.map { shares[$0] }.joined(separator: "\n")
            let combined = try desk.tool.run(["key", "combine"], input: Array(input.utf8))
            #expect(combined.status == 0 && combined.line == me, "\(combined.complaint)")
        }
        let few = try desk.tool.run(
            ["key", "combine"], input: Array(shares.prefix(2).joined(separator: "\n").utf8))
        #expect(few.status == 3 && few.output.isEmpty)
        // A sheet's own words do no harm, nor more shares than it takes, nor one twice.
        let all = try desk.tool.run(
            ["key", "combine", "--shares-fd", "4"], descriptors: [4: split + "\n" + shares[0]])
        #expect(all.status == 0 && all.line == me, "\(all.complaint)")
        let wrapped = shares.prefix(3).map { share in
            share.split(separator: " ").enumerated()
                .map { ($0.offset % 4 == 0 ? "\n" : " ") + $0.element }.joined()
        }.joined(separator: "\n")
        let rows = try desk.tool.run(["key", "combine"], input: Array(wrapped.utf8))
        #expect(rows.status == 0 && rows.line == me, "\(rows.complaint)")
    }

    @Test("sheets go into files of their own, and the key comes back as a file of age")
    func files() throws {
        let age = try #require(Peer("age"))
        let desk = try Desk()
        let secret = try exportedKey(desk)
        try desk.done("key", "split", "--threshold", "2", "--shares", "3", "-o", "sheets")
        let names = try FileManager.default.contentsOfDirectory(atPath: desk.tool.path("sheets"))
        #expect(names.sorted() == ["share-1.txt", "share-2.txt", "share-3.txt"])
        #expect(
            try desk("key", "split", "--threshold", "2", "--shares", "3", "-o", "sheets").status
                == 6)
        let back = try desk.tool.run([
            "key", "combine", "sheets/share-3.txt", "sheets/share-1.txt", "--unencrypted", "--yes",
            "-o", "key.txt",
        ])
        #expect(back.status == 0, "\(back.complaint)")
        #expect(String(decoding: try desk.tool.read("key.txt"), as: UTF8.self).contains(secret))
        #expect(
            try desk.tool.run(["key", "combine", "sheets/share-1.txt", "--unencrypted"]).status == 6
        )
        let sealed = try desk.tool.run(
            [
                "key", "combine", "sheets/share-1.txt", "sheets/share-2.txt", "-o", "key.age",
                "--file-passphrase-fd", "4",
            ], descriptors: [4: "una frase de archivo"])
        #expect(sealed.status == 0, "\(sealed.complaint)")
        #expect(
            String(decoding: try desk.tool.read("key.age"), as: UTF8.self).hasPrefix("-----BEGIN"))
        try desk.tool.write("text", "hola")
        try desk.done("encrypt", "-r", "me", "-o", "text.age", "text")
        let opened = try age.run([
            "-d", "-i", desk.tool.path("key.txt"), desk.tool.path("text.age"),
        ])
        #expect(opened.output == Array("hola".utf8))

        let other = try Desk()
        for number in 1...2 {
            try other.tool.write("\(number)", try desk.tool.read("sheets/share-\(number).txt"))
        }
        let kept = try other.done("key", "combine", "1", "2", "--name", "laptop", "--json").json
        #expect(kept["name"] as? String == "laptop")
        #expect(kept["recipient"] as? String == (try desk.done("key", "show", "me").line))
        try other.tool.write("text.age", try desk.tool.read("text.age"))
        #expect(try other.done("decrypt", "text.age").text == "hola")
        #expect(try other("key", "combine", "1", "2", "--name", "again").status == 6)
    }

    @Test("a signing key in two levels, and a wrong passphrase is noticed by the public key")
    func levels() throws {
        let desk = try Desk()
        let key = try desk.done("key", "show", "me", "--signing").line
        let made = try desk.done(
            "key", "split", "me", "--signing", "--threshold", "2", "--group", "1/1", "--group",
            "2/3", "--share-passphrase-fd", "4", "--json", descriptors: [4: Self.phrase]
        ).json
        let shares = try #require(made["shares"] as? [String])
        #expect(shares.count == 4 && made["passphrase"] as? Bool == true)
        let input = Array([shares[0], shares[1], shares[3]].joined(separator: "\n").utf8)
        func combine(_ phrase: String?, _ known: String) throws -> BuiltTool.Result {
            try desk.tool.run(
                ["key", "combine", "--public", known]
                    + (phrase == nil ? [] : ["--share-passphrase-fd", "4"]),
                input: input, descriptors: phrase.map { [4: $0] } ?? [:])
        }
        let whole = try combine(Self.phrase, key)
        #expect(whole.status == 0 && whole.line == key, "\(whole.complaint)")
        let start = try combine(Self.phrase, String(key.prefix(20)))
        #expect(start.status == 0 && start.line == key)
        for wrong in ["TREZOR 2", nil] { #expect(try combine(wrong, key).status == 3) }
        #expect(try combine("contraseña", key).status == 2)
        let signed = try desk.tool.run(
            [
                "key", "combine", "--public", key, "--share-passphrase-fd", "4", "--unencrypted",
                "--yes", "-o", "sign.key",
            ], input: input, descriptors: [4: Self.phrase])
        #expect(signed.status == 0, "\(signed.complaint)")
        let minisign = try #require(Peer("minisign"))
        try desk.tool.write("text", "hola")
        let proof = try minisign.run([
            "-S", "-s", desk.tool.path("sign.key"), "-m", desk.tool.path("text"),
        ])
        #expect(proof.status == 0, "\(proof.complaint)")
        BuiltTool.give(desk.tool.path("text.minisig"))
        #expect(try desk.done("verify", "text", "--from", "me").status == 0)
    }

    @Test("the vault's recovery key: split from its words, and shares open the vault")
    func recovery() throws {
        let desk = try Desk()
        try desk.done("note", "new", "--title", "Antes", input: "antes\n")
        let words = desk.recoveryWords.joined(separator: " ")
        let split = try desk.tool.run(
            ["key", "split", "--recovery-fd", "4", "--threshold", "2", "--shares", "3"],
            descriptors: [4: words])
        #expect(split.status == 0, "\(split.complaint)")
        let shares = shares(split.text)
        #expect(shares.count == 3 && shares.allSatisfy { $0.split(separator: " ").count == 20 })
        let two = shares.suffix(2).joined(separator: "\n")
        for (number, option) in ["--shares-fd", "--recovery-fd"].enumerated() {
            let fresh = "otra frase que sí recuerdo \(number)"
            let recovered = try desk.tool.run(
                ["recover", option, "4", "--passphrase-fd", "3"],
                descriptors: [3: fresh, 4: two])
            #expect(recovered.status == 0, "\(recovered.complaint)")
            let listed = try desk.tool.run(
                ["note", "list", "--passphrase-fd", "3"], descriptors: [3: fresh])
            #expect(listed.text.contains("Antes"))
        }
        let combined = try desk.tool.run(["key", "combine", "--json"], input: Array(two.utf8))
        #expect(combined.json["recovery_words"] as? [String] == desk.recoveryWords)
        let foreign = try Desk()
        let refused = try desk.tool.run(
            ["key", "split", "--recovery-fd", "4", "--threshold", "2", "--shares", "3"],
            descriptors: [4: foreign.recoveryWords.joined(separator: " ")])
        #expect(refused.status == 3 && refused.output.isEmpty)
    }

    @Test("shamir-mnemonic combines what we split, and we combine what it splits")
    func reference() throws {
        guard let python = Peer.python else { return }
        let desk = try Desk()
        let me = try desk.done("key", "show", "me").line
        let secret = try exportedKey(desk)
        let shares = shares(
            try desk.done("key", "split", "--threshold", "2", "--shares", "3").text)
        let combined = try python.run(
            [
                "-c",
                """
                import sys, shamir_mnemonic as s
                print(s.combine_mnemonics(sys.stdin.read().splitlines(), b"").hex())
                """,
            ], input: Array(shares.suffix(2).joined(separator: "\n").utf8))
        #expect(combined.status == 0, "\(combined.complaint)")
        let hex = String(decoding: combined.output, as: UTF8.self).trimmingCharacters(in: .newlines)
        #expect(hex.count == 64)
        let split = try python.run([
            "-c",
            """
            import shamir_mnemonic as s
            groups = s.generate_mnemonics(1, [(3, 5)], bytes.fromhex("\(hex)"), b"")
            print("\\n".join(groups[0][1:4]))
            """,
        ])
        #expect(split.status == 0, "\(split.complaint)")
        try desk.tool.write("theirs", split.output)
        let back = try desk.tool.run([
            "key", "combine", "theirs", "--public", me, "--unencrypted", "--yes", "-o", "-",
        ])
        #expect(back.status == 0 && back.text.contains(secret), "\(back.complaint)")
    }

    @Test("bad input", arguments: 0..<16)
    func badInput(_ row: Int) throws {
        let desk = try Desk()
        let fd = ["--passphrase-fd", "3"]
        let open = [3: Desk.passphrase]
        let words = shares(try desk.done("key", "split", "-k", "2", "-n", "3").text)
        let others = shares(try desk.done("key", "split", "-k", "2", "-n", "3").text)
        var wrong = words[0].split(separator: " ").map(String.init)
        wrong[6] = "acadmic"
        let unknown = wrong.joined(separator: " ")
        wrong[6] = words[0].split(separator: " ")[6] == "academic" ? "acid" : "academic"
        let misread = wrong.joined(separator: " ")
        let short = words[0].split(separator: " ").dropLast().joined(separator: " ")
        func combine(_ lines: String...) -> [UInt8] { Array(lines.joined(separator: "\n").utf8) }
        let split = ["key", "split"] + fd
        let rows = [
            Refusal("no threshold", split + ["--shares", "5"], exit: 2, descriptors: open),
            Refusal("no shares", split + ["--threshold", "3"], exit: 2, descriptors: open),
            Refusal("1 of 5", split + ["-k", "1", "-n", "5"], exit: 2, descriptors: open),
            Refusal("6 of 5", split + ["-k", "6", "-n", "5"], exit: 2, descriptors: open),
            Refusal("2 of 17", split + ["-k", "2", "-n", "17"], exit: 2, descriptors: open),
            Refusal("not a number", split + ["-k", "x", "-n", "5"], exit: 2, descriptors: open),
            Refusal("group", split + ["-k", "1", "--group", "3-5"], exit: 2, descriptors: open),
            Refusal("no key", split + ["nadie", "-k", "2", "-n", "3"], exit: 1, descriptors: open),
            Refusal("nothing", ["key", "combine"], exit: 3),
            Refusal("too few", ["key", "combine"], exit: 3, input: combine(words[0])),
            Refusal(
                "unknown word", ["key", "combine"], exit: 4, input: combine(unknown, words[1])),
            Refusal("checksum", ["key", "combine"], exit: 4, input: combine(words[1], misread)),
            Refusal("short", ["key", "combine"], exit: 4, input: combine(short, words[1])),
            Refusal("other set", ["key", "combine"], exit: 4, input: combine(words[0], others[1])),
            Refusal(
                "short public", ["key", "combine", "--public", "age1abc"], exit: 2,
                input: combine(words[0], words[1])),
            Refusal("no file", ["key", "combine", "absent"], exit: 1),
        ]
        #expect(rows.count == 16)
        try rows[row].check(in: desk.tool)
    }
}
