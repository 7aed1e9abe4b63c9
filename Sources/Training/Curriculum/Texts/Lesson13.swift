// swift-format-ignore-file
// Written by Tools/embed_lessons.py from Lessons/13-lost-contact/{en,es}.md: change the texts there.
internal import Wording

extension Course {
    static let lesson13 = Text(en: lesson13English, es: lesson13Spanish)

    private static let lesson13English =
        #"""
            # 13. When contact is lost

            - 50 minutes · middle level
            - Have ready: a clock in sight; here you are Laura, the editor, and her phrase is "frase de practica para laura"
            - SaferJourno v2: chapter 1, risk (response)

            ## What it solves

            - To know what to do in the first hour when somebody else's alert reaches you.
            - To watch over somebody's plan from your machine, without a server and without being able to read what is hers.
            - To open the sealed sheet, call in order and put each step on record.

            ## What it does not solve

            - It does not say what happened to her. Most alerts are an empty battery.
            - It replaces neither people who know about searching nor a lawyer.

            ## Why

            When Inés did not answer, six people called the same hotel and nobody her sister. Another published her photo with the word "missing" while Inés was in hospital after a fall. Acting in order is faster than acting much.

            The log is no paperwork: after three hours nobody remembers whom they called, and those notes are the first thing that an authority or an organisation asks for.

            ## Steps

            ### For this once be Inés: make the plan and seal it to Laura
            ```console
            amparo note new --title "Route" --tag route < route.txt
            amparo checkin plan new pier --every 24h --grace 1h --zone America/Mexico_City --place Veracruz --alias "Inés (PRACTICE)" --phone "+52 229 555 0134" --tier 0m:laura --sheet route=ID --yes
            amparo checkin plan hand-over pier --to laura -o plan-pier.age
            ```

            Notice: write down the code, which only Inés knows. The file says whom to alert and when; it carries neither the code nor what the sheet says.

            ### Now you are Laura: read what you promise, and accept
            ```terminal
            amparo --home ../laura watch add plan-pier.age
            ```
            ```console
            amparo --home ../laura watch status
            ```

            Notice: it says who signed it, whom you will alert and by which way. You promise two things: that your machine stays on, and that you answer the telephone.

            ### Inés calls: type the code that she dictates
            ```terminal
            amparo --home ../laura watch checkin pier
            ```

            Notice: forget it once it is typed; whoever knows it can report in for her.

            ### A day passes and she does not call
            ```console
            amparo practice clock --skip 26h
            amparo practice inbox
            ```

            Notice: the hour passed, the grace passed, and your machine alerted people over your channels. You are on her list too.

            ### Read the whole alert, once, slowly
            ```console
            amparo practice inbox laura -o sheet.age
            ```

            Notice: it says what is known and what is not. "There may be no signal" is no courtesy.

            ### Open the sheet that came sealed for you
            ```console
            amparo --home ../laura decrypt -o sheet.txt sheet.age
            head -n 10 sheet.txt
            ```

            Notice: if it does not open with your key, it was not for you. At its end is Inés's signature, and how to check it. The code word stands here and nowhere else: whoever calls on her behalf has to know it.

            ### Open a log and write each step with its hour
            ```console
            printf '18:10 the alert arrives\n18:12 I call Inés: voice mail\n18:15 I call the hotel: not back\n18:20 I call Beto\n' | amparo --home ../laura note new --title "Log of Inés" --tag log
            ```

            Notice: hour, what I did, what they answered. No opinions.

            ### See who else is on the list and how they are called
            ```console
            amparo --home ../laura contact list
            amparo --home ../laura contact show ines
            ```

            Notice: the order was agreed on before. Nothing is published until the family and whoever coordinates have been spoken to.

            ### Inés turns up and dictates her code again
            ```terminal
            amparo --home ../laura watch checkin pier
            ```
            ```console
            amparo practice clock --skip 5m
            amparo --home ../laura watch status
            ```

            Notice: whoever received the alert now hears that she is well, and is asked to hear her voice too. Until then nobody stops searching.

            ## Checks

