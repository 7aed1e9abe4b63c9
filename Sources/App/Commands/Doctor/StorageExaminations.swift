internal import Wording

/// The disk below the person's files, and what memory leaves on it.
enum StorageExaminations {
    static func disk(_ machine: Machine) -> Examination {
        let folder = machine.home?.path ?? machine.personal ?? "/"
        let finding: Finding =
            switch Storage(machine).protection(of: folder) {
            case .encrypted:
                .good(
                    Text(
                        en: "the disk is encrypted: switched off, it tells a thief nothing",
                        es:
                            "el disco está cifrado: con el equipo apagado, a un ladrón no le dice nada"
                    ))
            case .memory:
                .good(
                    Text(
                        en: "your things are only in memory: they end when the machine goes off",
                        es: "tus cosas están solo en la memoria: se acaban al apagar el equipo"))
            case .open:
                .danger(
                    Text(
                        en: "the disk is not encrypted: whoever takes the machine reads what is"
                            + " not in the vault",
                        es: "el disco no está cifrado: quien se lleve el equipo lee todo lo que no"
                            + " esté en la bóveda"),
                    do: Text(
                        en: "install the system again with disk encryption (LUKS); until then keep"
                            + " everything in the vault",
                        es: "reinstala el sistema con cifrado de disco (LUKS); mientras, guarda"
                            + " todo en la bóveda"))
            case .unknown:
                .unknown(
                    Text(
                        en: "cannot see whether the disk is encrypted",
                        es: "no alcanzo a ver si el disco está cifrado"),
                    do: Text(
                        en: "look in the Disks program: it says LUKS beside an encrypted disk",
                        es: "míralo en el programa Discos: junto a un disco cifrado dice LUKS"))
            }
        return Examination(id: "disk", name: Text(en: "disk", es: "disco"), findings: [finding])
    }

    static func swap(_ machine: Machine) -> Examination {
        let storage = Storage(machine)
        // Source: proc(5), /proc/swaps: a heading, then path, type, size, used, priority.
        let areas = machine.lines("/proc/swaps").dropFirst().map {
            $0.split { $0 == " " || $0 == "\t" }
        }
        let protections = areas.filter { $0.count >= 2 }.map {
            storage.protection(ofSwap: String($0[0]), isFile: $0[1] == "file")
        }
        let finding: Finding
        if protections.contains(where: { $0 == .open }) {
            finding = .danger(
                Text(
                    en:
                        "memory is written to the disk unencrypted (swap): passphrases may stay there",
                    es: "la memoria pasa al disco sin cifrar (swap): ahí pueden quedar frases de"
                        + " contraseña"),
                do: Text(
                    en: "switch it off (sudo swapoff -a, and its line in /etc/fstab), or encrypt"
                        + " the disk",
                    es: "apágala (sudo swapoff -a, y su línea en /etc/fstab) o cifra el disco"))
        } else if protections.contains(where: { $0 == .unknown }) {
            finding = .unknown(
                Text(
                    en: "cannot see whether the swap area is encrypted",
                    es: "no alcanzo a ver si el área de intercambio (swap) está cifrada"),
                do: Text(
                    en: "if in doubt, switch it off: sudo swapoff -a",
                    es: "en la duda, apágala: sudo swapoff -a"))
        } else {
            finding = .good(
                Text(
                    en: "nothing of the memory reaches a disk in the open",
                    es: "nada de la memoria llega al disco sin cifrar"))
        }
        return Examination(id: "swap", name: Text(en: "memory", es: "memoria"), findings: [finding])
    }
}
