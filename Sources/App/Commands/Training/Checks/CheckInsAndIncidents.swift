internal import Age
internal import CheckIn
internal import CommandLineKit
internal import Curriculum
internal import Dispatch
internal import Keyring
internal import Notebook
internal import Platform
internal import Wording

/// Lessons 12 to 14: check-ins, lost contact, incidents.
extension LessonChecks {
    /// Mails for a contact in the inbox of practice, oldest first.
    static func mails(to contact: String, _ view: Inspection) -> [MailReading] {
        PracticeMail(view.world, view.files).mails(to: contact).map(\.reading)
    }

    static func hasSubject(_ words: String..., in mails: [MailReading]) -> Bool {
        mails.contains { mail in words.contains { mail.subject.contains($0) } }
    }

    static func plans(_ view: Inspection) -> [Plan] { PlanBook(view.keyring).plans }

    private static func alert(_ view: Inspection) -> Text? {
        let alerts = mails(to: Cast.editor, view).filter {
            $0.subject.contains("ALERTA") || $0.subject.contains("ALERT")
        }
        guard !alerts.isEmpty else {
            return Text(
                en: "no alert has reached Laura: let the hours pass",
                es: "ninguna alerta le ha llegado a Laura: deja pasar las horas")
        }
        return alerts.contains { !$0.attachments.isEmpty }
            ? nil
            : Text(
                en: "the alert carries no sealed sheet",
                es: "la alerta no lleva ninguna hoja sellada")
    }

    private static func allClear(_ view: Inspection, _ command: String) -> Text? {
        hasSubject("ALL CLEAR", "ya se reportó", in: mails(to: Cast.editor, view))
            ? nil
            : Text(
                en: "Laura does not know yet that she is well: \(command)",
                es: "Laura todavía no sabe que está bien: \(command)")
    }

    static let checkIns: [String: Look] = [
        "plan": { view in
            guard let plan = plans(view).last else {
                return Text(
                    en: "there is no plan: amparo checkin plan new",
                    es: "no hay ningún plan: amparo checkin plan new")
            }
            let tells = plan.tiers.contains { $0.contacts.contains(Cast.editor) }
            guard tells else {
                return Text(
                    en: "the plan does not alert Laura: --tier 0m:laura",
                    es: "el plan no avisa a Laura: --tier 0m:laura")
            }
            return plan.sheets.isEmpty
                ? Text(
                    en: "the plan has no sheet: --sheet route=ID",
                    es: "el plan no lleva hoja: --sheet ruta=ID") : nil
        },
        "armed": { view in
            plans(view).contains { $0.stage == .armed }
                ? nil
                : Text(
                    en: "no plan is armed: amparo checkin plan arm",
                    es: "ningún plan está activo: amparo checkin plan arm")
        },
        "alert": { alert($0) },
        "well": { allClear($0, "amparo ok") },
    ]

    // MARK: Lost contact

    /// Whether the colleague has said yes to it: her ticket lies in her home.
    static func isWatchedByColleague(_ plan: Plan, _ view: Inspection) -> Bool {
        Tickets(Home(view.world.colleague), view.files, areHanded: true).has(plan.id)
    }

    static func notPromised(_ plan: Plan) -> Text {
        plan.handed.isEmpty
            ? Text(
                en: "\(plan.label) is handed over to nobody: amparo checkin plan hand-over",
                es: "\(plan.label) no se le ha entregado a nadie: amparo checkin plan hand-over")
            : Text(
                en: "Laura has not taken \(plan.label): amparo --home ../laura watch add",
                es: "Laura no ha aceptado \(plan.label): amparo --home ../laura watch add")
    }

    private static let logTag = Text(en: "log", es: "bitacora")
    private static let sheet = Text(en: "sheet.txt", es: "hoja.txt")

