internal import Notebook
internal import Platform

/// Looks for words in a text, without regard to case and accents, within one line.
package enum TextSearch {
    /// - Parameter start: Where to begin; after the end it goes on at the beginning.
    /// - Returns: nil when the text has no such words.
    package static func next(_ words: String, in text: TextBuffer, from start: Int) -> Range<Int>? {
        let needle = Folding.fold(words)
        guard !needle.isEmpty else { return nil }
        let first = text.line(at: min(start, text.bytes.count))
        // The first line twice: from the place on, and at the end what lies before it.
        for step in 0...text.lineCount {
            let line = (first + step) % text.lineCount
            let range = text.range(ofLine: line)
            let from = step == 0 ? start : range.lowerBound
            if let found = find(needle, in: text, range, from: from) { return found }
        }
        return nil
    }

    private static func find(
        _ needle: [UInt8], in text: TextBuffer, _ range: Range<Int>, from start: Int
    ) -> Range<Int>? {
        let bytes = text.bytes
        let line = bytes.span.extracting(range)
        var folded: [UInt8] = []
        Folding.fold(line, onto: &folded)
        guard folded.span.contains(needle.span) else { return nil }
        // Now letter by letter, to know where what was found lies.
        folded = []
        var places: [Int] = []
        Letters.visit(line) { place, letter in
            let piece = Folding.fold(String(letter))
            let isSecondSpace = piece == [0x20] && folded.last == 0x20
            if !isSecondSpace {
                folded += piece
                places += repeatElement(range.lowerBound + place, count: piece.count)
            }
            return true
        }
        guard folded.count >= needle.count else { return nil }
        for index in 0...folded.count - needle.count
        where places[index] >= start
            && folded[index..<index + needle.count].elementsEqual(needle)
        {
            let last = places[index + needle.count - 1]
            return places[index]..<text.next(last)
        }
        return nil
    }
}
