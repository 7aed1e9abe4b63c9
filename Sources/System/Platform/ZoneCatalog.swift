internal import CPlatform

/// Where zone rules come from: the copy inside the program or the system's own, whichever is newer.
///
/// Old systems still move Mexico's clocks, which have stood still since 2022: a deadline must not
/// depend on when a machine was last updated.
package struct ZoneCatalog: Sendable {
    /// Gives the bytes of a file of at most `limit` bytes, nil when it cannot.
    package typealias ReadFile = @Sendable (_ path: String, _ limit: Int) -> [UInt8]?

    private let system: ReadFile?

    /// Only what travels with the program: the same on every machine.
    package static let embedded = ZoneCatalog(system: nil)

    private init(system: ReadFile?) { self.system = system }

    /// The system's data where they are newer than the embedded ones, else the embedded ones.
    ///
    /// - Parameter folder: Where the system keeps its zones, without a slash at the end.
    package static func newest(
        folder: String = "/usr/share/zoneinfo", read: @escaping ReadFile
    ) -> ZoneCatalog {
        // The first line of the source that Debian ships beside the zones: "# version 2025b".
        guard let text = read(folder + "/tzdata.zi", 1 << 20),
            let release = Self.release(inSource: text), release > embeddedRelease
        else { return embedded }
        return ZoneCatalog { name, limit in read(folder + "/" + name, limit) }
    }

    /// The rules of a zone such as `America/Mexico_City`.
    ///
    /// - Throws: `.malformedName`, `.unknownZone`; never for damaged system data while the
    ///   embedded copy knows the zone.
    package func rules(_ name: String) throws(ZoneError) -> TimeZoneRules {
        guard Self.isName(name) else { throw .malformedName }
        if let bytes = system?(name, TimeZoneRules.byteLimit),
            let rules = try? TimeZoneRules(name: name, parsing: bytes)
        {
            return rules
        }
        guard let block = Self.embeddedBlock(name) else { throw .unknownZone }
        return try TimeZoneRules(name: name, parsingVersion2: block)
    }

    /// A release such as `2025b`; releases compare as text.
    package static var embeddedRelease: String {
        unsafe String(cString: amparo_zone_release())
    }

    /// Every zone of the embedded data, sorted.
    package static var embeddedNames: [String] {
        (0..<amparo_zone_count).map { unsafe String(cString: amparo_zone_name($0)) }
    }

    /// The TZif version 2 block of an embedded zone.
    package static func embeddedBlock(_ name: String) -> [UInt8]? {
        var count = 0
        guard let start = unsafe amparo_zone_find(name, &count) else { return nil }
        return unsafe Array(UnsafeBufferPointer(start: start, count: count))
    }

    /// Letters, digits, `+`, `-` and `_` between single slashes, at most 39 in all: no path can be
    /// made of it.
    package static func isName(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard name.utf8.count <= 39, let first = parts.first, first.first.map(isLetter) ?? false
        else { return false }
        // Other trees of the same folder: one counts leap seconds, the other repeats all names.
        guard !["posix", "right"].contains(String(first)) else { return false }
        return parts.allSatisfy { part in
            !part.isEmpty
                && part.allSatisfy { byte in
                    isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                        || [UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "_")].contains(byte)
                }
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    /// The release that the first line of `tzdata.zi` names; nil for any other spelling of it.
    package static func release(inSource text: [UInt8]) -> String? {
        let line = text.prefix { $0 != UInt8(ascii: "\n") }
        let prefix = Array("# version ".utf8)
        guard line.starts(with: prefix) else { return nil }
        let release = line.dropFirst(prefix.count)
        guard (5...6).contains(release.count), decimal(release.prefix(4)) != nil,
            release.dropFirst(4).allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
            )
        else { return nil }
        return String(decoding: release, as: UTF8.self)
    }
}

extension ZoneCatalog {
    /// The newer of the system's data and the embedded ones.
    package static func newest(on files: any FileSystem) -> ZoneCatalog {
        newest { path, limit in try? files.read(path, limit: limit) }
    }
}
