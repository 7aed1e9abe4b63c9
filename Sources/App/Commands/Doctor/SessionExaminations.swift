internal import Platform
internal import Wording

/// Who else gets at an open session: the screen, other people's rights, other programs.
enum SessionExaminations {
    static func screen(_ machine: Machine) -> Examination {
        let desktop = machine.environment["XDG_CURRENT_DESKTOP"]?.lowercased() ?? ""
        let look = Text(
            en:
                "Settings, Privacy, Screen Lock: on, after 5 minutes at most; Super+L locks at once",
            es: "Configuración, Privacidad, Bloqueo de pantalla: activado, a los 5 minutos como"
                + " mucho; con Super+L bloqueas al instante")
        let off = Finding.danger(
            Text(
                en: "the screen does not lock by itself",
                es: "la pantalla no se bloquea sola"), do: look)
        let on = Finding.good(
            Text(en: "the screen locks by itself", es: "la pantalla se bloquea sola"))
        var finding = Finding.unknown(
            Text(
                en: "cannot see whether the screen locks by itself",
                es: "no alcanzo a ver si la pantalla se bloquea sola"), do: look)
        // Source: KDE's kscreenlockerrc, [Daemon] Autolock, true when it is absent.
        if desktop.contains("kde"), let personal = machine.personal {
            let settings = machine.lines(personal + "/.config/kscreenlockerrc")
            finding = settings.contains("Autolock=false") ? off : on
        }
        // GNOME's own setting is to lock after five minutes. Only what was changed is in the file of
        // settings, whose names lie in it as they are; Tails never locks before one is asked to.
        // Source: org.gnome.desktop.screensaver, lock-enabled; dconf's GVDB files.
        if desktop.contains("gnome"), machine.release("ID") != "tails",
            machine.release("NAME") != "Tails", let personal = machine.personal
        {
            let settings = machine.text(personal + "/.config/dconf/user", limit: 1 << 22) ?? ""
            let changed = ["lock-enabled", "idle-delay", "disable-lock-screen"]
            if !changed.contains(where: settings.contains) { finding = on }
        }
        return Examination(
            id: "screen", name: Text(en: "screen", es: "pantalla"), findings: [finding])
    }

    static func permissions(_ machine: Machine) -> Examination {
        var findings: [Finding] = []
        if let personal = machine.personal, let found = machine.status(personal),
            found.mode & 0o007 != 0
        {
            findings.append(
                .attention(
                    Text(
                        en: "other people of this machine can look into \(personal)",
                        es: "otras personas de este equipo pueden ver dentro de \(personal)"),
                    do: Text(
                        en: "close it: chmod 700 \(personal)", es: "ciérrala: chmod 700 \(personal)"
                    )
                ))
        }
        for path in privateFiles(machine) {
            guard let found = machine.status(path), found.mode & 0o077 != 0 else { continue }
            let rights = found.kind == .directory ? "700" : "600"
            findings.append(
                .danger(
                    Text(
                        en: "other people of this machine can get at \(path)",
                        es: "otras personas de este equipo tienen acceso a \(path)"),
                    do: Text(
                        en: "close it: chmod \(rights) \(path)",
                        es: "ciérralo: chmod \(rights) \(path)")))
        }
        // Source: Documentation/admin-guide/LSM/Yama.rst: 0 lets a program read its neighbours.
        if machine.lines("/proc/sys/kernel/yama/ptrace_scope").first == "0" {
            findings.append(
                .attention(
                    Text(
                        en: "any program of yours may read the memory of the others",
                        es: "cualquier programa tuyo puede leer la memoria de los demás"),
                    do: Text(
                        en: "sudo sysctl kernel.yama.ptrace_scope=1, and the same line in"
                            + " /etc/sysctl.d/amparo.conf",
                        es: "sudo sysctl kernel.yama.ptrace_scope=1, y la misma línea en"
                            + " /etc/sysctl.d/amparo.conf")))
        }
        if findings.isEmpty {
            findings.append(
                .good(
                    Text(
                        en: "your folders and keys are closed to others",
                        es: "tus carpetas y llaves están cerradas a los demás")))
        }
        return Examination(
            id: "permissions", name: Text(en: "permissions", es: "permisos"), findings: findings)
    }

    private static func privateFiles(_ machine: Machine) -> [String] {
        var paths: [String] = []
        if let home = machine.home { paths += [home.path, home.vault, home.watchStore] }
        guard let personal = machine.personal else { return paths }
        let ssh = personal + "/.ssh"
        let keys = machine.names(ssh).filter { $0.hasPrefix("id_") && !$0.hasSuffix(".pub") }
        return paths + keys.map { ssh + "/" + $0 }
            + [personal + "/.gnupg", personal + "/.minisign/minisign.key"]
    }
}
