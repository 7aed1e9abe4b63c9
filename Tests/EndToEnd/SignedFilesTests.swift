import Foundation
import TestSupport
import Testing

@Suite("encrypt --sign, with the built program, age and minisign")
struct SignedFilesTests {
    /// Laura writes, the desk reads; each has the other's keys.
    private struct Pair {
        let laura: Desk
        let desk: Desk
        /// The desk's age key, as a file of age's.
        let recipient: String
        let signKey: String

        init(language: String = "en") throws {
            laura = try Desk(language: language)
            desk = try Desk(language: language)
            recipient = try desk.done("key", "show", "me").line
            signKey = try laura.done("key", "show", "me", "--signing").line
            try laura.done("contact", "add", "mesa", "--recipient", recipient)
            try laura.tool.write("report.pdf", Array("hola\n".utf8))
            _ = try laura.tool.shell("mkdir -p d/sub; echo 1 >d/a; echo 2 >d/sub/b; ln -s a d/l")
        }

        func send(_ name: String) throws {
            try desk.tool.write(name, try laura.tool.read(name))
        }
    }

    @Test(
        "who signed: a contact, nobody, a stranger, oneself, and for whom", arguments: ["en", "es"])
    func who(_ language: String) throws {
        let pair = try Pair(language: language)
        let (laura, desk) = (pair.laura, pair.desk)
        let isEnglish = language == "en"
        try laura.done("encrypt", "--sign", "-r", "mesa", "-o", "r.age", "report.pdf")
        try laura.done("encrypt", "-r", "mesa", "-o", "bare.age", "report.pdf")
        for name in ["r.age", "bare.age"] { try pair.send(name) }

        let bare = try desk.done("decrypt", "-o", "bare", "bare.age")
        #expect(bare.complaint.contains(isEnglish ? "nobody signed" : "nadie lo firmó"))
        let stranger = try desk.done("decrypt", "-o", "stranger", "r.age")
        #expect(
            stranger.complaint.contains(isEnglish ? "nobody here has" : "aquí nadie tiene"))
        #expect(try desk.tool.read("stranger") == Array("hola\n".utf8))

