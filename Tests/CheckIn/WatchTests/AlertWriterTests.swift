import CheckIn
import Foundation
import Platform
import TestSupport
import Testing
import Watch

@Suite("what a contact reads")
struct AlertWriterTests {
    /// 2026-12-01 21:00 in Xalapa.
    let due = Instant(milliseconds: 1_796_180_400_000)

    func message(_ kind: MessageKind, attempts: UInt32 = 1, language: String = "es") throws
        -> (subject: String, text: String)
    {
        let sample = try Sample(grace: hour, tiers: [.zero, hour * 2], channels: ["mail"])
        let lease = Lease(
            epoch: 1, armed: due - hour * 48, since: due - hour * 12, deadline: due)
        var row = PlanRow(
            registration: sample.registration,
            state: .overdue(lease, start: due + hour, told: 1))
        row.lastSeen = due - hour * 12 + minute * 4
        var delivery = DeliveryRow(
            plan: row.id, epoch: 1, tier: 0, kind: kind, contact: "laura", channel: "mail",
            created: due, state: .pending)
        delivery.fence = attempts
        var peer = DeliveryRow(
            plan: row.id, epoch: 1, tier: 0, kind: .alert, contact: "mesa", channel: "mail",
            created: due, state: .delivered)
        peer.fence = 1
        let laura = sample.registration.tiers[0][0]
        let message = try #require(
            AlertWriter(zones: mexico).message(
                delivery, plan: row, to: laura, route: laura.routes[0], sheet: [1],
                deliveries: [peer], now: due + hour))
        return (message.subject, message.text)
    }

    @Test(
        "a city is called as each language calls it",
        arguments: ["Ciudad de México", "Mexico City"])
    func city(place: String) throws {
        let time = PlaceTime(
            rules: try ZoneCatalog.embedded.rules("America/Mexico_City"), place: place)
        let words = time.clockWithPlace(due)
        #expect(words.en == "21:00 (Mexico City time)")
        #expect(words.es == "21:00 (hora de Ciudad de México)")
    }

    @Test("the alert, word for word, her language first")
    func alert() throws {
        let (subject, text) = try message(.alert)
        #expect(subject == "ALERTA: Ana no se ha reportado")
        let parts = text.components(separatedBy: "\n\n----------------------------------------\n\n")
        #expect(parts.count == 2)
        let code = try #require(parts[0].firstMatch(of: /confirma con ([A-Z][0-9][A-Z][0-9]):/)).1
        #expect(
            parts[0] == """
                Ana no se ha reportado. Debía reportarse a las 21:00 (hora de Xalapa), martes 1 \
                de diciembre; la tolerancia terminó a las 22:00. Último reporte de seguridad: \
                09:04.

                Esto no prueba que le haya pasado algo: puede ser falta de señal.

                Haz esto, en orden:
                1) Llámale al +52 228 000 0000
                2) Ponte de acuerdo con mesa sobre quién hace qué
                3) Abre el archivo adjunto: age -d -i TU-LLAVE.txt xalapa.age  \
                (o: amparo decrypt xalapa.age)

                Si tú lo atiendes, confirma con \(code): responde a este mensaje o llama.
                A las 00:00 del miércoles 2 de diciembre se avisará a abogado.
                Ya avisados: mesa.

                No publiques ni reenvíes.

                NO ES SIMULACRO.
                """)
        #expect(
            parts[1] == """
                ALERT: Ana has not reported in

                Ana was to report in at 21:00 (Xalapa time), Tuesday 1 December; the grace ended \
                at 22:00. Last check-in: 09:04.

                This does not prove that anything has happened: there may be no signal.

                Do this, in order:
                1) Call Ana on +52 228 000 0000
                2) Agree with mesa on who does what
                3) Open the attached file: age -d -i YOUR-KEY.txt xalapa.age  \
                (or: amparo decrypt xalapa.age)

                If you take care of it, confirm with \(code): reply or call.
                At 00:00 on Wednesday 2 December abogado will be told.
                Already told: mesa.

                Do not publish or forward this.

                NOT A DRILL.

                """)
    }

    @Test("real ones say that they are no drill, drills that they are one, in both languages")
    func drills() throws {
        for kind in MessageKind.allCases {
            let (subject, text) = try message(kind)
            let isDrill = kind == .drill
            #expect(text.contains("ESTO ES UN SIMULACRO") == isDrill)
            #expect(text.contains("THIS IS A DRILL") == isDrill)
            #expect(subject.hasPrefix("SIMULACRO: ") == isDrill)
            if [.alert, .ended].contains(kind) {
                #expect(text.contains("NO ES SIMULACRO.") && text.contains("NOT A DRILL."))
            }
            if kind == .allClear {
                #expect(!text.contains("SIMULACRO") && !text.contains("DRILL"))
            }
        }
    }

    @Test("a repeat says so first")
    func repeats() throws {
        #expect(try message(.alert, attempts: 2).text.hasPrefix("(Repetición de "))
    }

    @Test("codes are easy to say and differ between people, channels and epochs")
    func codes() throws {
        let plan = try Sample().registration.plan
        var codes: Set<String> = []
        for epoch in 1...10 {
            for contact in ["laura", "abogado"] {
                for channel in ["mail", "folder"] {
                    let id = DeliveryID(
                        plan: plan, epoch: UInt32(epoch), tier: 0, contact: contact,
                        channel: channel, kind: .alert)
                    #expect(
                        id.code.wholeMatch(of: /[A-HJ-NP-RT-Z][2345679][A-HJ-NP-RT-Z][2345679]/)
                            != nil)
                    codes.insert(id.code)
                }
            }
        }
        #expect(codes.count >= 39)
        // Lengths stand before the parts: moving a letter changes the id.
        let left = DeliveryID(
            plan: plan, epoch: 1, tier: 0, contact: "ab", channel: "c", kind: .alert)
        let right = DeliveryID(
            plan: plan, epoch: 1, tier: 0, contact: "a", channel: "bc", kind: .alert)
        #expect(left != right)
    }

    @Test("spans in the two largest units")
    func spans() {
        #expect(PlaceTime.span(.seconds(12)) == "12 s")
        #expect(PlaceTime.span(.seconds(1_200)) == "20 min")
        #expect(PlaceTime.span(.seconds(12_000)) == "3 h 20 min")
        #expect(PlaceTime.span(.seconds(7_200)) == "2 h")
        #expect(PlaceTime.span(.seconds(183_600)) == "2 d 3 h")
        #expect(PlaceTime.span(.seconds(-5)) == "0 s")
    }
}
