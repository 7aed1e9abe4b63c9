import Delivery
import Dispatch
import Foundation
import Platform
import TestSupport
import Testing

@Suite("mail into a folder")
struct FolderDeliveryTests {
    static func setting(_ path: String) throws -> ChannelSetting {
        ChannelSetting(name: "folder", address: try ChannelAddress(parsing: "file:" + path))
    }

    @Test("lies whole in the contact's place, once")
    func delivers() throws {
        let folder = try TemporaryDirectory()
        let setting = try Self.setting(folder.path)
        for _ in 0..<2 {
            #expect(courier().deliver(try message(attachment: [1]), through: setting) == .delivered)
        }
        let inbox = folder("laura/new")
        let names = try FileManager.default.contentsOfDirectory(atPath: inbox)
        #expect(names == ["1796148000000." + String(repeating: "07", count: 32)])
        let mail = try Mail(file: inbox + "/" + names[0])
        #expect(mail.defects == [])
        #expect(mail["to"] == "undisclosed-recipients:;")
        #expect(try mail.attachment("itinerary.age") == [1])
        let mode = try FileManager.default.attributesOfItem(atPath: inbox + "/" + names[0])
        #expect(mode[.posixPermissions] as? Int == 0o600)
    }

    @Test("a folder that is not there, or not a folder, is tried again, never made")
    func missing() throws {
        let folder = try TemporaryDirectory()
        try folder.write("file", [])
        for name in ["gone", "file", "gone/deeper"] {
            let result = courier().deliver(try message(), through: try Self.setting(folder(name)))
            #expect(result.reason?.kind == .folder, "\(result)")
        }
        #expect(folder.names == ["file"])
    }

    @Test("any single fault leaves nothing or the whole message, and the next try works")
    func everyFault() throws {
        let request = CourierRequest(
            try message(), through: try ChannelAddress(parsing: "file:/in"), seconds: 9)
        var faults = 0
        while true {
            let disk = MemoryFileSystem(["/in/earlier": []], failingAt: faults)
            let result = FolderDelivery.deliver(request, to: "/in", files: disk)
            if result == .delivered { break }
            #expect(result.reason?.kind == .folder)
            faults += 1
            let shown = disk.files.filter { path, _ in
                path != "/in/earlier" && !Path.name(of: path).hasPrefix(".")
            }
            #expect(shown.values.allSatisfy { $0 == request.body })
            #expect(FolderDelivery.deliver(request, to: "/in", files: disk) == .delivered)
            #expect(disk.files.values.contains(request.body))
        }
        #expect(faults >= 4)
    }
}
