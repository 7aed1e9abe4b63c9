internal import CommandLineKit
internal import Encoding
internal import Notebook
internal import Platform
internal import Vault
internal import Wording

/// Incidents as a document to hand over: every field of the form, and the files with their hashes.
enum IncidentReport {
    enum Format: String {
        case md, html, csv, json
    }

    private struct Incident {
        let note: Note
        let answers: [String: String]

        func answer(_ section: NoteTemplate.Section) -> String { answers[section.key] ?? "" }
    }

    private static let sections = NoteTemplate.incident.sections
    private static let other = Text(en: "Other", es: "Otros datos")
    private static let files = Text(en: "Files", es: "Archivos")
    private static let written = Text(en: "Written", es: "Escrito")
    private static let heading = Text(en: "Incidents", es: "Incidentes")

    static func text(
        _ exporting: Exporting, _ format: Format, _ invocation: Invocation
    ) throws -> String {
        let incidents = try exporting.sheets.map { sheet in
            Incident(
                note: sheet.note,
                answers: NoteTemplate.incident.answers(
                    in: try exporting.notebook.body(of: sheet.version)))
        }
        let time = LocalTime(invocation.world)
        return switch format {
        case .md: markdown(incidents, time, invocation.language)
        case .html: html(incidents, time, invocation.language)
        case .csv: csv(incidents)
        case .json: json(incidents)
        }
    }

    /// Headings and what stands under them, for people.
    private static func parts(
        _ incident: Incident, _ time: LocalTime, _ language: Language
    ) -> [(heading: String, text: String)] {
        var parts = sections.map { ($0.heading(language), incident.answer($0)) }
        if let rest = incident.answers["other"] { parts.append((other(language), rest)) }
        if !incident.note.attachments.isEmpty {
            let lines = incident.note.attachments.map {
                "\($0.name) · \($0.blob.byteCount) B · \(time.exactText($0.time)) · BLAKE2b-256 \($0.hash)"
            }
            parts.append((files(language), lines.joined(separator: "\n")))
        }
        let note = incident.note
        let tags = note.tags.map { " #" + $0 }.joined()
        parts.append(
            (written(language), "\(time.exactText(note.created)) · \(note.id.description)\(tags)"))
        return parts
    }

    private static func markdown(
        _ incidents: [Incident], _ time: LocalTime, _ language: Language
    ) -> String {
        incidents.map { incident in
            let parts = parts(incident, time, language).map { part in
                "## \(part.heading)\n\n\(part.text.isEmpty ? "—" : part.text)\n"
            }
            return "# \(incident.note.title)\n\n" + parts.joined(separator: "\n")
        }.joined(separator: "\n---\n\n")
    }

    private static func html(
        _ incidents: [Incident], _ time: LocalTime, _ language: Language
    ) -> String {
        let articles = incidents.map { incident in
            let parts = parts(incident, time, language).map { part in
                let text = part.text.isEmpty ? "—" : HTMLText.escaped(part.text)
                return "<dt>\(HTMLText.escaped(part.heading))</dt>\n<dd>\(text)</dd>"
            }
            return "<article>\n<h1>\(HTMLText.escaped(incident.note.title))</h1>\n<dl>\n"
                + parts.joined(separator: "\n") + "\n</dl>\n</article>"
        }
        // Nothing is fetched from anywhere, and nothing in it runs.
        return """
            <!doctype html>
            <html lang="\(language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(heading(language))</title>
            <style>
            body { font: 11pt/1.4 serif; max-width: 42em; margin: 2em auto; padding: 0 1em; }
            article { break-after: page; }
            dt { font-weight: bold; margin-top: 1em; }
            dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
            </style>
            </head>
            <body>
            \(articles.joined(separator: "\n"))
            </body>
            </html>

            """
    }

    private static func csv(_ incidents: [Incident]) -> String {
        let keys = sections.map(\.key)
        var rows = [["id", "title", "created", "modified", "tags"] + keys + ["other", "files"]]
        for incident in incidents {
            let note = incident.note
            let files = note.attachments.map { "\($0.name) \($0.hash)" }.joined(separator: "\n")
            rows.append(
                [
                    note.id.description, note.title, note.created.rfc3339, note.modified.rfc3339,
                    note.tags.joined(separator: ", "),
                ] + (keys + ["other"]).map { incident.answers[$0] ?? "" } + [files])
        }
        return CSV.text(rows)
    }

    private static func json(_ incidents: [Incident]) -> String {
        let list = incidents.map { incident -> JSON in
            var json = NoteCommands.json(incident.note)
            for key in sections.map(\.key) + ["other"] {
                json = json.adding(key, .text(incident.answers[key] ?? ""))
            }
            return json
        }
        let whole: JSON = ["incidents": .list(list)]
        return whole.serialized + "\n"
    }
}