        try desk.done("contact", "add", "laura", "--sign-key", pair.signKey)
        let known = try desk.done("decrypt", "-o", "known", "r.age")
        #expect(known.complaint.contains("laura") && known.output.isEmpty)
        #expect(known.complaint.contains(isEnglish ? "for you" : "para ti"))
        #expect(!desk.tool.exists("known.minisig"))
        let object = try desk.done("decrypt", "--json", "-o", "again", "r.age").json
        let signature = try #require(object["signature"] as? [String: Any])
        #expect(
            signature["state"] as? String == "good" && signature["key"] as? String == pair.signKey)
        #expect(signature["signer"] as? String == "laura" && signature["for_you"] as? Bool == true)
        #expect(signature["verified"] as? Bool == false)

        // Whoever can open it may seal it anew for somebody else, who is not named in it.
        let other = try Desk(language: language)
        try other.done("contact", "add", "laura", "--sign-key", pair.signKey)
        let reader = try other.done("key", "show", "me").line
        try desk.done("rewrap", "-r", reader, "-o", "on.age", "r.age")
        try other.tool.write("on.age", try desk.tool.read("on.age"))
        let passedOn = try other.done("decrypt", "-o", "on", "on.age")
        #expect(passedOn.complaint.contains(isEnglish ? "somebody else" : "alguien más"))
        let json = try other.done("decrypt", "--json", "-o", "on2", "on.age").json
        #expect((json["signature"] as? [String: Any])?["for_you"] as? Bool == false)

        try laura.done("encrypt", "--sign", "-r", "me", "-o", "own.age", "report.pdf")
        let own = try laura.done("decrypt", "-o", "own", "own.age")
        #expect(own.complaint.contains(isEnglish ? "by you" : "por ti"))
    }

    @Test("a contact whose key changed is no signer until somebody compared it")
    func changedKey() throws {
        let pair = try Pair()
        let (laura, desk) = (pair.laura, pair.desk)
        try laura.done("encrypt", "--sign", "-r", "mesa", "-o", "r.age", "report.pdf")
        try pair.send("r.age")
        let mallory = try Desk()
        let false1 = try mallory.done("key", "show", "me", "--signing").line
        try desk.done("contact", "add", "laura", "--sign-key", false1)
        #expect(try desk("contact", "add", "laura", "--sign-key", pair.signKey).status == 6)
        let opened = try desk.done("decrypt", "--json", "-o", "out", "r.age")
        #expect(opened.complaint.contains("changed"))
        let signature = try #require(opened.json["signature"] as? [String: Any])
        #expect(signature["state"] as? String == "changed")
        #expect(signature["verified"] as? Bool == false)
    }

    @Test(
        "signatures of another file, cut, changed or by another key leave no output",
        arguments: 0..<5)
    func bad(_ row: Int) throws {
        let pair = try Pair()
        let (laura, desk) = (pair.laura, pair.desk)
        try desk.done("contact", "add", "laura", "--sign-key", pair.signKey)
        try laura.tool.write("other.txt", "otra cosa\n")
        try laura.done("encrypt", "--sign", "-r", "mesa", "-r", "me", "-o", "r.age", "report.pdf")
        try laura.done("encrypt", "--sign", "-r", "mesa", "-r", "me", "-o", "o.age", "other.txt")
        try laura.done("key", "export", "me", "--unencrypted", "--yes", "-o", "key.txt")
        let change = [
            "members[1] = (members[1][0], other[1][1])",
            "members[0] = (members[0][0], b'hola.')",
            "members[1] = (members[1][0], members[1][1].replace(b'for:', b'for:age1x,'))",
            "members[1] = (members[1][0], members[1][1][:-30])",
            "del members[1]",
        ][row]
        let forged = try laura.tool.shell(
            """
            age -d -i key.txt -o r.tar r.age && age -d -i key.txt -o o.tar o.age || exit 1
            python3 - <<'END'
            import tarfile, io
            def read(name):
                with tarfile.open(name) as t:
                    return [(m.name, t.extractfile(m).read()) for m in t.getmembers()]
            members, other = read('r.tar'), read('o.tar')
            \(change)
            mark = open('r.tar', 'rb').read(1024)
            body = io.BytesIO()
            with tarfile.open(fileobj=body, mode='w', format=tarfile.PAX_FORMAT) as t:
                for name, content in members:
                    entry = tarfile.TarInfo(name)
                    entry.size = len(content)
                    t.addfile(entry, io.BytesIO(content))
            open('f.tar', 'wb').write(mark + body.getvalue())
            END
            age -r "$1" -o f.age f.tar
            """, pair.recipient)
        #expect(forged.status == 0, "\(forged.complaint)")
        try pair.send("f.age")
        let before = desk.tool.names
        let opened = try desk("decrypt", "-o", "out", "f.age")
        #expect(opened.status == 4, "\(opened.complaint)")
        #expect(desk.tool.names == before)
        #expect(try desk("decrypt", "f.age").status == 4)
    }

    @Test("minisign and b2sum check what was signed, and we what they could have written")
    func peers() throws {
        let minisign = try #require(Peer("minisign"))
        let pair = try Pair()
        let (laura, desk) = (pair.laura, pair.desk)
        try desk.done("contact", "add", "laura", "--sign-key", pair.signKey)
        try desk.done("key", "export", "me", "--unencrypted", "--yes", "-o", "key.txt")
        try laura.done("encrypt", "--sign", "-r", "mesa", "-o", "r.age", "report.pdf")
        try laura.done("encrypt", "--sign", "-r", "mesa", "-o", "d.age", "d")
        try laura.done("encrypt", "--sign", "-r", "mesa", "-o", "two.age", "d/a", "report.pdf")
        for name in ["r.age", "d.age", "two.age"] {
            try pair.send(name)
            let out = "out-" + name
            let unpacked = try desk.tool.shell(
                "mkdir \(out); age -d -i key.txt \(name) | tar -x -C \(out)")
            #expect(unpacked.status == 0, "\(unpacked.complaint)")
            let signed = name == "r.age" ? "report.pdf" : "amparo-signed.b2sum"
            let verified = try minisign.run([
                "-VQ", "-P", pair.signKey, "-m", desk.tool.path(out + "/" + signed),
            ])
            #expect(verified.status == 0, "\(verified.complaint)")
            #expect(
                String(decoding: verified.output, as: UTF8.self)
                    == "amparo-signed-1\tfor:\(pair.recipient)\n")
            if name == "r.age" { continue }
            let listed = try desk.tool.shell("cd \(out) && b2sum --strict -c amparo-signed.b2sum")
            #expect(listed.status == 0 && listed.lines.count == 2, "\(listed.complaint)")
        }
        let folder = try desk.done("decrypt", "-o", "back", "d.age")
        #expect(folder.complaint.contains("good signature by laura's key"))
        #expect(try desk.tool.shell("diff -r back out-d.age/d").status == 0)
        #expect(!desk.tool.exists("back/amparo-signed.b2sum"))

        // A signature by minisign itself, in a bundle put together by hand.
        let made = try minisign.run([
            "-G", "-W", "-s", desk.tool.path("k"), "-p", desk.tool.path("k.pub"),
        ])
        #expect(made.status == 0)
        BuiltTool.give(desk.tool.path("k"))
        let theirs =
            String(decoding: try desk.tool.read("k.pub"), as: UTF8.self)
            .split(separator: "\n").last.map(String.init) ?? ""
        try desk.done("contact", "add", "ana", "--sign-key", theirs)
        let comment = "amparo-signed-1\tfor:\(pair.recipient)"
        let packed = try desk.tool.shell(
            """
            echo texto >t && minisign -S -s k -m t -t "$1" >/dev/null &&
            python3 - <<'END' && age -r "$2" -o t.age t.tar
            import tarfile
            with tarfile.open('t.tar', 'w', format=tarfile.PAX_FORMAT) as t:
                t.add('t'); t.add('t.minisig')
            def record(text):
                text = ' comment=' + text + '\\n'
                return (str(len(text) + 2) + text).encode()
            records = record('amparo-one-file') + record('amparo-signed') + record('amparo-bundle-1')
            header = tarfile.TarInfo('g'); header.type = tarfile.XGLTYPE; header.size = len(records)
            mark = header.tobuf(tarfile.USTAR_FORMAT) + records.ljust(512, b'\\0')
            body = open('t.tar', 'rb').read()
            open('t.tar', 'wb').write(mark + body)
            END
            """, comment, pair.recipient)
        #expect(packed.status == 0, "\(packed.complaint)")
        let opened = try desk.done("decrypt", "-o", "texto", "t.age")
        #expect(opened.complaint.contains("ana"), "\(opened.complaint)")
        #expect(try desk.tool.read("texto") == Array("texto\n".utf8))
    }

    @Test("through pipes, one for each, padded, under a passphrase, with a key file")
    func ways() throws {
        let minisign = try #require(Peer("minisign"))
        let pair = try Pair()
        let laura = pair.laura
        let made = try minisign.run([
            "-G", "-W", "-s", laura.tool.path("k"), "-p", laura.tool.path("k.pub"),
        ])
        #expect(made.status == 0)
        BuiltTool.give(laura.tool.path("k"))
        let key =
            String(decoding: try laura.tool.read("k.pub"), as: UTF8.self)
            .split(separator: "\n").last.map(String.init) ?? ""
        try laura.done("contact", "add", "ana", "--sign-key", key)

        for input in ["", "hola", String(repeating: "ñ", count: 100_000)] {
            let piped = try laura.done("encrypt", "-s", "k", "-r", "me", input: input)
            try laura.tool.write("piped.age", piped.output)
            let opened = try laura.done("decrypt", "piped.age")
            #expect(opened.output == Array(input.utf8))
            #expect(opened.complaint.contains("good signature by ana"), "\(opened.complaint)")
        }
        let each = try laura.done(
            "encrypt", "--each", "--sign", "--pad", "-r", "me", "d/a", "report.pdf")
        #expect(each.lines == ["d/a.age", "report.pdf.age"])
        let first = try laura.done("decrypt", "-o", "first", "d/a.age")
        #expect(first.complaint.contains("by you"))
        #expect(try laura.tool.read("first") == Array("1\n".utf8))
        try laura.done(
            "encrypt", "-p", "--sign", "--verify", "-o", "p.age", "report.pdf",
            "--file-passphrase-fd", "4", descriptors: [4: "una frase larga de archivo"])
        let opened = try laura.done(
            "decrypt", "--json", "-o", "p", "p.age", "--file-passphrase-fd", "4",
            descriptors: [4: "una frase larga de archivo"])
        #expect((opened.json["signature"] as? [String: Any])?["for_you"] as? Bool == true)
        // Into a pipe a folder goes as its tar, and still it is said who signed.
        try laura.done("encrypt", "--sign", "-r", "me", "-o", "d.age", "d")
        let tar = try laura.done("decrypt", "d.age")
        #expect(tar.complaint.contains("by you") && tar.output.count > 5_000)

        #expect(try laura("encrypt", "--sign", "-k", "nadie", "-r", "me", "report.pdf").status == 1)
        #expect(try laura("decrypt", "--json", "d.age").status == 2)
        let tool = try BuiltTool()
        try tool.write("a", "hola")
        let vaultless = try tool.run(["encrypt", "--sign", "-r", pair.recipient, "-o", "x", "a"])
        #expect(vaultless.status == 3 && vaultless.complaint.contains("minisign.key"))
    }

    @Test("keys of names and of the vault both come with one passphrase")
    func oneVisit() throws {
        let pair = try Pair()
        let laura = pair.laura
        try laura.done("encrypt", "-r", "me", "-o", "r.age", "report.pdf")
        try laura.done("rewrap", "-r", "mesa", "-o", "on.age", "r.age")
        try pair.send("on.age")
        #expect(try pair.desk.done("decrypt", "on.age").text == "hola\n")
    }
}
