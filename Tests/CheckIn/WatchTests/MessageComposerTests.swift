import CheckIn
import Dispatch
import Foundation
import Platform
import TestSupport
import Testing
import Watch
import Wording

@Suite("words for every kind and length")
struct MessageComposerTests {
    /// 2026-12-01 21:00 in Xalapa.
    let due = Instant(milliseconds: 1_796_180_400_000)

    func message(
        _ kind: MessageKind, attempts: UInt32 = 1, language: Language = .spanish,
        texts: PlanTexts = PlanTexts(), tier: Int = 0, url: String? = nil,
        isHandedOver: Bool = false, otherWatchers: [String] = []
    ) throws -> OutgoingMessage {
        let whole = try Sample(grace: hour, tiers: [.zero, hour * 2], channels: ["mail"])
        var sample = isHandedOver ? whole.handedOver : whole.registration
        sample.texts = texts
        sample.otherWatchers = otherWatchers
        sample.isWatchedByOwner = isHandedOver && !otherWatchers.isEmpty
        sample = try Registration(parsing: sample.serialized())
        let lease = Lease(epoch: 1, armed: due - hour * 48, since: due - hour * 12, deadline: due)
        var row = PlanRow(registration: sample, state: .overdue(lease, start: due + hour, told: 1))
        row.lastSeen = due - hour * 12 + minute * 4
        if kind == .holdReminder { row.outage = minute * 10 }
        var delivery = DeliveryRow(
            plan: row.id, epoch: 1, tier: tier, kind: kind, contact: "laura", channel: "mail",
            created: due, state: .pending)
        delivery.fence = attempts
        let laura = sample.tiers[0][0]
        let listener = Listener(
            name: laura.name, language: language, phones: [], routes: laura.routes,
            sheet: nil)
        let route =
            url.map { Route(channel: "screen", url: $0, password: nil, address: nil) }
            ?? laura.routes[0]
        var lost = DeliveryRow(
            plan: row.id, epoch: 1, tier: 0, kind: .alert, contact: "abogado", channel: "mail",
            created: due, state: .pending)
        lost.isRefused = true
        return try #require(
            AlertWriter(zones: mexico).message(
                delivery, plan: row, to: listener, route: route, sheet: nil,
                deliveries: kind == .undeliverable ? [lost] : [], now: due + hour))
    }

    @Test("a notice on the screen names nobody: other accounts can read the words of a program")
    func openWords() throws {
        var texts = PlanTexts()
        for language in Language.allCases {
            for kind in [MessageKind.undeliverable, .reminder] {
                for length in [TextLength.mail, .push] {
                    texts.set(
                        PlanText(
                            key: .init(
                                kind: kind.rawValue, tier: nil, length: length, language: language),
                            subject: length == .mail ? "{names} {plan} {alias}" : nil,
                            body: "{names}: {alias} {plan}{phones}"))
                }
            }
        }
        for (texts, isHandedOver) in [(PlanTexts(), false), (texts, false), (texts, true)] {
            for kind in MessageKind.allCases where kind.isToOwner {
                for language in Language.allCases {
                    let said = try message(
                        kind, language: language, texts: texts, url: "desktop:",
                        isHandedOver: isHandedOver)
                    for words in [said.subject, said.push] {
                        for name in ["laura", "abogado", "Ana", "228"] {
                            #expect(!words.contains(name), "\(kind): \(words)")
                        }
                    }
                    #expect((said.subject + said.push).contains("xalapa"))
                }
            }
        }
        // A letter goes on naming whom it is about.
        #expect(try message(.undeliverable).subject == "No se pudo avisar: abogado")
        // What she wrote herself stays where it names nobody.
        var own = PlanTexts()
        own.set(
            PlanText(
                key: .init(
                    kind: MessageKind.reminder.rawValue, tier: nil, length: .push,
                    language: .spanish), subject: nil, body: "riega las plantas ({plan})"))
        let said = try message(.reminder, texts: own, url: "desktop:")
        #expect(said.push == "riega las plantas (xalapa)")
    }

    @Test("a colleague is not told to report in herself, only what she can do")
    func colleague() throws {
        for language in Language.allCases {
            for kind in MessageKind.allCases where kind.isToOwner && kind != .daily {
                for url in [nil, "desktop:"] {
                    let said = try message(
                        kind, language: language, url: url, isHandedOver: true)
                    for words in [said.subject, said.text, said.push, said.sms] {
                        #expect(!words.contains("amparo ok"), "\(kind): \(words)")
                    }
                    #expect(said.text.contains("amparo watch checkin xalapa"), "\(kind)")
                }
            }
        }
    }

    @Test("an alert says whose machines watch as well, where she may have reported")
    func otherWatchers() throws {
        let own = try message(.alert, otherWatchers: ["laura", "Nadia"]).text
        // Whoever reads it knows what she watches herself.
        #expect(own.contains("Este plan también lo vigila: Nadia. Avísales también. Que ahí"))
        #expect(own.contains("This plan is also watched by: Nadia. Tell them too. What they"))
        let theirs = try message(.drill, isHandedOver: true, otherWatchers: ["Nadia"]).text
        #expect(theirs.contains("lo vigila: el equipo de Ana, Nadia."))
        // No sentence comes in as a name.
        #expect(throws: CheckInError.self) {
            try message(.alert, otherWatchers: ["Pedro: ella está bien, no le avisen a nadie"])
        }
        for text in [
            try message(.alert).text, try message(.allClear, otherWatchers: ["Nadia"]).text,
            try message(.duress, otherWatchers: ["Nadia"]).text,
        ] { #expect(!text.contains("también lo vigila")) }
    }

    @Test("fits a telephone's screen and two text messages, in both languages")
    func lengths() throws {
        for kind in MessageKind.allCases {
            for language in Language.allCases {
                for attempts in [UInt32(1), 2] {
                    let said = try message(kind, attempts: attempts, language: language)
                    #expect(said.push.count <= 180, "\(kind) \(language): \(said.push)")
                    #expect(GSM7.parts(said.sms) <= 2, "\(kind) \(language): \(said.sms)")
                    // Nothing of the alphabet is lost but accents.
                    #expect(!GSM7.folded(said.sms).contains("?"), "\(said.sms)")
                    for text in [said.subject, said.text, said.push, said.sms] {
                        #expect(!text.contains("{") && !text.contains("}"), "\(kind): \(text)")
                        #expect(!text.contains("  ") || text.contains("age -d"), "\(text)")
                    }
                }
            }
        }
    }

    @Test("a screen shows no telephone number; under duress nothing does")
    func secrets() throws {
        for kind in MessageKind.allCases {
            #expect(!(try message(kind).push).contains("228"), "\(kind)")
        }
        let duress = try message(.duress)
        for text in [duress.subject, duress.text, duress.push, duress.sms] {
            #expect(!text.contains("228"))
            #expect(text.contains("NO le llames ni le escribas"), "\(text)")
        }
        #expect(duress.text.contains("Do NOT call or write to Ana"))
        #expect(try message(.duress, language: .english).sms.hasPrefix("Do NOT call or write"))
    }

    @Test("the short alert, word for word")
    func short() throws {
        let said = try message(.alert)
        let code = try #require(said.sms.firstMatch(of: /Confirma con ([A-Z0-9]{4})/)).1
        #expect(
            said.push == "Debía reportarse a las 21:00 (hora de Xalapa). Último reporte: 09:04. "
                + "Puede ser falta de señal. Llámale ya. Lee tu correo. Confirma con \(code). "
                + "NO ES SIMULACRO.")
        #expect(
            said.sms == "ALERTA: Ana no se ha reportado. Hora límite: 21:00 (hora de Xalapa). "
                + "Último reporte: 09:04. Llámale al +52 228 000 0000. Lee tu correo. Confirma con "
                + "\(code). NO ES SIMULACRO.")
        #expect(said.kind == "alert" && said.urgency == .urgent)
    }

    private func own(
        _ body: String, _ kind: MessageKind = .alert, length: TextLength = .mail,
        subject: String? = nil, tier: Int? = nil
    ) -> PlanText {
        PlanText(
            key: PlanText.Key(
                kind: kind.rawValue, tier: tier, length: length, language: .spanish),
            subject: subject, body: body)
    }

    @Test("her own words stand in one language, one tier; what may not be lost is added")
    func changed() throws {
        var texts = PlanTexts()
        texts.set(own("{alias}: marca {telefonos}.", subject: "Falta {alias}"))
        texts.set(own("Solo el segundo grupo: {alias}", tier: 1))
        texts.set(own("Marca ya a {alias}.", length: .sms))
        let said = try message(.alert, attempts: 2, texts: texts)
        let parts = said.text.components(separatedBy: "\n\n----------")
        #expect(said.subject == "Falta Ana")
        let code = try #require(parts[0].firstMatch(of: /Confirma con ([A-Z0-9]{4})\./)).1
        #expect(
            parts[0] == """
                (Repetición de \(code): si ya lo recibiste, no hay nada nuevo.)

                Ana: marca al +52 228 000 0000.

                Confirma con \(code).

                NO ES SIMULACRO.
                """)
        // The other language stays as it was.
        #expect(parts[1].contains("Ana was to report in at 21:00"))
        #expect(
            said.sms == "(Repetición de \(code)) Marca ya a Ana. Confirma con \(code). "
                + "NO ES SIMULACRO.")
        #expect(try message(.alert, texts: texts, tier: 1).text.hasPrefix("Solo el segundo"))
        // A drill rehearses the same words.
        let drill = try message(.drill, texts: texts)
        #expect(drill.subject == "SIMULACRO: Falta Ana")
        #expect(drill.text.contains("Ana: marca") && !drill.text.contains("NO ES SIMULACRO"))
        #expect(drill.sms.hasPrefix("SIMULACRO, no ha pasado nada. "))
        // Under duress the order not to call comes back by itself.
        var silent = PlanTexts()
        silent.set(own("{alias} {codigo}", .duress))
        #expect(try message(.duress, texts: silent).text.hasPrefix("NO le llames ni le escribas."))
    }

    @Test("words too long for a screen give way, never the code or what is no drill")
    func cut() throws {
        var texts = PlanTexts()
        texts.set(own(String(repeating: "{deadline} ", count: 16) + "{alias}", length: .push))
        texts.set(own(String(repeating: "{deadline} ", count: 25) + "{codigo}", length: .sms))
        let said = try message(.alert, texts: texts)
        #expect(said.push.count <= 180 && GSM7.parts(said.sms) <= 2)
        for text in [said.push, said.sms] {
            #expect(text.contains("... Confirma con "), "\(text)")
            #expect(text.hasSuffix(". NO ES SIMULACRO."))
        }
    }

    @Test("a text that nobody could read is as if it were not there")
    func damaged() throws {
        var texts = PlanTexts()
        texts.set(own("{nada}", subject: "{"))
        #expect(try message(.alert, texts: texts).subject == "ALERTA: Ana no se ha reportado")
        #expect(try message(.alert, texts: texts).text.hasPrefix("Ana no se ha reportado."))
    }

    @Test(
        "a text is refused with its reason",
        arguments: [
            ("{alias} {codigo}", nil), ("{alias} {code}", nil), ("{alias}", .missing(.code)),
            ("{codigo}", .missing(.alias)), ("{alias} {codigo} {x}", .unknownPlace("x")),
            ("{alias} {codigo} {", .looseBracket), ("{alias} {codigo} }", .looseBracket),
            ("{alias} {{codigo}}", .looseBracket), ("{alias} {codigo}\u{7}", .controlCharacter),
            ("{alias} {codigo}\r\n", .controlCharacter), (" \n", .empty),
            ("{alias} {codigo}, no es un simulacro", .saysDrill),
            ("{alias} {codigo} Drill", .saysDrill),
            ("{alias} {codigo}" + String(repeating: "x", count: 4_000), .tooLong(limit: 4_000)),
        ] as [(String, TemplateError?)])
    func refusals(_ body: String, _ expected: TemplateError?) {
        do throws(TemplateError) {
            try own(body).check(.alert)
            #expect(expected == nil)
        } catch { #expect(error == expected) }
    }

    @Test("usual texts pass their own check, and come out as they went in")
    func usual() throws {
        for kind in MessageKind.editable {
            for length in TextLength.allCases {
                for language in Language.allCases {
                    let body = kind.words.body(length)(language)
                    let template = try TextTemplate(parsing: body)
                    #expect(try TextTemplate(parsing: template.source(.spanish)) == template)
                    #expect(try TextTemplate(parsing: template.source(.english)) == template)
                    guard length == .mail else { continue }
                    try own(body, kind).check(kind)
                }
            }
        }
    }

    @Test("travel with the plan and its registration")
    func codec() throws {
        var registration = try Sample().registration
        registration.texts.set(own("{alias} {codigo}", subject: "Ñ", tier: 3))
        registration.texts.set(own("x", .reminder, length: .push))
        let read = try Registration(parsing: registration.serialized())
        #expect(read == registration && read.texts.all.count == 2)
        #expect(read.texts[MessageKind.alert.rawValue, tier: 3, .mail, .spanish]?.subject == "Ñ")
        #expect(read.texts[MessageKind.alert.rawValue, tier: 2, .mail, .spanish] == nil)
    }
}
