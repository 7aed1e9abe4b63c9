import CommandLineKit
import Curriculum
import Foundation
import Platform
import TestSupport
import Testing
import Wording

@testable import Commands

@Suite("the workshop kit")
struct WorkshopTests {
    /// The least of a 64-bit ELF file: one program header of a kind.
    static func program(_ kind: UInt8) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 64 + 56)
        bytes.replaceSubrange(0..<6, with: [0x7F, 0x45, 0x4C, 0x46, 2, 1])
        (bytes[32], bytes[54], bytes[56]) = (64, 56, 1)
        bytes[64] = kind
        return bytes
    }

    private func desk(program: [UInt8], courier: [UInt8]?) throws -> (Desk, String) {
        let desk = try Desk()
        try desk.folder.write("amparo", program)
        if let courier { try desk.folder.write("amparo-courier", courier) }
        return (desk, desk.folder("amparo"))
    }

    @Test("a program that asks for an interpreter, and what is none, is not static")
    func image() throws {
        #expect(ProgramImage.isStatic(Self.program(1)))
        #expect(!ProgramImage.isStatic(Self.program(3)))
        #expect(!ProgramImage.isStatic([]) && !ProgramImage.isStatic(Array("#!/bin/sh\n".utf8)))
        var cut = Self.program(1)
        cut[32] = 0xFF
        #expect(!ProgramImage.isStatic(cut))
        // Whatever is damaged, reading it ends.
        for place in 0..<120 {
            var bytes = Self.program(1)
            bytes[place] = 0xFF
            _ = ProgramImage.isStatic(bytes)
            _ = ProgramImage.isStatic(Array(bytes.prefix(place)))
        }
    }

    @Test(
        "everything is in it, in both languages, and fetches nothing", arguments: Language.allCases)
    func pages(_ language: Language) throws {
        let files = KitFiles(language, participants: 23).all
        let names = files.map(\.name)
        #expect(Set(names).count == names.count)
        for name in names { #expect(name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "\(name)") }
        let folder = KitFiles.folder(language)
        for page in Handouts.all(language) { #expect(names.contains("\(folder)/\(page.name)")) }
        let index = try #require(files.first { $0.name == "\(folder)/index.html" })
        let list = String(decoding: index.bytes, as: UTF8.self)
        for name in names where name.hasSuffix(".html") && !name.hasSuffix("index.html") {
            #expect(list.contains("href=\"\(name.split(separator: "/").last ?? "")\""), "\(name)")
        }
        for (name, bytes, isProgram) in files {
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(isProgram == (name == "start.sh"))
            guard name.hasSuffix(".html") else { continue }
            #expect(text.contains("<html lang=\"\(language.rawValue)\">"), "\(name)")
            #expect(!text.contains("http:") && !text.contains("<script"), "\(name)")
            #expect(!text.contains("src=") && !text.contains("url("), "\(name)")
            for tag in ["ul", "ol", "li", "table", "tr", "section", "pre", "p", "div", "h2"] {
                let opened = text.matches(of: try Regex("<\(tag)[ >]")).count
                #expect(
                    opened == text.components(separatedBy: "</\(tag)>").count - 1, "\(name) \(tag)")
            }
        }
        let cards = try #require(
            files.first { $0.name.hasSuffix("cards.html") || $0.name.hasSuffix("tarjetas.html") })
        let text = String(decoding: cards.bytes, as: UTF8.self)
        #expect(text.contains("sh start.sh 23") && !text.contains("sh start.sh 24"))
    }

    @Test("a kit is whole: its sums hold, its script is sh, and nothing is overwritten")
    func kit() throws {
        let (desk, program) = try desk(program: Self.program(1), courier: Self.program(2))
        let folder = desk.folder("kit")
        let made = desk.run(
            "workshop", "kit", folder, "--program", program, "--participants", "3", "--json",
            passphrase: nil, language: "es")
        #expect(made.exit == .done, "\(made.error)")
        #expect(made.json["participants"] as? Int == 3)
        let sums = try String(decoding: desk.folder.read("kit/SHA256SUMS"), as: UTF8.self)
        #expect(sums.split(separator: "\n").count + 1 == made.json["files"] as? Int)
        let check = try #require(Peer("sh")).run(
            [
                "-c", "cd \"$1\" && sha256sum -c SHA256SUMS >/dev/null && sh -n start.sh", "sh",
                folder,
            ])
        #expect(check.status == 0, "\(check.complaint)")
        #expect(
            desk.run("workshop", "kit", folder, "--program", program, passphrase: nil).exit
                == .refused)
    }

    @Test("a program that needs libraries is refused, and so is a kit without its courier")
    func refused() throws {
        let (desk, program) = try desk(program: Self.program(3), courier: Self.program(1))
        let result = desk.run(
            "workshop", "kit", desk.folder("kit"), "--program", program, passphrase: nil)
        #expect(result.exit == .refused && result.error.contains("make kit"))
        let (other, alone) = try self.desk(program: Self.program(1), courier: nil)
        #expect(
            other.run("workshop", "kit", other.folder("kit"), "--program", alone, passphrase: nil)
                .exit == .failed)
        #expect(!other.folder.names.contains("kit"))
        let many = other.run(
            "workshop", "kit", "x", "--participants", "0", passphrase: nil)
        #expect(many.exit == .usage)
    }
}
