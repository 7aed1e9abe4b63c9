internal import CSodium
package import Secrets

/// PBKDF2 with HMAC-SHA-256, composed on libsodium's streaming HMAC, which has none.
///
/// Source: RFC 8018, section 5.2.
package enum PBKDF2 {
    /// - Parameters:
    ///   - password: Any length, also empty.
    ///   - iterations: At least 1. The caller bounds what a stranger asks for.
    package static func derive(
        count: Int, from password: Span<UInt8>, salt: Span<UInt8>, iterations: Int
    ) -> SecretBytes {
        Sodium.ready
        precondition(count > 0 && iterations > 0)
        // The password is hashed into the pads once; every iteration starts from a copy of that.
        var keyed = crypto_auth_hmacsha256_state()
        let passwordCount = password.count
        _ = unsafe withAddress(of: password) { password in
            unsafe crypto_auth_hmacsha256_init(&keyed, password, passwordCount)
        }
        defer {
            unsafe sodium_memzero(&keyed, MemoryLayout<crypto_auth_hmacsha256_state>.size)
        }
        return SecretBytes(count: count) { out in
            var block = [UInt8](repeating: 0, count: HMACSHA256.byteCount)
            defer { Zeroing.zero(&block) }
            var number: UInt32 = 0
            for start in stride(from: 0, to: count, by: HMACSHA256.byteCount) {
                number += 1
                var span = block.mutableSpan
                fill(&span, keyed: keyed, salt: salt, number: number, iterations: iterations)
                for index in start..<min(start + HMACSHA256.byteCount, count) {
                    out[index] = block[index - start]
                }
            }
        }
    }

    /// One block: U1 ⊕ U2 ⊕ …, where U1 = HMAC(salt ‖ number) and each next is HMAC of the last.
    private static func fill(
        _ block: inout MutableSpan<UInt8>, keyed: crypto_auth_hmacsha256_state,
        salt: Span<UInt8>, number: UInt32, iterations: Int
    ) {
        let suffix = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
        var state = keyed
        var last = [UInt8](repeating: 0, count: HMACSHA256.byteCount)
        defer {
            Zeroing.zero(&last)
            unsafe sodium_memzero(&state, MemoryLayout<crypto_auth_hmacsha256_state>.size)
        }
        let saltCount = UInt64(salt.count)
        _ = unsafe withAddress(of: salt) { salt in
            unsafe crypto_auth_hmacsha256_update(&state, salt, saltCount)
        }
        unsafe crypto_auth_hmacsha256_update(&state, suffix, 4)
        unsafe crypto_auth_hmacsha256_final(&state, &last)
        for index in block.indices { block[index] = last[index] }
        unsafe block.withUnsafeMutableBufferPointer { sum in
            unsafe last.withUnsafeMutableBufferPointer { last in
                guard let sum = sum.baseAddress, let last = last.baseAddress else { return }
                for _ in 1..<iterations {
                    state = keyed
                    unsafe crypto_auth_hmacsha256_update(&state, last, 32)
                    unsafe crypto_auth_hmacsha256_final(&state, last)
                    for index in 0..<32 { unsafe sum[index] ^= last[index] }
                }
            }
        }
    }
}
