// swift-format-ignore-file
// Written by Tools/embed_lessons.py from Lessons/14-incident/{en,es}.md: change the texts there.
internal import Wording

extension Course {
    static let lesson14 = Text(en: lesson14English, es: lesson14Spanish)

    private static let lesson14English =
        #"""
            # 14. Documenting an attack

            - 30 minutes · middle level
            - Have ready: the invented account in the practice folder
            - SaferJourno v2: chapter 7, online abuse

            ## What it solves

            - A record with what an organisation or the Protection Mechanism asks for, written while it is remembered.
            - To hand it to those who are to read it, and to nobody else.

            ## What it does not solve

            - It replaces neither the complaint, nor a lawyer, nor company.
            - It makes nobody act. It gets done what depends on you.

            ## Why

            Three weeks later Inés remembered the pickup and not the hour; she remembered the threat and not the words. Whoever documents the same day does not depend on memory, and need not tell it from the beginning to each person who asks.

            Documenting also helps if you will not file a complaint: a pattern is seen with five records, not with one.

            ## Steps

            ### Fill in the incident form with the account
            ```console
            amparo note new --template incident --title "Attack at the pier" < incident.txt
            amparo note show ID
            ```

            Notice: without the "<" the form opens in the editor, with its headings. Literal words, hours, plates; what you do not know stays empty.

            ### Add the evidence
            ```console
            amparo note attach ID photo-pier.jpg
            rm incident.txt
            ```

            Notice: the vault notes the photo's hash and when it came in.

            ### Take out the document for the organisation and seal it
            ```console
            amparo note export --incidents html -o incident.html
            amparo encrypt -r laura -r me --sign --remove-original -o incident.html.age incident.html
            ```

            Notice: the open document existed for a few seconds. "--sign" leaves your signature inside, so that they know it comes from you.

            ## Checks

            - record: there is an incident with what, when, where and against whom
            - evidence: the photo is kept with the incident
            - sealed: incident.html.age opens with your key and with Laura's
            - plain: no loose account is left in the folder

            ## To talk about

            - Whom would you give it to first, and what do you want them to do?
            - What should not be in the document although it is true?
            - Who looks after whoever documents?

            ## Three questions

            ### When is the record written?

            + The same day, even if it is incomplete
            - When everything has calmed down
            - Only if you file a complaint

            Memory loses hours and words very soon.

            ### You do not know the attacker's name. What do you write?

            - The name that everybody says
            + What you saw: clothes, plate, words; the name left empty
            - Nothing, better not to document

            A wrong name harms the case and a person.

            ### What do you keep a sealed copy for?

            - To publish it
            - In case the network fails
            + Not to have to tell it again, and to be able to show that it did not change

            Telling it many times wears out, and makes differences that are later used against you.

            ## If you keep VeraCrypt, KeePassXC or Signal

            - You can send the sealed file over Signal. Turn on disappearing messages in that conversation.
            - If you keep evidence in a VeraCrypt volume, note each file's hash elsewhere on the day it comes in.

            ## For the trainer

            - The invented account only. If somebody begins to tell hers, go out of the room with her.
            - Have the current telephone numbers of the organisations of your state and of the Mechanism at hand; they are checked before each workshop.
            - Remember that online violence is documented too: picture, address, hour and hash.
            - Answers: the same day; what you saw; not to tell it again.

            """#
    private static let lesson14Spanish =
        #"""
            # 14. Documentar una agresión

            - 30 minutos · nivel medio
            - Ten a la mano: el relato inventado de la carpeta de práctica
            - SaferJourno v2: capítulo 7, violencia en línea

            ## Qué resuelve

            - Un registro con lo que piden una organización o el Mecanismo de Protección, escrito mientras se recuerda.
            - Entregarlo a quien debe leerlo y a nadie más.

            ## Qué no resuelve

            - No sustituye la denuncia, ni a una abogada, ni el acompañamiento.
            - No obliga a nadie a actuar. Deja hecho lo que depende de ti.

            ## Por qué

            Tres semanas después, Inés recordaba la camioneta y no la hora; recordaba la amenaza y no las palabras. Quien documenta el mismo día no depende de la memoria, y no tiene que contarlo otra vez desde el principio a cada persona que pregunta.

            Documentar también sirve cuando no vas a denunciar: un patrón se ve con cinco registros, no con uno.

            ## Pasos

            ### Llena el formulario de incidente con el relato
            ```console
            amparo note new --template incident --title "Agresión en el muelle" < incidente.txt
            amparo note show ID
            ```

            Fíjate: sin el «<» el formulario se abre en el editor, con sus encabezados. Palabras textuales, horas, placas; lo que no sabes se deja en blanco.

            ### Agrega la prueba
            ```console
            amparo note attach ID foto-muelle.jpg
            rm incidente.txt
            ```

            Fíjate: la bóveda anota el hash de la foto y cuándo entró.

            ### Saca el documento para la organización y séllalo
            ```console
            amparo note export --incidents html -o incidente.html
            amparo encrypt -r laura -r me --sign --remove-original -o incidente.html.age incidente.html
            ```

            Fíjate: el documento abierto existió unos segundos. «--sign» deja tu firma adentro, para que sepan que viene de ti.

            ## Comprobaciones

            - record: hay un incidente con qué, cuándo, dónde y contra quién
            - evidence: la foto está guardada con el incidente
            - sealed: incidente.html.age se abre con tu llave y con la de Laura
            - plain: no quedó ningún relato suelto en la carpeta

            ## Para conversar

            - ¿A quién se lo entregarías primero, y qué quieres que haga?
            - ¿Qué no debe ir en el documento aunque sea cierto?
            - ¿Quién cuida a quien documenta?

            ## Tres preguntas

            ### ¿Cuándo se escribe el registro?

            + El mismo día, aunque esté incompleto
            - Cuando ya se calmó todo
            - Solo si vas a denunciar

            La memoria pierde horas y palabras muy pronto.

            ### No sabes el nombre del agresor. ¿Qué pones?

            - El nombre que todos dicen
            + Lo que viste: ropa, placa, palabras; el nombre en blanco
            - Nada, mejor no documentar

            Un nombre equivocado daña el caso y a una persona.

            ### ¿Para qué guardas tú una copia sellada?

            - Para publicarla
            - Por si se cae la red
            + Para no tener que contarlo otra vez y poder mostrar que no cambió

            Contarlo muchas veces cansa y crea diferencias que luego se usan en tu contra.

            ## Si ya usas VeraCrypt, KeePassXC o Signal

            - Por Signal puedes mandar el archivo sellado. Activa mensajes temporales en esa conversación.
            - Si guardas pruebas en un volumen de VeraCrypt, anota aparte el hash de cada archivo el día que entra.

            ## Para quien da el taller

            - Solo el relato inventado. Si alguien empieza a contar el suyo, acompáñala fuera de la sala.
            - Ten a la mano los teléfonos vigentes de las organizaciones de tu estado y del Mecanismo; se verifican antes de cada taller.
            - Recuerda que la ciberviolencia también se documenta: captura, dirección, hora y hash.
            - Respuestas: el mismo día; lo que viste; no contarlo otra vez.

            """#
}
