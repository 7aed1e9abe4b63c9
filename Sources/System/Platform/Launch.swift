internal import CPlatform

/// Other programs in this one's place, or beside it.
package enum Launch {
    /// Becomes another program; what this one has open for itself is closed.
    ///
    /// - Throws: When it stays this one.
    package static func become(
        _ path: String, arguments: [String], environment: [String: String]
    ) throws(FileError) -> Never {
        let (words, variables) = (block([path] + arguments), block(lines(environment)))
        let result = unsafe words.withUnsafeBufferPointer { words in
            unsafe variables.withUnsafeBufferPointer { variables in
                unsafe amparo_become(
                    path, amparo_words(bytes: words.baseAddress, count: words.count),
                    amparo_words(bytes: variables.baseAddress, count: variables.count))
            }
        }
        throw FileError(result: Int(result))
    }

    /// Starts a program that goes on when this one and its terminal have ended.
    ///
    /// - Parameters:
    ///   - input: A file that it reads on descriptor 3.
    ///   - output: A file at whose end it writes.
    package static func beside(
        _ path: String, arguments: [String], environment: [String: String], input: String,
        output: String
    ) throws(FileError) {
        let (words, variables) = (block([path] + arguments), block(lines(environment)))
        let result = unsafe words.withUnsafeBufferPointer { words in
            unsafe variables.withUnsafeBufferPointer { variables in
                unsafe amparo_launch(
                    path, amparo_words(bytes: words.baseAddress, count: words.count),
                    amparo_words(bytes: variables.baseAddress, count: variables.count), input,
                    output)
            }
        }
        if result != 0 { throw FileError(result: Int(result)) }
    }

    private static func lines(_ variables: [String: String]) -> [String] {
        variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    }

    /// Each word with a zero byte behind it; nobody's word holds one inside.
    private static func block(_ words: [String]) -> [CChar] {
        words.flatMap { word in
            word.utf8.filter { $0 != 0 }.map { CChar(bitPattern: $0) } + [0]
        }
    }
}
