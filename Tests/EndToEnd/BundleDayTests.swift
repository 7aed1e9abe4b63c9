import Foundation
import TestSupport
import Testing

@Suite("folders through encrypt and decrypt")
struct BundleDayTests {
    private func prepare() throws -> (tool: BuiltTool, recipient: String) {
        let tool = try BuiltTool()
        let keygen = try #require(Peer("age-keygen"))
        try tool.write("key.txt", try keygen.run([]).output)
        let recipient = String(
            decoding: try keygen.run(["-y", tool.path("key.txt")]).output, as: UTF8.self
        ).trimmingCharacters(in: .newlines)
        _ = try tool.shell(
            "mkdir -p d/sub; echo hola >d/a; echo y >'d/sub/más largo'; head -c 300000 /dev/urandom >d/big"
        )
        return (tool, recipient)
    }

    @Test("a folder goes to somebody with age and tar, and comes back into a new folder")
    func folders() throws {
        let (tool, recipient) = try prepare()
        let sealed = try tool.run(["encrypt", "-r", recipient, "-o", "d.age", "d"])
        #expect(sealed.status == 0, "\(sealed.complaint)")
        for tar in ["tar", "bsdtar"] {
            let peer = try tool.shell(
                "export LC_ALL=C.UTF-8; mkdir out-$1; age -d -i key.txt d.age | $1 -x -C out-$1 -f - && diff -r d out-$1/d",
                tar)
            #expect(peer.status == 0, "\(tar): \(peer.complaint)")
        }
        let opened = try tool.run(["decrypt", "-i", "key.txt", "-o", "back", "d.age"])
        #expect(opened.status == 0, "\(opened.complaint)")
        #expect(try tool.shell("diff -r d back").status == 0)
        #expect(try tool.run(["decrypt", "-i", "key.txt", "-o", "back", "d.age"]).status == 6)
        // Force replaces no folder, and is not what is advised.
        try tool.write("back-2", "in use")
        let forced = try tool.run(
            ["decrypt", "--force", "-i", "key.txt", "-o", "back", "d.age"])
        #expect(forced.status == 6 && forced.complaint.contains("-o back-3\n"))
    }

    @Test("tars of an attacker with our mark come out nowhere", arguments: 0..<9)
    func hostile(_ row: Int) throws {
        let (tool, recipient) = try prepare()
        let entries = [
            "i('/tmp/amparo-evil')", "i('../evil')", "i('d/../../evil')",
            "i('l', type=tarfile.SYMTYPE, linkname='/etc'); i('l/evil')",
            "i('d/l', type=tarfile.SYMTYPE, linkname='../../etc/passwd')",
            "i('h', type=tarfile.LNKTYPE, linkname='../key.txt')",
            "i('p', type=tarfile.FIFOTYPE)", "i('s', mode=0o4755)", "i('a'); i('a')",
        ]
        #expect(entries.count == 9)
        let made = try tool.shell(
            """
            python3 - <<'END'
            import tarfile, io
            t = tarfile.open('x.tar', 'w', format=tarfile.PAX_FORMAT,
                             pax_headers={'comment': 'amparo-bundle-1'})
            def i(name, **more):
                entry = tarfile.TarInfo(name)
                for key, value in more.items(): setattr(entry, key, value)
                t.addfile(entry, io.BytesIO(b''))
            i('fine')
            \(entries[row])
            t.close()
            END
            age -r "$1" -o x.age x.tar
            """, recipient)
        #expect(made.status == 0, "\(made.complaint)")
        let before = tool.names
        let opened = try tool.run(["decrypt", "-i", "key.txt", "-o", "out", "x.age"])
        #expect(opened.status == 6, "\(opened.complaint)")
        #expect(tool.names == before)
        #expect(!FileManager.default.fileExists(atPath: "/tmp/amparo-evil"))
    }

    @Test("one output for each, verified, and the originals removed; other recipients later")
    func working() throws {
        let (tool, recipient) = try prepare()
        let each = try tool.run(
            ["encrypt", "-r", recipient, "--each", "--remove-original", "d/a", "d/big"])
        #expect(each.status == 0 && each.lines == ["d/a.age", "d/big.age"], "\(each.complaint)")
        #expect(!tool.exists("d/a") && !tool.exists("d/big"))
        #expect(try tool.shell("age -d -i key.txt d/a.age").text == "hola\n")

        let other = try tool.shell("age-keygen 2>/dev/null | tee other.txt | age-keygen -y").line
        let rewrapped = try tool.run(
            ["rewrap", "-i", "key.txt", "-r", other, "-o", "a2.age", "d/a.age"])
        #expect(rewrapped.status == 0 && rewrapped.complaint.contains("revokes nothing"))
        #expect(try tool.shell("age -d -i other.txt a2.age").text == "hola\n")
        #expect(try tool.shell("age -d -i key.txt a2.age").status != 0)

        let seen = try tool.run(["inspect", "--json", "a2.age"]).json
        #expect(seen["plaintext_bytes"] as? Int == 5)
        let letter = try tool.run(
            ["encrypt", "-r", recipient, "--letter", "-o", "carta.age", "d/sub/más largo"])
        #expect(letter.status == 0, "\(letter.complaint)")
        let text = String(decoding: try tool.read("carta.age.txt"), as: UTF8.self)
        #expect(text.contains("age -d -i key.txt -o carta carta.age"))
        let hidden = try tool.run(["encrypt", "-r", recipient, "--hide-name", "key.txt"])
        #expect(hidden.status == 0 && hidden.line.hasSuffix(".age") && tool.exists(hidden.line))
    }

    @Test("two inputs that would have one output are refused before anything is read or removed")
    func sameNames() throws {
        let (tool, recipient) = try prepare()
        let made = try tool.shell("mkdir e f out && echo 1 >e/n && echo 2 >f/n && echo 3 >f/N")
        #expect(made.status == 0)
        for inputs in [["e/n", "f/n"], ["f/n", "f/N"], ["e/n", "e/n"]] {
            let each = try tool.run(
                ["encrypt", "-r", recipient, "--each", "--force", "--remove-original", "-o", "out"]
                    + inputs)
            #expect(each.status == 2 && each.lines.isEmpty, "\(each.complaint)")
        }
        #expect(try tool.shell("cat e/n f/n f/N; ls out").text == "1\n2\n3\n")
        // Without --force each of them is told apart by the disk.
        let each = try tool.run(
            ["encrypt", "-r", recipient, "--each", "-o", "out", "f/n", "f/N"])
        #expect(each.status == 0 && each.lines == ["out/n.age", "out/N.age"], "\(each.complaint)")
    }

    @Test("a passphrase typed with loose accents opens what it sealed")
    func accents() throws {
        let (tool, _) = try prepare()
        let loose = "fra\u{0301}se"
        let pty = """
            import os, pty, sys, time
            pid, fd = pty.fork()
            if pid == 0: os.execvp('age', ['age', '-p', '-o', 'p.age', 'd/a'])
            for _ in range(2):
                time.sleep(0.5); os.write(fd, 'fra\\u0301se\\n'.encode())
            try:
                while os.read(fd, 100): pass
            except OSError: pass
            os.waitpid(pid, 0)
            """
        let sealed = try tool.shell("python3 -c \"$1\"", pty)
        #expect(sealed.status == 0 && tool.exists("p.age"), "\(sealed.complaint)")
        let opened = try tool.run(
            ["decrypt", "--file-passphrase-fd", "5", "-o", "p", "p.age"],
            descriptors: [5: loose])
        #expect(opened.status == 0, "\(opened.complaint)")
    }
}
