extension String {
    /// Whether this can stand in a header and in a message: 1 to `limit` bytes without control
    /// characters (C0, DEL, C1) or Unicode's line ends, so that a name can never forge a line.
    package func isPlainLine(limit: Int = 200) -> Bool {
        (1...limit).contains(utf8.count)
            && unicodeScalars.allSatisfy { scalar in
                switch scalar.value {
                case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: false
                default: true
                }
            }
    }
}
