import QR
import TestSupport
import Testing

@Suite("QR codes")
struct QRCodeTests {
    static let recipient = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"

    @Test(
        "what a telephone reads is what went in",
        arguments: [
            recipient, "ñandú: Peña\nsegunda línea\n", "x",
            String(repeating: "0123456789abcdef", count: 60),
        ])
    func peer(_ text: String) throws {
        guard let zbar = Peer("zbarimg") else { return }
        let folder = try TemporaryDirectory()
        let code = try QRCode(Array(text.utf8))
        try folder.write("code.png", code.png(scale: 4))
        let read = try zbar.run([
            "--quiet", "--raw", "-Sbinary", "-Sdisable", "-Sqrcode.enable", folder("code.png"),
        ])
        #expect(read.status == 0, "\(read.complaint)")
        #expect(String(decoding: read.output, as: UTF8.self) == text)
    }

    @Test("the picture for a terminal has the same modules and its quiet zone")
    func terminal() throws {
        let code = try QRCode(Array(Self.recipient.utf8))
        let lines = code.lines(coloured: false).map(Array.init)
        #expect(code.width == 33 && lines.count == 21)
        for row in 0..<code.width {
            for column in 0..<code.width {
                let y = row + QRCode.quietZone
                let block = lines[y / 2][column + QRCode.quietZone]
                let isLight = block == "█" || block == (y % 2 == 0 ? "▀" : "▄")
                #expect(isLight != code.isDark(row: row, column: column))
            }
        }
        #expect(lines[0].allSatisfy { $0 == "█" } && lines.allSatisfy { $0.count == 41 })
        #expect(code.lines(coloured: true)[0].hasPrefix("\u{1B}["))
    }

    @Test("too much for a symbol is an error, and so is nothing")
    func limits() throws {
        #expect(throws: QRError.tooLong) {
            try QRCode([UInt8](repeating: 65, count: 2_332))
        }
        #expect(throws: QRError.failed) { try QRCode([]) }
        #expect(try QRCode([UInt8](repeating: 65, count: 2_331)).width == 177)
    }

    @Test("the drawing is one closed element")
    func drawing() throws {
        let svg = try QRCode([1, 2, 3]).svg
        #expect(svg.hasPrefix("<svg ") && svg.hasSuffix("</svg>") && !svg.contains("\n"))
    }
}
