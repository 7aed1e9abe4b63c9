import Foundation
import TestSupport
import Testing

/// Rows that somebody put into the vault with another program.
@Suite("rows of a stranger in the vault")
struct HostileRowTests {
    @Test(
        "vault check names them and ends with 4; notes go on",
        arguments: [
            "zeroblob(20000), x'00'", "'text', 7", "7, 'text'", "x'00', x'00'",
            "randomblob(32), zeroblob(20000)", "randomblob(32), zeroblob(4000)",
            "randomblob(32), 1e300",
        ])
    func rows(_ values: String) throws {
        let desk = try Desk()
        let id = try desk.done("note", "new", "--title", "Uno", input: "uno\n").line
        let script = """
            import sqlite3, sys
            with sqlite3.connect(sys.argv[1]) as vault:
                vault.execute("INSERT INTO cell(id, box) VALUES(\(values))")
            """
        let put = try desk.tool.shell(
            "exec /usr/bin/python3 -c \"$1\" \"$2\"", script, desk.tool.store + "/vault.db")
        try #require(put.status == 0, "\(put.complaint)")
        for (language, word) in [("en", "damaged"), ("es", "dañada")] {
            for arguments in [["--passphrase-fd", "3"], ["--without-key"]] {
                let check = try desk.tool.run(
                    ["vault", "check", "--lang", language] + arguments,
                    descriptors: [3: Desk.passphrase])
                #expect(check.status == 4, "\(values): \(check.complaint)")
                #expect(check.complaint.contains(word) && !check.lines.isEmpty)
            }
        }
        let json = try desk("vault", "check", "--json")
        #expect(json.status == 4 && (json.json["damage"] as? [String])?.isEmpty == false)
        #expect(try desk.done("note", "show", id).text.contains("uno"))
        try desk.done("note", "new", "--title", "Dos", input: "dos\n")
        #expect(try desk.done("note", "list").text.contains("Dos"))
    }
}
