extension Instant {
    /// In UTC, whole seconds (rounded down): `2026-03-01T18:00:00Z`.
    ///
    /// Source: RFC 3339, section 5.6; days to date by Howard Hinnant's `civil_from_days`.
    package var rfc3339: String {
        let seconds = floorDivide(milliseconds, 1_000)
        let day = floorDivide(seconds, 86_400)
        let second = seconds - day * 86_400
        // Eras of 400 years that begin on 1 March of year 0.
        let shifted = day + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        func padded(_ value: Int64, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfMonth, 2))"
            + "T\(padded(second / 3_600, 2)):\(padded(second / 60 % 60, 2))"
            + ":\(padded(second % 60, 2))Z"
    }
}

private func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
}
