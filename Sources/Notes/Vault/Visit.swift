internal import Encoding
package import Platform

/// One opening of the vault: by which device, in which minute.
///
/// Layout: device 16 ‖ minutes since 1970 u32, and nothing else.
package struct Visit: Hashable, Sendable {
    package let device: ID16
    package let minute: UInt32

    static let byteCount = 20

    init(device: ID16, minute: UInt32) {
        self.device = device
        self.minute = minute
    }

    init?(parsing bytes: ArraySlice<UInt8>) {
        var reader = ByteReader(bytes)
        guard bytes.count == Self.byteCount, let device = try? reader.id16(),
            let minute = try? reader.u32()
        else { return nil }
        self.init(device: device, minute: minute)
    }

    func serialized() -> [UInt8] {
        var writer = ByteWriter()
        writer.raw(device.bytes)
        writer.u32(minute)
        return writer.bytes
    }

    package var time: Instant { Instant(milliseconds: Int64(minute) * 60_000) }
}

extension Instant {
    /// Whole minutes since 1970; a clock outside the range of the field stops at its ends.
    var minute: UInt32 { UInt32(clamping: milliseconds / 60_000) }
}
