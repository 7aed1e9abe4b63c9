// swift-format-ignore-file
// Written by Tools/embed_lessons.py from Lessons/12-check-ins/{en,es}.md: change the texts there.
internal import Wording

extension Course {
    static let lesson12 = Text(en: lesson12English, es: lesson12Spanish)

    private static let lesson12English =
        #"""
            # 12. Check-ins

            - 40 minutes · middle level
            - Have ready: paper for the practice code; the folder inbox is Laura's mail
            - SaferJourno v2: chapter 1, risk (communications plan)

            ## What it solves

            - That somebody learns in time if you do not come back, and knows what to do.
            - That a lapse of memory wakes nobody at three in the morning.

            ## What it does not solve

            - An alert does not prove that something happened, and silence does not prove that nothing did.
            - It sends no help: it tells people. If they do not know what to do, the alert is of no use (lesson 13).
            - While only this machine watches, whoever takes it silences the alert.

            ## Why

            "Tell me when you arrive" fails in two ways: it is forgotten, or nobody knows when to worry. A plan says the hour, the grace, who hears first and who later, and which paper each of them opens.

            It is agreed on with the other person before you leave. A plan that Laura does not know is a fright, not a plan.

            ## Steps

            ### Write the route that only Laura will be able to open
            ```console
            amparo note new --title "Route" --tag route < route.txt
            ```

            Notice: this sheet travels sealed. Mail and watcher do not read it.

            ### Say how your alerts go out, and try it
            ```console
            amparo channel add inbox file:$AMPARO_PRACTICE/inbox
            amparo channel test inbox laura
            ```

            Notice: here the channel is a folder. In life it is a mail account, and after the try one calls: did it arrive?

            ### Make the plan and look at it before you arm it
            ```console
            amparo checkin plan new port --every 24h --grace 1h --zone America/Mexico_City --place Veracruz --alias "Inés (PRACTICE)" --tier 0m:laura --sheet route=ID --yes
            amparo checkin plan simulate port
            ```

            Notice: the code is four words and a check word. It is shown once; copy it. "simulate" says who hears, when, and what they read.

            ### Arm it and report in once
            ```console
            amparo checkin plan arm port --untested
            amparo ok
            ```

            Notice: it asks for the code only, not for your vault's phrase. One wrong letter is told to you before anything is sent.

            ### Let a day and an hour pass without reporting
            ```console
            amparo practice clock --skip 26h
            amparo checkin status
            amparo practice inbox laura
            ```

            Notice: the reminders came, the grace passed and Laura was told. With "--speed 360" the same day takes four minutes.

            ### Report in: the charger turned up
            ```console
            amparo ok
            amparo practice clock --skip 5m
            amparo practice scenario --timeline
            ```

            Notice: whoever got the alert also gets, some seconds later, the word that you are well, which asks to hear your voice.

            ## Checks

            - plan: there is a plan that alerts Laura and carries a sheet
            - armed: the plan is armed
            - alert: the alert with the sealed sheet reached Laura
            - well: the word that she is well reached Laura

            ## To talk about

            - Who is your first person? Does she answer at night?
            - How often can you really keep it? A plan that is not kept teaches to ignore it.
            - What goes on the sheet and what should not?

            ## Three questions

            ### You missed the hour by twenty minutes and the grace is one hour. What happened?

            + Reminders came to you; nobody else heard
            - Laura was told
            - The plan ended

            That is what the grace is for.

            ### What do you need to report in?

            - The vault's passphrase
            + The plan's code
            - Internet, always

            So you do not open your vault at a checkpoint. Without a connection it waits, and tells you that nobody knows yet.

            ### What has to be done before a plan is armed?

            - Nothing, the program tells them
            - Post it in the group
            + Agree on it with whoever will get the alert, and try the channel

            Whoever receives must know what to do; else the alert arrives and nothing happens.

            ## If you keep VeraCrypt, KeePassXC or Signal

            - An agreement over Signal ("if I do not write by eight, call the hotel") is a plan already. Write down hour, grace and order, and go on using it beside this one.
            - Keep the code in KeePassXC if you will not learn it; not on the machine that may be taken from you.

            ## For the trainer

            - This is the lesson that moves people most. Leave time to talk afterwards, before you go on.
            - The practice watcher runs already; in life it is started with "amparo watch", with the lid open.
            - Whoever loses the code: "amparo checkin plan end port" and another plan. Let it happen in the workshop and not on the road.
            - Answers: only reminders; the code; agree and try.

            """#
    private static let lesson12Spanish =
        #"""
            # 12. Reportarse

            - 40 minutos · nivel medio
            - Ten a la mano: papel para el código de práctica; la carpeta buzon es el correo de Laura
            - SaferJourno v2: capítulo 1, riesgo (plan de comunicación)

            ## Qué resuelve

