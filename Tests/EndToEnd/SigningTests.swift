import Foundation
import TestSupport
import Testing

@Suite("signatures, with the built program and with minisign")
struct SigningTests {
    private static let phrase = "la frase de la firma"

    @Test(
        "what the vault signs, minisign verifies, and the reverse", arguments: [0, 1, 1 << 20])
    func bothWays(_ size: Int) throws {
        let minisign = try #require(Peer("minisign"))
        let desk = try Desk()
        try desk.tool.write("report.pdf", SeededRandom(seed: UInt64(size)).bytes(size))
        let signed = try desk.done("sign", "report.pdf")
        #expect(signed.output == Array("report.pdf.minisig\n".utf8) && signed.complaint.isEmpty)
        let key = try desk.done("key", "show", "me", "--signing").line
        let theirs = try minisign.run(["-V", "-P", key, "-m", desk.tool.path("report.pdf")])
        #expect(theirs.status == 0, "\(theirs.complaint)")
        let text = String(decoding: try desk.tool.read("report.pdf.minisig"), as: UTF8.self)
        #expect(text.contains("\ntrusted comment: hashed\n") && !text.contains("report"))

        let made = try minisign.run([
            "-G", "-W", "-s", desk.tool.path("laura.key"), "-p", desk.tool.path("laura.pub"),
        ])
        #expect(made.status == 0, "\(made.complaint)")
        BuiltTool.give(desk.tool.path("laura.key"))
        let laura = try publicKey(desk, "laura.pub")
        for (flags, extra) in [([], []), (["-l"], ["--legacy"])] {
            let sealed = try minisign.run(
                ["-S"] + flags + [
                    "-s", desk.tool.path("laura.key"), "-m", desk.tool.path("report.pdf"), "-x",
                    desk.tool.path("theirs.sig"), "-t", "de Laura",
                ])
            #expect(sealed.status == 0, "\(sealed.complaint)")
            let good = try desk.tool.run(
                ["verify", "report.pdf", "-P", laura, "-x", "theirs.sig"] + extra)
            #expect(good.status == 0, "\(good.complaint)")
            #expect(good.text.contains("trusted comment: de Laura\n"))
        }
        // The old kind only when asked for: one such signature can be true of two files.
        let old = try desk.tool.run(["verify", "report.pdf", "-P", laura, "-x", "theirs.sig"])
        #expect(old.status == 6 && old.output.isEmpty)
    }

    @Test("minisign's own key files sign, plain and under a passphrase")
    func keyFiles() throws {
        let minisign = try #require(Peer("minisign"))
        let tool = try BuiltTool()
        try tool.write("text", "el texto\n")
        for (name, flags, input) in [
            ("plain", ["-W"], ""), ("sealed", [], "\(Self.phrase)\n\(Self.phrase)\n"),
        ] {
            let made = try minisign.run(
                ["-G"] + flags + ["-s", tool.path(name), "-p", tool.path(name + ".pub")],
                input: Array(input.utf8))
            #expect(made.status == 0, "\(made.complaint)")
            BuiltTool.give(tool.path(name))
            let signed = try tool.run(
                [
                    "sign", "-s", name, "-o", name + ".sig", "--comment", "señal",
                    "--file-passphrase-fd", "4", "text",
                ], descriptors: [4: Self.phrase])
            #expect(signed.status == 0 && signed.output.isEmpty, "\(signed.complaint)")
            let verified = try minisign.run([
                "-VQ", "-p", tool.path(name + ".pub"), "-x", tool.path(name + ".sig"), "-m",
                tool.path("text"),
            ])
            #expect(verified.status == 0 && verified.output == Array("señal\n".utf8))
        }
        let wrong = try tool.run(
            ["sign", "-s", "sealed", "--file-passphrase-fd", "4", "text"],
            descriptors: [4: "otra"])
        #expect(wrong.status == 3 && !tool.exists("text.minisig"))
    }

