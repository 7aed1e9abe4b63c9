internal import Encoding
internal import Primitives
internal import Secrets

/// Where a slot's passphrase came from.
package enum SlotOrigin: UInt8, Sendable {
    case passphrase = 0
    /// 128 random bits that a person wrote down as words.
    case recovery = 1
}

/// What a passphrase opens: a compartment's keys.
///
/// Layout: 1 ‖ role u8 ‖ origin u8 ‖ master key 32 ‖ visit key 32 ‖ minute u32.
final class Slot: Sendable {
    enum Role: UInt8 {
        case outer = 0
        case hidden = 1
    }

    static let byteCount = 3 + 32 + 32 + 4
    private static let version: UInt8 = 1

    let role: Role
    let origin: SlotOrigin
    let master: SecretBytes
    let visitKey: SecretBytes
    /// Minutes since 1970 at which the slot was made.
    let minute: UInt32

    init(
        role: Role, origin: SlotOrigin, master: consuming SecretBytes,
        visitKey: consuming SecretBytes, minute: UInt32
    ) {
        self.role = role
        self.origin = origin
        self.master = master
        self.visitKey = visitKey
        self.minute = minute
    }

    /// - Returns: nil for anything but the one spelling of a slot.
    init?(parsing bytes: Span<UInt8>) {
        guard bytes.count == Self.byteCount, bytes[0] == Self.version,
            let role = Role(rawValue: bytes[1]), let origin = SlotOrigin(rawValue: bytes[2])
        else { return nil }
        self.role = role
        self.origin = origin
        master = SecretBytes(copying: bytes.extracting(3..<35))
        visitKey = SecretBytes(copying: bytes.extracting(35..<67))
        minute = (67..<71).reduce(0) { $0 << 8 | UInt32(bytes[$1]) }
    }

    /// The same keys for another passphrase.
    func issued(to origin: SlotOrigin, minute: UInt32) -> Slot {
        Slot(
            role: role, origin: origin, master: master.copy(), visitKey: visitKey.copy(),
            minute: minute)
    }

    func serialized() -> SecretBytes {
        SecretBytes(count: Self.byteCount) { out in
            out[0] = Self.version
            out[1] = role.rawValue
            out[2] = origin.rawValue
            master.withBytes { for index in 0..<32 { out[3 + index] = $0[index] } }
            visitKey.withBytes { for index in 0..<32 { out[35 + index] = $0[index] } }
            for index in 0..<4 {
                out[67 + index] = UInt8(truncatingIfNeeded: minute >> UInt32(24 - 8 * index))
            }
        }
    }
}

/// From a passphrase to the key that opens its slot.
enum SlotKey {
    static let passphraseLimit = 1_024
    /// P: 64 bytes.
    private static let stretchedByteCount = 64

    /// P = Argon2id(passphrase, salt, ops, mem).
    ///
    /// - Throws: `.passphraseLength`, `.outOfMemory`.
    static func stretch(
        _ passphrase: borrowing SecretBytes, for head: Head
    ) throws(VaultError) -> SecretBytes {
        guard (1...passphraseLimit).contains(passphrase.count) else { throw .passphraseLength }
        do throws(PrimitiveError) {
            return try passphrase.withBytes { (bytes) throws(PrimitiveError) in
                try Argon2id.derive(
                    count: stretchedByteCount, from: bytes, salt: head.salt.bytes.span,
                    operations: head.cost.operations, memory: head.cost.byteCount)
            }
        } catch {
            throw .outOfMemory(mebibytes: head.cost.mebibytes)
        }
    }

    /// KEK = BLAKE2b-256("amparo/kek/1" ‖ P, key = pepper), as the keys of its slots.
    static func keys(from stretched: borrowing SecretBytes, pepper: SharedSecret?) -> CellKeys {
        let domain = Array("amparo/kek/1".utf8)
        let text = stretched.withBytes { stretched in
            SecretBytes(count: domain.count + stretched.count) { out in
                for index in domain.indices { out[index] = domain[index] }
                for index in stretched.indices { out[domain.count + index] = stretched[index] }
            }
        }
        let kek = text.withBytes { text in
            guard let pepper else { return BLAKE2b.secretHash(count: 32, of: text) }
            return pepper.bytes.withBytes { BLAKE2b.secretHash(count: 32, of: text, key: $0) }
        }
        return CellKeys(from: kek, context: "AmpSlot1")
    }

    /// The passphrase that recovery words stand for: "amparo-recovery-1:" ‖ hex(R).
    ///
    /// - Throws: `.wrongPassphrase` unless R has 16 bytes.
    static func passphrase(
        recovery: borrowing SecretBytes
    ) throws(VaultError) -> SecretBytes {
        guard recovery.count == 16 else { throw .wrongPassphrase }
        let prefix = Array("amparo-recovery-1:".utf8)
        let digits = Array("0123456789abcdef".utf8)
        return recovery.withBytes { bytes in
            SecretBytes(count: prefix.count + 32) { out in
                for index in prefix.indices { out[index] = prefix[index] }
                for index in bytes.indices {
                    out[prefix.count + 2 * index] = digits[Int(bytes[index] >> 4)]
                    out[prefix.count + 2 * index + 1] = digits[Int(bytes[index] & 15)]
                }
            }
        }
    }
}