            - Que alguien se entere a tiempo si no vuelves, y sepa qué hacer.
            - Que un olvido no despierte a nadie a las tres de la mañana.

            ## Qué no resuelve

            - Una alerta no prueba que pasó algo, y el silencio no prueba que no.
            - No manda ayuda: avisa a personas. Si ellas no saben qué hacer, la alerta no sirve (lección 13).
            - Mientras solo vigila este equipo, quien se lo lleve calla la alerta.

            ## Por qué

            «Me avisas cuando llegues» falla de dos maneras: se olvida, o nadie sabe cuándo preocuparse. Un plan dice la hora, la tolerancia, a quién primero y a quién después, y qué papel abre cada quien.

            Se acuerda con la otra persona antes de salir. Un plan que Laura no conoce es un susto, no un plan.

            ## Pasos

            ### Escribe la ruta que solo Laura va a poder abrir
            ```console
            amparo note new --title "Ruta" --tag ruta < ruta.txt
            ```

            Fíjate: esta hoja viaja sellada. El correo y el vigilante no la leen.

            ### Di por dónde salen tus alertas y pruébalo
            ```console
            amparo channel add buzon file:$AMPARO_PRACTICE/buzon
            amparo channel test buzon laura
            ```

            Fíjate: aquí el canal es una carpeta. En la vida es una cuenta de correo, y después de probar se llama: ¿te llegó?

            ### Haz el plan y míralo antes de activarlo
            ```console
            amparo checkin plan new puerto --every 24h --grace 1h --zone America/Mexico_City --place Veracruz --alias "Inés (PRÁCTICA)" --tier 0m:laura --sheet ruta=ID --yes
            amparo checkin plan simulate puerto
            ```

            Fíjate: el código son cuatro palabras y una de comprobación. Se muestra una vez; cópialo. «simulate» dice quién se entera, cuándo y qué lee.

            ### Actívalo y repórtate una vez
            ```console
            amparo checkin plan arm puerto --untested
            amparo ok
            ```

            Fíjate: pide solo el código, no la frase de tu bóveda. Si te equivocas en una letra te lo dice antes de mandar nada.

            ### Deja pasar un día y una hora sin reportarte
            ```console
            amparo practice clock --skip 26h
            amparo checkin status
            amparo practice inbox laura
            ```

            Fíjate: llegaron los recordatorios, pasó la tolerancia y se avisó a Laura. Con «--speed 360» el mismo día dura cuatro minutos.

            ### Repórtate: ya apareció el cargador
            ```console
            amparo ok
            amparo practice clock --skip 5m
            amparo practice scenario --timeline
            ```

            Fíjate: quien recibió la alerta recibe también, unos segundos después, el aviso de que estás bien, y le pide oír tu voz.

            ## Comprobaciones

            - plan: hay un plan que avisa a Laura y lleva una hoja
            - armed: el plan está activo
            - alert: a Laura le llegó la alerta con la hoja sellada
            - well: a Laura le llegó el aviso de que está bien

            ## Para conversar

            - ¿Quién es tu primera persona? ¿Contesta de noche?
            - ¿Cada cuánto puedes cumplir de verdad? Un plan que no se cumple enseña a ignorarlo.
            - ¿Qué va en la hoja y qué no debe ir?

            ## Tres preguntas

            ### Se te pasó la hora por veinte minutos y la tolerancia es de una hora. ¿Qué pasó?

            + Te llegaron recordatorios; nadie más se enteró
            - Se avisó a Laura
            - El plan terminó

            La tolerancia es para eso.

            ### ¿Qué necesitas para reportarte?

            - La frase de contraseña de la bóveda
            + El código del plan
            - Internet siempre

            Así no abres tu bóveda en un retén. Sin conexión espera y te dice que todavía nadie lo sabe.

            ### ¿Qué hay que hacer antes de activar un plan?

            - Nada, el programa avisa
            - Publicarlo en el grupo
            + Acordarlo con quien va a recibir la alerta y probar el canal

            Quien recibe debe saber qué hacer; si no, el aviso llega y no pasa nada.

            ## Si ya usas VeraCrypt, KeePassXC o Signal

            - Un acuerdo por Signal («si no escribo a las ocho, llama al hotel») ya es un plan. Escribe hora, tolerancia y orden, y sigue usándolo junto con este.
            - Guarda el código en KeePassXC si no lo vas a aprender; no en el mismo equipo que te pueden quitar.

            ## Para quien da el taller

            - Es la lección que más conmueve. Deja tiempo para hablar después, antes de seguir.
            - El vigilante de práctica ya corre; en la vida se pone con «amparo watch» y la tapa abierta.
            - Si alguien pierde el código: «amparo checkin plan end puerto» con otro plan nuevo. Que pase en el taller y no en la carretera.
            - Respuestas: solo recordatorios; el código; acordarlo y probar.

            """#
}
