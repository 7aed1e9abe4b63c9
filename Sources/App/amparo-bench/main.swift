internal import Platform

// What `make bench` cannot ask the program itself: primitives alone, what the machine allows in
// bulk, and a vault without its key derivation. Prints lines of `what<TAB>value<TAB>unit`.
let arguments = CommandLine.arguments.dropFirst()
let report = Report(output: DescriptorStream.standardOutput)

switch (arguments.first, arguments.count) {
case ("crypto", 1):
    try CryptoBench(report).run()
case ("bulk", 2):
    try BulkBench(report).run(mebibytes: arguments.last.flatMap { Int($0) } ?? 1_024)
case ("hash", 2):
    try SignatureBench(report, path: arguments.last ?? "").run()
case ("notes", 3):
    let paths = Array(arguments.dropFirst())
    try NotesBench(report, folder: paths[0], scratch: paths[1]).run()
case ("codes", 3):
    let words = Array(arguments.dropFirst())
    try CodesBench(report, folder: words[0], trials: Int(words[1]) ?? 10_000).run()
default:
    try report.complain(
        "usage: amparo-bench crypto | bulk MEBIBYTES | hash FILE | notes FOLDER SCRATCH"
            + " | codes FOLDER TRIALS")
    ProcessExit.end(2)
}
