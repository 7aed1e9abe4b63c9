// What kill_notes.py kills: a writer that opens a vault once and says of each note when it is safe.
//
//     vault-torture init DIR            makes DIR/vault.db; prints its session key
//     vault-torture write DIR PREFIX    adds notes PREFIX.0, PREFIX.1, … until killed, each in a
//                                       commit of its own, and prints each once it is stored
//     vault-torture list DIR            prints every note, then `whole` or `damaged`
//
// The session key comes on standard input: no key derivation stands between two kills.
import Encoding
import Glibc
import Platform
import Secrets
import Vault

func say(_ line: String) {
    print(line)
    // Standard output is a pipe and would keep it back.
    fflush(nil)
}

let arguments = CommandLine.arguments
guard arguments.count >= 3 else { exit(2) }
let folder = arguments[2]
let path = folder + "/vault.db"
let context = VaultContext(
    files: LinuxFileSystem(), clock: LinuxClock(), stateFolder: folder + "/state")

func open() throws -> Vault {
    guard let key = readLine().flatMap({ Hex.decode($0) }) else { exit(2) }
    return try Vault.open(
        at: path, with: .session(SecretBytes(copying: key.span)), in: context)
}

switch arguments[1] {
case "init":
    let vault = try Vault.create(
        at: path, passphrase: SecretBytes.random(count: 32),
        recovery: SecretBytes.random(count: 16),
        options: Vault.CreateOptions(cost: KeyDerivationCost(operations: 1, mebibytes: 32)),
        in: context)
    _ = try vault.commit()
    say(vault.sessionKey().withBytes { Hex.encode($0) })
case "write":
    let vault = try open()
    var number = 0
    while true {
        let text = "\(arguments[3]).\(number)"
        vault.stage(
            kind: RecordKind.note, entity: nil, parents: [], fields: FieldList([Field(1, text)]))
        _ = try vault.commit()
        say(text)
        number += 1
    }
case "list":
    let vault = try open()
    for record in vault.records { say(record.fields.text(1) ?? "?") }
    say(try vault.check(blobs: []).isWhole ? "whole" : "damaged")
default:
    exit(2)
}
