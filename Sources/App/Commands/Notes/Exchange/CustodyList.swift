internal import CommandLineKit
internal import Encoding
internal import Keyring
internal import Minisign
internal import Notebook
internal import Platform
internal import Primitives
internal import Vault
internal import Wording

/// The hashes of everything that was exported, for `sha256sum -c`, signed for minisign; and a table
/// of the files with when each came into the vault and the hash that it had then.
///
/// Who has the list can show later that nothing was changed since. It does not prove when a photo
/// was taken or by whom.
struct CustodyList {
    static let sums = "SHA256SUMS"
    static let signature = "SHA256SUMS.minisig"
    static let table = "custody.csv"
    static let names: Set<String> = [sums, signature, table]

    private var lines: [(path: String, hash: String)] = []
    private var rows = [
        [
            "file", "note", "title", "name", "bytes", "imported", "blake2b-256 on import",
            "sha256",
        ]
    ]

    mutating func add(_ path: [String], hash: [UInt8]) {
        lines.append((path.joined(separator: "/"), Hex.encode(hash)))
    }

    mutating func add(_ attachment: Attachment, of note: Note, at path: [String], hash: [UInt8]) {
        add(path, hash: hash)
        rows.append([
            path.joined(separator: "/"), note.id.description, note.title, attachment.name,
            String(attachment.blob.byteCount), attachment.time.rfc3339, attachment.hash,
            Hex.encode(hash),
        ])
    }

    /// Writes the three files.
    mutating func write(to folder: ExportFolder, signing key: SigningKeys.Own) throws {
        let table = Array(CSV.text(rows).utf8)
        try folder.file([Self.table]) { try $0.put(table, folder.path) }
        add([Self.table], hash: SHA256.hash(table.span))
        // Two spaces: the sums are of the bytes as they are.
        let sums = Array(lines.map { "\($0.hash)  \($0.path)\n" }.joined().utf8)
        try folder.file([Self.sums]) { try $0.put(sums, folder.path) }
        let comment = "hashes of \(lines.count) files exported from amparo"
        let signature = try key.secret { secret in
            try secret.sign(Prehash(of: sums.span), trustedComment: comment).serialized()
        }
        try folder.file([Self.signature]) { try $0.put(signature, folder.path) }
    }
}

/// Tables as RFC 4180 has them; every cell is quoted.
enum CSV {
    static func text(_ rows: [[String]]) -> String {
        rows.map { row in row.map(cell).joined(separator: ",") }.joined(separator: "\r\n") + "\r\n"
    }

    /// A spreadsheet runs what begins like a formula, quoted or not; an apostrophe before it makes it
    /// text. What stands in a table may come from somebody else's notes.
    private static func cell(_ text: String) -> String {
        let isFormula = text.unicodeScalars.first.map("=+-@\t\r\n".unicodeScalars.contains) ?? false
        return "\"" + (isFormula ? "'" : "") + text.replacing("\"", with: "\"\"") + "\""
    }
}

/// Passes bytes on, and hashes them.
final class HashingOutput {
    private let output: any ByteOutput
    private let path: String
    private var state = SHA256State()

    init(_ output: any ByteOutput, _ path: String) {
        self.output = output
        self.path = path
    }

    func write(_ bytes: [UInt8]) throws {
        state.update(bytes.span)
        try output.put(bytes, path)
    }

    /// Once, at the end.
    func finish() -> [UInt8] {
        var last = SHA256State()
        swap(&last, &state)
        return last.finish()
    }
}
