internal import Encoding
internal import Secrets
internal import Wording

/// A passphrase that is to all appearance one that `Diceware` drew: 4 to 20 words, every one of them
/// among those that it draws in one language.
///
/// Each then counts what the lot gives it, 1 of 4,037 or more, also where it is somebody's name as
/// well: whoever guesses does not know in which places a name will stand. A word that stood before
/// counts 4 bits.
///
/// Why this does not overrate what people make up: the lists have no word of fewer than four letters
/// and none of those that hold a sentence together, and they are cut from lists of rather rare words.
/// Of a hundred usual words of everyday passphrases 9 stand in the Spanish list and 33 in the English
/// one, so that six of them, chosen without the list at hand, stand there all once in a million times
/// or in a thousand; a sentence never does. What remains is left to the estimate: phrases with a line
/// that many people know, and those of which more than half are names, places or words that many
/// people use, of which a drawn one of six words is one in a hundred thousand. Somebody who picks
/// words that she likes out of the list itself is believed: no text could show it.
struct WordsByLot {
    /// The sum, rounded down.
    let bits: Int
    /// How many of the words stood before.
    let repeated: Int

    private static let millibitsOfRepeated = 4_000

    /// - Returns: nil for anything else.
    init?(_ text: Span<UInt8>) {
        let words = TypedWords(text)
        let count = words.count
        guard Diceware.wordCounts.contains(count),
            let dice = Language.allCases.lazy.map(Diceware.init).first(where: { dice in
                (0..<count).allSatisfy { dice.draws(words, at: $0) }
            })
        else { return nil }
        var letters = (0..<count).map { words.letters(at: $0) }
        defer { for place in letters.indices { Zeroing.zero(&letters[place]) } }
        guard !Self.isHeard(letters) else { return nil }
        let distinct = Set(letters.map { Lexicon.hash($0) }).count
        repeated = count - distinct
        bits =
            (distinct * dice.millibitsPerWord + repeated * Self.millibitsOfRepeated) / 1_000
    }

    /// Whether it holds a line that many people know, or is mostly what people like to use.
    private static func isHeard(_ words: [[UInt8]]) -> Bool {
        let lexicon = Lexicon.shared
        let liked = words.count { lexicon.entry(Lexicon.hash($0))?.finding != nil }
        guard 2 * liked <= words.count else { return true }
        for start in words.indices {
            var hash = Lexicon.seed
            for word in words[start...] {
                hash = word.reduce(hash, Lexicon.step)
                if lexicon.entry(hash)?.finding == .quotation { return true }
            }
        }
        return false
    }
}