    @Test("several files, and none of them signed when one cannot be")
    func several() throws {
        let desk = try Desk()
        for name in ["a", "b", "c"] { try desk.tool.write(name, name) }
        #expect(
            try desk.done("sign", "a", "b", "c").lines == ["a", "b", "c"].map { $0 + ".minisig" })
        for name in ["a", "b"] {
            try FileManager.default.removeItem(atPath: desk.tool.path(name + ".minisig"))
        }
        #expect(try desk("sign", "a", "b", "c").status == 6)
        #expect(try desk("sign", "a", "b", "missing").status == 1)
        #expect(!desk.tool.exists("a.minisig") && !desk.tool.exists("b.minisig"))
        try desk.done("sign", "--force", "--stamp", "a", "b", "c")
        let text = String(decoding: try desk.tool.read("c.minisig"), as: UTF8.self)
        #expect(text.contains("\tfile:c\thashed\n") && text.contains("trusted comment: timestamp:"))
        let object = try desk.done("sign", "--force", "--json", "a", "b").json
        let signatures = try #require(object["signatures"] as? [[String: Any]])
        #expect(signatures.map { $0["signature"] as? String } == ["a.minisig", "b.minisig"])
        #expect(signatures[0]["trusted_comment"] as? String == "hashed")
    }

    @Test(
        "who signed: a contact, oneself, somebody else, or nobody known", arguments: ["en", "es"])
    func who(_ language: String) throws {
        let desk = try Desk(language: language)
        let laura = try Desk()
        let key = try laura.done("key", "show", "me", "--signing").line
        try laura.tool.write("text", "hola")
        try laura.done("sign", "text", "--comment", "para ti")
        for name in ["text", "text.minisig"] {
            try desk.tool.write(name, try laura.tool.read(name))
        }
        let unknown = try desk("verify", "text")
        #expect(unknown.status == 3 && unknown.output.isEmpty)
        try desk.done("contact", "add", "laura", "--sign-key", key)
        try desk.done("contact", "add", "ana")
        for arguments in [["verify", "text"], ["verify", "--from", "Laura", "text"]] {
            let good = try desk.tool.run(
                arguments + ["--passphrase-fd", "3"], descriptors: [3: Desk.passphrase])
            #expect(good.status == 0, "\(good.complaint)")
            #expect(good.text.contains("laura") && good.text.contains(": para ti\n"))
        }
        #expect(try desk("verify", "--from", "ana", "text").status == 3)
        #expect(try desk("verify", "--from", "me", "text").status == 3)
        #expect(try desk("verify", "--from", "nadie", "text").status == 1)
        let object = try desk.done("verify", "text", "--json").json
        #expect(object["valid"] as? Bool == true && object["signer"] as? String == "laura")
        #expect(object["verified"] as? Bool == false && object["key"] as? String == key)
        #expect(object["trusted_comment"] as? String == "para ti")

        try desk.done("sign", "text", "--force")
        let own = try desk.done("verify", "text")
        #expect(own.text.contains("me") && !own.text.contains("hashed"))
        try desk.tool.write("text", "hola.")
        #expect(try desk("verify", "text").status == 4)
    }

    @Test("a signature that would write to the terminal is refused, also a valid one")
    func escapes() throws {
        let minisign = try #require(Peer("minisign"))
        let tool = try BuiltTool()
        try tool.write("text", "hola")
        let made = try minisign.run([
            "-G", "-W", "-s", tool.path("k"), "-p", tool.path("k.pub"),
        ])
        #expect(made.status == 0)
        let signed = try minisign.run([
            "-S", "-s", tool.path("k"), "-m", tool.path("text"), "-t", "\u{1B}[2Jtodo bien",
        ])
        #expect(signed.status == 0)
        BuiltTool.give(tool.path("text.minisig"))
        let verified = try tool.run(["verify", "text", "-p", "k.pub"])
        #expect(verified.status == 4 && verified.output.isEmpty)
        #expect(!verified.complaint.contains("\u{1B}"))
    }

    @Test("signing takes the memory of a buffer, whatever the size")
    func memory() throws {
        let tool = try BuiltTool()
        let minisign = try #require(Peer("minisign"))
        let made = try minisign.run([
            "-G", "-W", "-s", tool.path("k"), "-p", tool.path("k.pub"),
        ])
        #expect(made.status == 0)
        BuiltTool.give(tool.path("k"))
        let measured = try tool.shell(
            """
            truncate -s 268435456 large
            for command in "sign -s k large" "verify -p k.pub large"; do
                python3 -c '
            import resource, subprocess, sys
            subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
            print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
            ' "$1" $command
            done
            """, FilesTests.amparo)
        #expect(measured.status == 0 && measured.lines.count == 2, "\(measured.complaint)")
        for line in measured.lines { #expect((Int(line) ?? .max) < 64 * 1024, "\(line)") }
    }

    @Test("bad input", arguments: 0..<20)
    func badInput(_ row: Int) throws {
        let tool = try BuiltTool()
        let minisign = try #require(Peer("minisign"))
        let made = try minisign.run([
            "-G", "-W", "-s", tool.path("k"), "-p", tool.path("k.pub"),
        ])
        #expect(made.status == 0)
        BuiltTool.give(tool.path("k"))
        try tool.write("text", "hola")
        try tool.write("taken", "hola")
        try tool.write("taken.minisig", "untrusted comment: no\n")
        let signed = try tool.run(["sign", "-s", "k", "text"])
        #expect(signed.status == 0, "\(signed.complaint)")
        let good = try tool.read("text.minisig")
        for (name, place) in [("payload", 80), ("number", 62), ("global", good.count - 4)] {
            var damaged = good
            damaged[place] = damaged[place] == 65 ? 66 : 65
            try tool.write(name + ".sig", damaged)
        }
        try tool.write("cut.sig", Array(good.prefix(170)))
        let rows = [
            Refusal("no file", ["sign", "-s", "k", "absent"], exit: 1),
            Refusal("a folder", ["sign", "-s", "k", "."], exit: 1),
            Refusal("taken", ["sign", "-s", "k", "taken"], exit: 6),
            Refusal("onto itself", ["sign", "-s", "k", "--force", "-o", "text", "text"], exit: 6),
            Refusal("onto the key", ["sign", "-s", "k", "--force", "-o", "k", "text"], exit: 6),
            Refusal("an escape", ["sign", "-s", "k", "--comment", "\u{1B}[2J", "text"], exit: 2),
            Refusal("two lines", ["sign", "-s", "k", "--comment", "a\nb", "text"], exit: 2),
            Refusal(
                "too long",
                ["sign", "-s", "k", "--comment", String(repeating: "a", count: 9_000), "text"],
                exit: 2),
            Refusal("twice", ["sign", "-s", "k", "k.pub", "k.pub"], exit: 2),
            Refusal("no key file", ["sign", "-s", "absent", "--force", "text"], exit: 1),
            Refusal("no key", ["sign", "-s", "text", "--force", "text"], exit: 4),
            Refusal("no vault", ["sign", "--force", "text"], exit: 3),
            Refusal("no signature", ["verify", "-p", "k.pub", "k"], exit: 1),
            Refusal("not a signature", ["verify", "-p", "k.pub", "taken"], exit: 4),
            Refusal("not a key", ["verify", "-P", "RWx", "text"], exit: 2),
            Refusal("not a key file", ["verify", "-p", "text", "text"], exit: 4),
            Refusal("bit", ["verify", "-p", "k.pub", "-x", "payload.sig", "text"], exit: 4),
            Refusal("other key", ["verify", "-p", "k.pub", "-x", "number.sig", "text"], exit: 3),
            Refusal("comment", ["verify", "-p", "k.pub", "-x", "global.sig", "text"], exit: 4),
            Refusal("cut", ["verify", "-p", "k.pub", "-x", "cut.sig", "text"], exit: 4),
        ]
        #expect(rows.count == 20)
        try rows[row].check(in: tool)
    }

    private func publicKey(_ desk: Desk, _ name: String) throws -> String {
        String(decoding: try desk.tool.read(name), as: UTF8.self)
            .split(separator: "\n").last.map(String.init) ?? ""
    }
}