    static let lostContact: [String: Look] = [
        "promised": { view in
            guard let plan = plans(view).last else {
                return Text(
                    en: "there is no plan: amparo checkin plan new",
                    es: "no hay ningún plan: amparo checkin plan new")
            }
            return isWatchedByColleague(plan, view) ? nil : notPromised(plan)
        },
        "alert": { alert($0) },
        "well": { allClear($0, "amparo --home ../laura watch checkin") },
        "opened": { view in
            guard let read = view.bytes(sheet) else { return noFile(sheet, view) }
            let sealed = mails(to: Cast.editor, view).flatMap(\.attachments).map(\.bytes)
            let plain = try view.asColleague { vault in
                let keys = Keyring(vault).identities.map(\.identity)
                return sealed.compactMap { view.opened($0, with: keys) }
            }
            let holds = (plain ?? []).contains { $0.span.contains(read.span) }
            return holds && read.count > 100
                ? nil
                : Text(
                    en: "that is not what her sealed sheet says: amparo --home ../laura decrypt",
                    es: "eso no es lo que dice su hoja sellada: amparo --home ../laura decrypt")
        },
        "log": { view in
            let lines = try view.asColleague { vault in
                let notebook = Notebook(vault)
                return notebook.notes().filter { note in
                    note.tags.contains(logTag.es) || note.tags.contains(logTag.en)
                }.flatMap { note in
                    ((try? notebook.body(of: note.current)).map(view.text) ?? "")
                        .split(separator: "\n").map(String.init)
                }
            }
            let timed = (lines ?? []).count { startsWithHour($0) }
            guard timed < 3 else { return nil }
            return Text(
                en: "Laura's log has \(timed) lines that begin with an hour; three are needed",
                es:
                    "la bitácora de Laura tiene \(timed) renglones que empiezan con una hora; hacen falta "
                    + "tres")
        },
    ]

    /// `17:40 …`
    private static func startsWithHour(_ line: String) -> Bool {
        let parts = line.prefix { $0 != " " }.split(separator: ":")
        return parts.count == 2 && parts.allSatisfy { (1...2).contains($0.count) && Int($0) != nil }
    }

    // MARK: Incidents

    private static let report = Text(en: "incident.html", es: "incidente.html")

    private static func incidents(_ view: Inspection) -> [Note] {
        view.notebook.notes().filter { $0.template == NoteTemplate.incident.rawValue }
    }

    static let incident: [String: Look] = [
        "record": { view in
            guard let note = incidents(view).first else {
                return Text(
                    en: "there is no incident: amparo note new --template incident",
                    es: "no hay ningún incidente: amparo note new --template incident")
            }
            let body = (try? view.notebook.body(of: note.current)) ?? []
            let answers = NoteTemplate.incident.answers(in: body)
            let wanted = NoteTemplate.incident.sections.prefix(4)
            guard let missing = wanted.first(where: { answers[$0.key] == nil }) else { return nil }
            return Text(
                en: "nothing stands under '\(missing.heading.en)'",
                es: "no hay nada bajo «\(missing.heading.es)»")
        },
        "evidence": { view in
            incidents(view).contains { !$0.attachments.isEmpty }
                ? nil
                : Text(
                    en: "the photo is not with the incident: amparo note attach ID photo-pier.jpg",
                    es: "la foto no está con el incidente: amparo note attach ID foto-muelle.jpg")
        },
        "sealed": { view in
            let name = Text(en: report.en + ".age", es: report.es + ".age")
            guard let bytes = view.bytes(name) else { return noFile(name, view) }
            let isHers = try view.asColleague { vault in
                view.opened(bytes, with: Keyring(vault).identities.map(\.identity)) != nil
            }
            return isHers == true && view.opened(bytes, with: view.ownIdentities) != nil
                ? nil
                : Text(
                    en: "it does not open for both: amparo encrypt -r laura -r me",
                    es: "no se abre con las dos llaves: amparo encrypt -r laura -r me")
        },
        "plain": { view in
            gone(report)(view) ?? gone(Text(en: "incident.txt", es: "incidente.txt"))(view)
        },
    ]
}
