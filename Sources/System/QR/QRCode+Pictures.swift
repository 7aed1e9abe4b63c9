extension QRCode {
    /// Lines of half blocks, two rows in each, for a terminal with light letters on dark ground.
    ///
    /// - Parameter coloured: With escape sequences, so that it can also be read on light ground.
    package func lines(coloured: Bool) -> [String] {
        let range = -Self.quietZone..<width + Self.quietZone
        return stride(from: range.lowerBound, to: range.upperBound, by: 2).map { row in
            var line = ""
            for column in range {
                // What is light is drawn, as paper would be.
                let upper = !isDark(row: row, column: column)
                let lower = row + 1 < range.upperBound && !isDark(row: row + 1, column: column)
                line += Self.block(upper: upper, lower: lower)
            }
            return coloured ? "\u{1B}[40;37;1m" + line + "\u{1B}[0m" : line
        }
    }

    private static func block(upper: Bool, lower: Bool) -> String {
        switch (upper, lower) {
        case (true, true): "█"
        case (true, false): "▀"
        case (false, true): "▄"
        case (false, false): " "
        }
    }

    /// An `svg` element without size: it fills what it stands in.
    package var svg: String {
        let side = width + 2 * Self.quietZone
        var path = ""
        for row in 0..<width {
            var column = 0
            while column < width {
                var end = column
                while isDark(row: row, column: end) { end += 1 }
                if end > column {
                    let run = end - column
                    path += "M\(column + Self.quietZone) \(row + Self.quietZone)h\(run)v1h-\(run)z"
                }
                column = max(end, column) + 1
            }
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(side) \(side)" \
            shape-rendering="crispEdges"><path fill="#fff" d="M0 0h\(side)v\(side)H0z"/>\
            <path d="\(path)"/></svg>
            """
    }

    /// A PNG of one bit for each pixel.
    ///
    /// Source: PNG (Second Edition), RFC 1950, RFC 1951 3.2.4: blocks without compression.
    ///
    /// - Parameter scale: Pixels on each side of a module.
    package func png(scale: Int = 8) -> [UInt8] {
        precondition((1...32).contains(scale), "a module has 1 to 32 pixels on each side")
        let side = (width + 2 * Self.quietZone) * scale
        var pixels: [UInt8] = []
        for y in 0..<side {
            pixels.append(0)  // No filter.
            var byte: UInt8 = 0
            for x in 0..<(side + 7) / 8 * 8 {
                let isLight =
                    x >= side
                    || !isDark(row: y / scale - Self.quietZone, column: x / scale - Self.quietZone)
                byte = byte << 1 | (isLight ? 1 : 0)
                if x % 8 == 7 { pixels.append(byte) }
            }
        }
        let header = PNG.number(side) + PNG.number(side) + [1, 0, 0, 0, 0]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            + PNG.chunk("IHDR", header) + PNG.chunk("IDAT", PNG.stored(pixels))
            + PNG.chunk("IEND", [])
    }
}

/// The wrapping of a picture's bytes.
private enum PNG {
    static func number(_ value: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    static func chunk(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + bytes
        return number(bytes.count) + body + number(Int(checksum(body)))
    }

    /// A zlib stream of blocks of at most 65,535 bytes each.
    static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = [0x78, 0x01]
        var start = 0
        repeat {
            let count = min(bytes.count - start, 65_535)
            let low = UInt8(truncatingIfNeeded: count)
            let high = UInt8(truncatingIfNeeded: count >> 8)
            stream += [start + count == bytes.count ? 1 : 0, low, high, ~low, ~high]
            stream += bytes[start..<start + count]
            start += count
        } while start < bytes.count
        var sum: (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            sum.0 = (sum.0 + UInt32(byte)) % 65_521
            sum.1 = (sum.1 + sum.0) % 65_521
        }
        return stream + number(Int(sum.1 << 16 | sum.0))
    }

    /// CRC-32, bit by bit: a picture has some thousand bytes.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var sum = UInt32.max
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }
}
