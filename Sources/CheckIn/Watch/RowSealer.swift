internal import Encoding
internal import Primitives
internal import Secrets

/// Seals what a row says about people. The table and the row's key are authenticated with it, so
/// that a box cannot be moved to another row.
///
/// box = nonce 24 ‖ XChaCha20-Poly1305(fields), AAD = table ‖ 0 ‖ row key.
struct RowSealer {
    let key: SharedSecret

    func seal(_ fields: FieldList, table: String, row: [UInt8]) -> [UInt8] {
        seal(fields.serialized(), table: table, row: row)
    }

    func seal(_ text: [UInt8], table: String, row: [UInt8]) -> [UInt8] {
        let nonce = SystemRandom().bytes(XChaChaPoly.nonceByteCount)
        var box = [UInt8](repeating: 0, count: text.count + XChaChaPoly.tagByteCount)
        let bound = Array(table.utf8) + [0] + row
        key.bytes.withBytes { key in
            var span = box.mutableSpan
            XChaChaPoly.seal(
                text.span, into: &span, key: key, nonce: nonce.span, authenticating: bound.span)
        }
        return nonce + box
    }

    func open(_ box: [UInt8]?, table: String, row: [UInt8]) throws(WatchError) -> [UInt8] {
        let overhead = XChaChaPoly.nonceByteCount + XChaChaPoly.tagByteCount
        guard let box, box.count >= overhead else { throw .damagedRow }
        var text = [UInt8](repeating: 0, count: box.count - overhead)
        let nonce = Array(box[..<XChaChaPoly.nonceByteCount])
        let sealed = Array(box[XChaChaPoly.nonceByteCount...])
        let bound = Array(table.utf8) + [0] + row
        do {
            try key.bytes.withBytes { (key) throws(PrimitiveError) in
                var span = text.mutableSpan
                try XChaChaPoly.open(
                    sealed.span, into: &span, key: key, nonce: nonce.span,
                    authenticating: bound.span)
            }
        } catch {
            throw .damagedRow
        }
        return text
    }

    func fields(_ box: [UInt8]?, table: String, row: [UInt8]) throws(WatchError) -> FieldList {
        let text = try open(box, table: table, row: row)
        do { return try FieldList(parsing: text[...]) } catch { throw .damagedRow }
    }
}
