/// Lengths that tell little: of all lengths up to n only about log log n remain, at 12 % more at most.
///
/// Source: Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with
/// PURBs", PoPETs 2019, algorithm 1.
package enum Padme {
    package static func length(_ count: Int) -> Int {
        guard count > 1 else { return count }
        let exponent = Int.bitWidth - 1 - count.leadingZeroBitCount
        let kept = Int.bitWidth - exponent.leadingZeroBitCount
        let mask = (1 << (exponent - kept)) - 1
        return (count + mask) & ~mask
    }
}
