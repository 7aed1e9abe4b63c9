// Damaged inputs for the parsers of files that come from strangers: amparo-fuzz TARGET COUNT SEED.
//
// A parser may refuse what it likes and must not trap, hang, or accept a second spelling of the
// same thing. Prints one line for each target; `all` runs every one.
import Platform

private func report(_ text: String) { try? DescriptorStream.standardOutput.write(text + "\n") }

private func run(_ target: Target, count: Int, seed: UInt64) {
    let mutator = Mutator(seed: seed, corpus: target.corpus)
    var accepted = 0
    let start = ContinuousClock.now
    for _ in 0..<count where target.accepts(mutator.input()) { accepted += 1 }
    let seconds = (ContinuousClock.now - start).components.seconds
    report(
        "\(target.name): \(count) inputs, seed \(seed), \(accepted) accepted, 0 crashes, \(seconds) s"
    )
}

private let words = Array(CommandLine.arguments.dropFirst())
private let chosen = Target.all.filter { words.first == "all" || words.first == $0.name }
if !chosen.isEmpty, words.count == 3, let count = Int(words[1]), count > 0,
    let seed = UInt64(words[2])
{
    for target in chosen { run(target, count: count, seed: seed) }
} else {
    report(
        "amparo-fuzz TARGET COUNT SEED; targets: all "
            + Target.all.map(\.name).joined(separator: " "))
}
