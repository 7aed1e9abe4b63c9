internal import Platform
internal import Wording

/// The system's own state: its clock, its time zones, its updates.
enum SystemExaminations {
    /// 2022f is the first release in which Mexico has no summer time any more.
    /// Source: IANA tz database, NEWS for 2022f.
    private static let firstWithoutSummerTime = "2022f"

    static func clock(_ machine: Machine) -> Examination {
        var findings: [Finding] = []
        let now = machine.clock.now
        // This program was made in the autumn of 2026: no right clock is earlier.
        let earliest = Instant(milliseconds: 1_790_000_000_000)
        if now < earliest {
            findings.append(
                .danger(
                    Text(
                        en: "the clock is wrong: it says \(now.rfc3339)",
                        es: "el reloj está mal: dice \(now.rfc3339)"), do: setClock))
        } else if machine.status("/run/systemd/timesync/synchronized") != nil
            || machine.status("/run/chrony/chronyd.pid") != nil
        {
            findings.append(
                .good(Text(en: "the clock is kept right", es: "el reloj se mantiene en hora")))
        } else {
            findings.append(
                .attention(
                    Text(
                        en: "nobody seems to keep the clock right; check-ins depend on it",
                        es: "parece que nada mantiene el reloj en hora; de él dependen tus reportes"
                    ),
                    do: setClock))
        }
        let source = "/usr/share/zoneinfo/tzdata.zi"
        if let text = try? machine.files.read(source, limit: 1 << 20),
            let release = ZoneCatalog.release(inSource: text), release < firstWithoutSummerTime
        {
            findings.append(
                .attention(
                    Text(
                        en:
                            "the time zones are of \(release): they still have summer time in Mexico",
                        es: "los husos horarios son de \(release): todavía tienen horario de verano"
                            + " en México"),
                    do: Text(
                        en: "update them: sudo apt install tzdata (Amparo itself uses newer ones)",
                        es: "actualízalos: sudo apt install tzdata (Amparo usa otros más nuevos)")))
        }
        return Examination(id: "clock", name: Text(en: "clock", es: "reloj"), findings: findings)
    }

    private static let setClock = Text(
        en: "set it by the network: sudo timedatectl set-ntp true",
        es: "ponlo en hora por la red: sudo timedatectl set-ntp true")

    static func updates(_ machine: Machine) -> Examination {
        let name = machine.release("PRETTY_NAME") ?? "Linux"
        var findings: [Finding] = []
        let now = machine.clock.now
        if let end = supportEnd(machine), now > end {
            findings.append(
                .danger(
                    Text(
                        en: "\(name) gets no security updates any more",
                        es: "\(name) ya no recibe actualizaciones de seguridad"),
                    do: Text(
                        en: "change to a version that does, before your next assignment",
                        es: "cámbiate a una versión que sí, antes de tu próxima cobertura")))
        }
        if machine.status("/run/reboot-required") != nil {
            findings.append(
                .attention(
                    Text(
                        en: "an update waits for the machine to be started again",
                        es: "una actualización espera que reinicies el equipo"),
                    do: Text(en: "start it again today", es: "reinícialo hoy")))
        }
        if let last = machine.status("/var/lib/dpkg/status")?.modified,
            now - last > .seconds(2_592_000)
        {
            let days = (now - last).components.seconds / 86_400
            findings.append(
                .attention(
                    Text(
                        en: "nothing was updated for \(days) days",
                        es: "nada se ha actualizado en \(days) días"),
                    do: Text(
                        en: "sudo apt update && sudo apt upgrade",
                        es: "sudo apt update && sudo apt upgrade")))
        }
        if findings.isEmpty {
            findings.append(
                .good(
                    Text(
                        en: "\(name), updated not long ago", es: "\(name), actualizado hace poco")))
        }
        return Examination(
            id: "updates", name: Text(en: "updates", es: "actualizaciones"), findings: findings)
    }

    /// The last day of free security updates; nil for a system that is not in the list.
    /// Source: wiki.debian.org/LTS and ubuntu.com/about/release-cycle, as of November 2026.
    private static func supportEnd(_ machine: Machine) -> Instant? {
        let ends = [
            "debian 10": (2024, 6, 30), "debian 11": (2026, 8, 31), "debian 12": (2028, 6, 30),
            "debian 13": (2030, 6, 30), "ubuntu 20.04": (2025, 5, 31),
            "ubuntu 22.04": (2027, 6, 1), "ubuntu 24.04": (2029, 5, 31),
        ]
        let key = (machine.release("ID") ?? "") + " " + (machine.release("VERSION_ID") ?? "")
        guard let (year, month, day) = ends[key],
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        return Instant(milliseconds: Int64(date.daysSince1970 + 1) * 86_400_000)
    }
}
