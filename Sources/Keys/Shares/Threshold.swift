internal import Primitives
internal import Secrets

/// Shamir's sharing of one secret over one set of places, with SLIP-39's digest.
///
/// The polynomial's value at 255 is the secret; at 254 lies D = HMAC-SHA-256(R, secret)[0..<4) ‖ R
/// with R random, by which a forged or foreign share is noticed.
///
/// Source: SLIP-39, "Shamir's secret sharing".
enum Threshold {
    private static let secretPlace: UInt8 = 255
    private static let digestPlace: UInt8 = 254
    private static let digestByteCount = 4

    /// Points 0..<count, any `threshold` of which give the secret back.
    static func split(
        _ secret: SharedSecret, threshold: Int, count: Int, random: any RandomSource
    ) -> [GF256.Point] {
        precondition((1...16).contains(count) && (1...count).contains(threshold))
        guard threshold > 1 else {
            return (0..<count).map { GF256.Point(x: UInt8($0), value: secret) }
        }
        let byteCount = secret.bytes.count
        var base: [GF256.Point] = []
        for place in 0..<threshold - 2 {
            let value = SharedSecret(random.secret(count: byteCount))
            base.append(GF256.Point(x: UInt8(place), value: value))
        }
        let key = random.secret(count: byteCount - digestByteCount)
        let digest = SharedSecret(digest(of: secret, key: key))
        let fixed = [
            GF256.Point(x: digestPlace, value: digest),
            GF256.Point(x: secretPlace, value: secret),
        ]
        return base
            + (threshold - 2..<count).map { place in
                let value = GF256.interpolate(base + fixed, at: UInt8(place))
                return GF256.Point(x: UInt8(place), value: SharedSecret(value))
            }
    }

    /// - Parameter points: Exactly as many as the threshold.
    /// - Throws: `.digest` when the points do not belong together.
    static func combine(_ points: [GF256.Point]) throws(ShareError) -> SharedSecret {
        guard points.count > 1 else { return points[0].value }
        let secret = SharedSecret(GF256.interpolate(points, at: secretPlace))
        let found = GF256.interpolate(points, at: digestPlace)
        let key = found.slice(digestByteCount..<found.count)
        guard found.equals(digest(of: secret, key: key)) else { throw .digest }
        return secret
    }

    /// HMAC-SHA-256(key, secret)[0..<4) ‖ key.
    private static func digest(
        of secret: SharedSecret, key: borrowing SecretBytes
    ) -> SecretBytes {
        key.withBytes { key in
            let mac = SecretBytes(count: HMACSHA256.byteCount) { mac in
                secret.bytes.withBytes { HMACSHA256.authenticate($0, key: key, into: &mac) }
            }
            return SecretBytes(count: digestByteCount + key.count) { digest in
                mac.withBytes { mac in
                    for index in 0..<digestByteCount { digest[index] = mac[index] }
                }
                for index in key.indices { digest[digestByteCount + index] = key[index] }
            }
        }
    }
}
