package import Wording

/// The invented people of a practice world, and the files on their desk.
package enum Cast {
    package struct File: Sendable {
        /// Relative to the work folder.
        package let name: Text
        package let content: Text

        init(_ name: (en: String, es: String), en: String, es: String) {
            self.name = Text(en: name.en, es: name.es)
            content = Text(en: "PRACTICE\n\n" + en, es: "PRÁCTICA\n\n" + es)
        }
    }

    package static let journalist = "Inés Camacho"
    package static let editor = "laura"
    package static let photographer = "beto"
    package static let lawyer = "abogada"

    /// Folders that stand for a stick and for a folder that a service copies to its machines.
    package static let stick = "usb"
    package static let cloud = Text(en: "cloud", es: "nube")
    package static let documents = Text(en: "documents", es: "documentos")
    package static let photo = Text(en: "photo-pier.jpg", es: "foto-muelle.jpg")
    package static let statement = Text(en: "statement.txt", es: "comunicado.txt")
    package static let alteredStatement = Text(
        en: "statement-altered.txt", es: "comunicado-alterado.txt")
    package static let fromLaura = Text(en: "for-ines.txt.age", es: "para-ines.txt.age")
    package static let newLauraCard = Text(en: "laura-new.card", es: "laura-nueva.card")
    package static let photographerCard = "beto.card"

    package static let files: [File] = [
        File(
            ("notes-pier.txt", "apuntes-muelle.txt"),
            en: """
                Interview with the watchman of pier 7. He does not want his name used.
                He saw three boats unload on Tuesday, without lights. The manifest said furniture.
                Ask Ramírez who signed it. Call him only from the newsroom.

                """,
            es: """
                Entrevista con el velador del muelle 7. No quiere que salga su nombre.
                Vio descargar tres lanchas el martes, sin luces. El manifiesto decía muebles.
                Preguntar a Ramírez quién lo firmó. Llamarle solo desde la redacción.

                """),
        File(
            ("message.txt", "recado.txt"),
            en: "The meeting is on Thursday at ten, where we had coffee. Come alone.\n",
            es: "La cita es el jueves a las diez, donde tomamos café. Ven tú sola.\n"),
        File(
            ("devices.txt", "equipos.txt"),
            en: """
                What I carry, what is on it, who else uses it:
                laptop - notes, photos, mail - my brother on weekends
                phone - mail, messages, contacts - nobody
                grey USB stick - old photos - the whole newsroom

                """,
            es: """
                Lo que cargo, qué hay ahí y quién más lo usa:
                laptop - apuntes, fotos, correo - mi hermano los fines de semana
                celular - correo, mensajes, contactos - nadie
                USB gris - fotos viejas - toda la redacción

                """),
        File(
            ("documents/contract.txt", "documentos/contrato.txt"),
            en: "Contract 114 for works on pier 7. Signed without a tender. Amount: 18,400,000.\n",
            es: "Contrato 114 de obra en el muelle 7. Firmado sin licitación. Monto: 18,400,000.\n"),
        File(
            ("documents/invoice.txt", "documentos/factura.txt"),
            en: "Invoice 0087. Furniture, 3 lots. Paid to a company founded six weeks before.\n",
            es: "Factura 0087. Muebles, 3 lotes. Pagada a una empresa creada seis semanas antes.\n"),
        File(
            ("route.txt", "ruta.txt"),
            en: """
                Xalapa to Veracruz by bus at 8:00, back before dark.
                Hotel Mar, room 12. In the port I see the watchman at 11:00.
                If I do not answer: call the hotel first, then Beto.
                Our code word: tamarind

                """,
            es: """
                De Xalapa a Veracruz en camión a las 8:00, regreso antes de que oscurezca.
                Hotel Mar, cuarto 12. En el puerto veo al velador a las 11:00.
                Si no contesto: llamen primero al hotel y luego a Beto.
                Nuestro santo y seña: tamarindo

                """),
        File(
            ("risk.txt", "riesgo.txt"),
            en: """
                What I protect: the watchman's name, my photos of the pier, my mother's address
                From whom: the port's manager, thieves on the bus, whoever borrows the laptop
                What is likely: theft - high; a search at a checkpoint - medium
                Action 1: notes into the vault, the paper copy destroyed
                Action 2: a passphrase of six words, learnt by heart
                Action 3: Laura has my key, and I have hers, compared by voice
                Action 4: a copy of the vault at my sister's
                Action 5: a check-in every time I go to the port

                """,
            es: """
                Qué cuido: el nombre del velador, mis fotos del muelle, la dirección de mi mamá
                De quién: el gerente del puerto, ladrones en el camión, quien usa prestada la laptop
                Qué es probable: robo - alto; revisión en un retén - medio
                Acción 1: los apuntes a la bóveda y la copia en papel destruida
                Acción 2: una frase de contraseña de seis palabras, aprendida
                Acción 3: Laura tiene mi llave y yo la suya, comparadas de viva voz
                Acción 4: una copia de la bóveda en casa de mi hermana
                Acción 5: un reporte de seguridad cada vez que voy al puerto

                """),
        File(
            ("incident.txt", "incidente.txt"),
            en: """
                ## What happened
                Two men in a grey pickup took my camera and told me not to come back.

                ## When
                Tuesday, 17:40

                ## Where
                Gate of pier 7, Veracruz

                ## Against whom
                Inés Camacho, reporter of La Marea

                ## Evidence
                A photo of the plate, taken by the watchman

                """,
            es: """
                ## Qué pasó
                Dos hombres en una camioneta gris me quitaron la cámara y me dijeron que no volviera.

                ## Cuándo
                Martes, 17:40

                ## Dónde
                Entrada del muelle 7, Veracruz

                ## Contra quién
                Inés Camacho, reportera de La Marea

                ## Pruebas
                Una foto de la placa, que tomó el velador

                """),
    ]

    package static let statementText = Text(
        en: "PRACTICE\n\nThe newsroom of La Marea stands behind its report on pier 7.\n",
        es: "PRÁCTICA\n\nLa redacción de La Marea sostiene su nota sobre el muelle 7.\n")

    /// What somebody made of it.
    package static let alteredStatementText = Text(
        en: "PRACTICE\n\nThe newsroom of La Marea withdraws its report on pier 7.\n",
        es: "PRÁCTICA\n\nLa redacción de La Marea retira su nota sobre el muelle 7.\n")

    package static let letterFromLaura = Text(
        en:
            "PRACTICE\n\nInés: the lawyer has seen the contract. Do not publish before Friday. Laura\n",
        es:
            "PRÁCTICA\n\nInés: la abogada ya vio el contrato. No publiques antes del viernes. Laura\n"
    )

    /// Notes that the journalist has already: title, tag and text.
    package static let notes: [(title: Text, tag: Text, body: Text)] = [
        (
            Text(en: "Sources of the port", es: "Fuentes del puerto"),
            Text(en: "source", es: "fuente"),
            Text(
                en:
                    "Tomás, watchman: nights only. Doña Lucha, canteen: trusts nobody with a badge.\n",
                es:
                    "Tomás, velador: solo de noche. Doña Lucha, fonda: no confía en nadie con gafete.\n"
            )
        ),
        (
            Text(en: "Pending", es: "Pendientes"), Text(en: "work", es: "trabajo"),
            Text(
                en: "Ask for the contract under the transparency law. Photos of the second shed.\n",
                es: "Pedir el contrato por transparencia. Fotos de la segunda bodega.\n")
        ),
    ]
}
