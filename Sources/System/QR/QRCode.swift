internal import CQREncode

/// Why there is no symbol.
package enum QRError: Error, Hashable, Sendable {
    /// libqrencode is not installed.
    case libraryMissing
    /// More bytes than the largest symbol holds.
    case tooLong
    case failed
}

/// A square of dark and light modules that telephones read: bytes with 15 % error correction.
///
/// Source: ISO/IEC 18004, through libqrencode.
package struct QRCode: Hashable, Sendable {
    /// Modules on each side, without the quiet zone.
    package let width: Int
    private let modules: [UInt8]

    /// Light modules that must surround the symbol.
    /// Source: ISO/IEC 18004, 6.3.8.
    package static let quietZone = 4

    /// - Parameter bytes: At least 1, at most 2,331.
    package init(_ bytes: [UInt8]) throws(QRError) {
        guard !bytes.isEmpty else { throw .failed }
        var modules = [UInt8](repeating: 0, count: Int(AMPARO_QR_LIMIT))
        var width = 0
        switch unsafe amparo_qr_encode(bytes, bytes.count, &modules, &width) {
        case AMPARO_QR_MADE: break
        case AMPARO_QR_NO_LIBRARY: throw .libraryMissing
        case AMPARO_QR_TOO_LONG: throw .tooLong
        default: throw .failed
        }
        self.width = width
        self.modules = Array(modules[..<(width * width)])
    }

    /// Whether a module is dark; outside the symbol all is light.
    package func isDark(row: Int, column: Int) -> Bool {
        guard (0..<width).contains(row), (0..<width).contains(column) else { return false }
        return modules[row * width + column] == 1
    }
}