            - promised: Laura's machine watches the plan that Inés handed over
            - alert: the alert with the sealed sheet has reached Laura
            - well: the word that she is well has reached Laura
            - opened: sheet.txt says the same as the sealed sheet
            - log: Laura's log has three lines or more that begin with an hour

            ## To talk about

            - After how many minutes do you call the next person? Who decides?
            - Who speaks with the family, and who should not?
            - A message comes from her: "I am fine, stop calling." How do you know it is her?

            ## Three questions

            ### The alert reaches you. What comes first?

            - To publish that she is missing
            + To call her, and ask whoever may be with her without alarming them
            - To call every authority

            The most likely is the simplest, and publishing cannot be undone.

            ### She answers by message: "all fine". What do you do?

            + You ask to hear her voice and the code word, or an answer that only she knows
            - You tell everybody that she is well
            - You do not answer

            A message is written by anybody who has her telephone.

            ### What is the log for?

            - For the story
            - To find somebody to blame
            + Not to repeat calls, and for whoever takes over

            After six hours it will be read by somebody who was not there.

            ## If you keep VeraCrypt, KeePassXC or Signal

            - Make the Signal group for the response before it is needed, with three or four people and disappearing messages; coordinate there, not in the large group.
            - What arrives there as evidence is kept in the vault too, with its hour.

            ## For the trainer

            - Do it in teams: one receives, one calls, one writes. Every five minutes a new fact comes in.
            - Somebody may have lived through this. Say that one may leave, and who goes along.
            - Correct the word "missing" with care: it has legal and human weight.
            - Answers: call; hear her voice; whoever takes over.

            """#
    private static let lesson13Spanish =
        #"""
            # 13. Cuando se pierde el contacto

            - 50 minutos · nivel medio
            - Ten a la mano: un reloj a la vista; aquí eres Laura, la editora, y su frase es «frase de practica para laura»
            - SaferJourno v2: capítulo 1, riesgo (respuesta)

            ## Qué resuelve

            - Saber qué hacer en la primera hora cuando te llega una alerta de otra persona.
            - Vigilar el plan de alguien desde tu equipo, sin servidor y sin poder leer lo suyo.
            - Abrir la hoja sellada, llamar en orden y dejar constancia de cada paso.

            ## Qué no resuelve

            - No dice qué le pasó. La mayoría de las alertas son una pila descargada.
            - No sustituye a quien sabe de búsqueda ni a una abogada.

            ## Por qué

            Cuando Inés no contestó, seis personas llamaron al mismo hotel y nadie a su hermana. Otra publicó la foto con la palabra «desaparecida» cuando Inés estaba en urgencias por una caída. Actuar en orden es más rápido que actuar mucho.

            La bitácora no es papeleo: a las tres horas nadie recuerda a quién llamó, y esas notas son lo primero que pide una autoridad o una organización.

            ## Pasos

            ### Por esta vez, sé Inés: haz el plan y séllalo para Laura
            ```console
            amparo note new --title "Ruta" --tag ruta < ruta.txt
            amparo checkin plan new muelle --every 24h --grace 1h --zone America/Mexico_City --place Veracruz --alias "Inés (PRÁCTICA)" --phone "+52 229 555 0134" --tier 0m:laura --sheet ruta=ID --yes
            amparo checkin plan hand-over muelle --to laura -o plan-muelle.age
            ```

            Fíjate: anota el código, que solo Inés sabe. El archivo dice a quién avisar y cuándo; no lleva el código ni lo que dice la hoja.

            ### Ahora eres Laura: lee lo que prometes y acepta
            ```terminal
            amparo --home ../laura watch add plan-muelle.age
            ```
            ```console
            amparo --home ../laura watch status
            ```

            Fíjate: dice quién lo firmó, a quién vas a avisar y por dónde. Prometes dos cosas: que tu equipo sigue encendido y que contestas el teléfono.

            ### Inés te llama: escribe el código que te dicta
            ```terminal
            amparo --home ../laura watch checkin muelle
            ```

            Fíjate: olvídalo en cuanto lo escribas; quien lo sabe puede reportarse por ella.

