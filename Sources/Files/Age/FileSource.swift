internal import AgeFormat
internal import Platform
internal import Synchronization

/// Which form of a file to expect.
package enum FileForm: Sendable, CaseIterable { case binary, armored }

/// The bytes of an age file in either form, for one reader at a time.
final class FileSource: Sendable {
    /// One of the two is there.
    private struct Bytes: Sendable {
        var binary: ByteBuffer?
        var armored: ArmorReader?

        mutating func read(into span: inout MutableSpan<UInt8>) throws(SourceError) -> Int {
            if armored != nil { return try armored?.read(into: &span) ?? 0 }
            do { return try binary?.read(into: &span) ?? 0 } catch { throw .stream(error) }
        }
    }

    let form: FileForm
    private let bytes: Mutex<Bytes>

    /// - Parameter expected: nil to look: only a text form starts with dashes.
    init(_ input: any ByteInput, expecting expected: FileForm? = nil) throws(AgeError) {
        var buffer = ByteBuffer(input)
        if let expected {
            form = expected
        } else {
            do { form = try Self.form(of: &buffer) } catch { throw .input(error) }
        }
        bytes = Mutex(
            form == .armored ? Bytes(armored: ArmorReader(buffer)) : Bytes(binary: buffer))
    }

    func read(into span: inout MutableSpan<UInt8>) throws(SourceError) -> Int {
        try bytes.withLock { (bytes) throws(SourceError) in try bytes.read(into: &span) }
    }

    /// Reads up to and including the LF of the header's last line.
    func header() throws(AgeError) -> Header {
        var parser = HeaderParser()
        var line: [UInt8] = []
        var isEmpty = true
        while let byte = try byte() {
            isEmpty = false
            guard byte != UInt8(ascii: "\n") else {
                if let header = try parse(line, with: &parser) { return header }
                line = []
                continue
            }
            line.append(byte)
            guard line.count <= parser.lineLimit else {
                _ = try parse(line, with: &parser)
                throw .header(.tooLarge)
            }
        }
        // What does not even start like an age file is another kind of file.
        if !line.isEmpty { _ = try parse(line, with: &parser) }
        throw .header(isEmpty ? .notAge : .truncated)
    }

    private func byte() throws(AgeError) -> UInt8? {
        var one: [1 of UInt8] = [0]
        var span = one.mutableSpan
        do throws(SourceError) { return try read(into: &span) == 0 ? nil : one[0] } catch {
            throw AgeError(error)
        }
    }

    /// `count` bytes; fewer only at the end.
    func bytes(_ count: Int) throws(AgeError) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: count)
        var span = out.mutableSpan
        var used = 0
        do throws(SourceError) {
            while used < count {
                let more = try span.withPart(used..<count) { (rest) throws(SourceError) in
                    try read(into: &rest)
                }
                if more == 0 { break }
                used += more
            }
        } catch { throw AgeError(error) }
        return Array(out.prefix(used))
    }

    private func parse(
        _ line: [UInt8], with parser: inout HeaderParser
    ) throws(AgeError) -> Header? {
        do { return try parser.take(line) } catch { throw .header(error) }
    }

    private static func form(of buffer: inout ByteBuffer) throws(StreamError) -> FileForm {
        let start = try buffer.peek(Armor.whiteSpaceLimit + Armor.begin.count)
        let text = start.drop(while: Armor.isWhiteSpace)
        return text.starts(with: "-----".utf8) ? .armored : .binary
    }
}
