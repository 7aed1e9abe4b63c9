/// How much a bundle may hold: enough for a life's work, too little to hurt.
package enum BundleLimits {
    /// Files, folders and links.
    package static let entries = 1_000_000
    package static let nameByteCount = 255
    package static let pathByteCount = 3_000
    package static let depth = 64
}