            ### Pasa un día y no llama
            ```console
            amparo practice clock --skip 26h
            amparo practice inbox
            ```

            Fíjate: pasó la hora, pasó la tolerancia, y tu equipo avisó por tus canales. Tú también estás en su lista.

            ### Lee la alerta completa, una vez, despacio
            ```console
            amparo practice inbox laura -o hoja.age
            ```

            Fíjate: dice qué se sabe y qué no. «Puede ser falta de señal» no es cortesía.

            ### Abre la hoja que viene sellada para ti
            ```console
            amparo --home ../laura decrypt -o hoja.txt hoja.age
            head -n 10 hoja.txt
            ```

            Fíjate: si no abre con tu llave, no era para ti. Al final lleva la firma de Inés y dice cómo comprobarla. El santo y seña está aquí y en ningún otro lado: quien llame de su parte debe saberlo.

            ### Abre una bitácora y apunta cada paso con su hora
            ```console
            printf '18:10 llega la alerta\n18:12 le llamo a Inés: buzón\n18:15 llamo al hotel: no ha vuelto\n18:20 llamo a Beto\n' | amparo --home ../laura note new --title "Bitácora de Inés" --tag bitacora
            ```

            Fíjate: hora, qué hice, qué respondieron. Sin opiniones.

            ### Mira quién más está en la lista y cómo se les llama
            ```console
            amparo --home ../laura contact list
            amparo --home ../laura contact show ines
            ```

            Fíjate: el orden ya estaba acordado. No se publica nada hasta hablar con la familia y con quien coordina.

            ### Inés aparece y te dicta su código otra vez
            ```terminal
            amparo --home ../laura watch checkin muelle
            ```
            ```console
            amparo practice clock --skip 5m
            amparo --home ../laura watch status
            ```

            Fíjate: a quien recibió la alerta le llega el aviso de que está bien, que también pide oír su voz. Hasta entonces nadie deja de buscar.

            ## Comprobaciones

            - promised: el equipo de Laura vigila el plan que le entregó Inés
            - alert: a Laura le llegó la alerta con la hoja sellada
            - well: a Laura le llegó el aviso de que está bien
            - opened: hoja.txt dice lo mismo que la hoja sellada
            - log: la bitácora de Laura tiene tres renglones o más que empiezan con una hora

            ## Para conversar

            - ¿A los cuántos minutos llamas a la siguiente persona? ¿Quién decide?
            - ¿Quién habla con la familia, y quién no debe hacerlo?
            - Llega un mensaje suyo: «estoy bien, dejen de llamar». ¿Cómo sabes que es ella?

            ## Tres preguntas

            ### Te llega la alerta. ¿Qué es lo primero?

            - Publicar que está desaparecida
            + Llamarle, y preguntar sin alarmar a quien pueda estar con ella
            - Llamar a todas las autoridades

            Lo más probable es lo más simple, y publicar no se deshace.

            ### Contesta por mensaje: «todo bien». ¿Qué haces?

            + Pides oír su voz y el santo y seña, o una respuesta que solo ella sabe
            - Avisas a todos que está bien
            - No contestas

            Un mensaje lo escribe cualquiera que tenga su teléfono.

            ### ¿Para qué es la bitácora?

            - Para el reportaje
            - Para encontrar culpables
            + Para no repetir llamadas y para quien tome el relevo

            A las seis horas la va a leer alguien que no estuvo.

            ## Si ya usas VeraCrypt, KeePassXC o Signal

            - Haz el grupo de Signal de respuesta antes de que haga falta, con tres o cuatro personas y mensajes temporales; ahí se coordina, no en el grupo grande.
            - Lo que llegue por ahí como prueba se guarda también en la bóveda, con su hora.

            ## Para quien da el taller

            - Hazlo en equipos: quien recibe, quien llama, quien apunta. Cada cinco minutos entra un dato nuevo.
            - Alguien puede haber vivido esto. Di que se puede salir, y quién acompaña.
            - Corrige con cuidado la palabra «desaparecida»: tiene peso legal y humano.
            - Respuestas: llamar; oír su voz; el relevo.

            """#
}
