/// Numbers of the record kinds; the fields of each are in `Docs/formats/records.md`.
///
/// A kind below 128 that this version does not know is carried along; one from 128 up makes the
/// vault read-only.
package enum RecordKind {
    package static let note: UInt8 = 1
    package static let tagAdd: UInt8 = 2
    package static let tagRemove: UInt8 = 3
    package static let trash: UInt8 = 4
    package static let purge: UInt8 = 5
    package static let blob: UInt8 = 6
    package static let identity: UInt8 = 16
    package static let signingKey: UInt8 = 17
    package static let contact: UInt8 = 18
    package static let channel: UInt8 = 19
    package static let plan: UInt8 = 20
    package static let hostKey: UInt8 = 21
    package static let setting: UInt8 = 22
    package static let slot: UInt8 = 23
    package static let draft: UInt8 = 24

    /// From here up a version that does not know a kind must not write.
    static let firstUnreadable: UInt8 = 128

    /// The field that checkpoints leave in the log: what a note says is long, and seldom asked for.
    ///
    /// Source: Docs/formats/records.md.
    static func bulkyField(of kind: UInt8) -> UInt8? { kind == note || kind == draft ? 2 : nil }
}
