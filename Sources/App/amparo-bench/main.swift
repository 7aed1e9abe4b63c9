internal import Platform

// What `make bench` cannot ask the program itself: primitives alone, and a vault without its key
// derivation. Prints lines of `what<TAB>value<TAB>unit`.
let arguments = CommandLine.arguments.dropFirst()
let report = Report(output: DescriptorStream.standardOutput)

switch (arguments.first, arguments.count) {
case ("crypto", 1):
    try CryptoBench(report).run()
case ("notes", 3):
    let paths = Array(arguments.dropFirst())
    try NotesBench(report, folder: paths[0], scratch: paths[1]).run()
default:
    try report.complain("usage: amparo-bench crypto | notes FOLDER SCRATCH")
    ProcessExit.end(2)
}
