// swift-format-ignore-file
// Written by Tools/embed_lessons.py from Lessons/10-travel/{en,es}.md: change the texts there.
internal import Wording

extension Course {
    static let lesson10 = Text(en: lesson10English, es: lesson10Spanish)

    private static let lesson10English =
        #"""
            # 10. Travel and borders

            - 25 minutes · middle level
            - Have ready: the folder usb, which stays at home
            - SaferJourno v2: chapter 3, devices

            ## What it solves

            - To leave with what is needed and nothing else, and to know what to answer about what you carry.
            - To have all of it again when you are back.

            ## What it does not solve

            - It does not decide for you whether to give the phrase at a border: that depends on the country, and a lawyer is asked beforehand.
            - A machine that was out of your sight is not to be trusted any more, even if they give it back.

            ## Why

            What you do not carry is not taken from you. Beto's telephone was looked through for twenty minutes at an airport: they wanted nothing in particular, and found the guest list of a wedding with three names they did want.

            At a border they copy and compare later: two copies of the vault, going and coming, tell that you used it and how much it grew. They do not tell what it says.

            ## Steps

            ### Ask what is missing before you leave, and keep the list
            ```console
            amparo travel
            amparo travel | amparo note new --title "Before leaving" --tag travel
            ```

            Notice: the X is mended first, the exclamation mark soon, the question mark is yours to look at. It is mended at home, not in the queue. It changes and sends nothing.

            ### Leave a copy at home
            ```console
            amparo vault backup usb
            ```

            Notice: in life that stick does not travel with you.

            ### Encrypt or remove what lies loose
            ```console
            amparo encrypt -r me --pad --hide-name --remove-original documents/contract.txt documents/invoice.txt --each
            rm notes-pier.txt devices.txt message.txt risk.txt incident.txt route.txt
            ls documents
            ```

            Notice: first what was encrypted is checked, then the original is removed.

            ### See what a guard compares: now, and after you used the vault
            ```console
            amparo practice attacker border
            amparo note new --title "Note of the journey" --tag travel < statement.txt
            amparo practice attacker border
            ```

            Notice: the first time it copies; the second it compares. It sees that it grew and that you used it. It cannot tell notes from noise.

            ### Ask again, keep the new list, and lock
            ```console
            amparo travel | amparo note new --title "Ready to leave" --tag travel
            amparo close
            ```

            Notice: the copy has no exclamation mark any more. What is still marked, such as the plan or keys that nobody compared, has its lesson (12 and 6). And before the queue: off, not asleep. Asleep, the keys may still be in its memory.

            ## Checks

            - copy: there is a copy of the vault in usb and it opens
            - light: no notes or documents lie loose in the folder
            - list: a note with the tag "travel" holds what amparo travel said at the beginning
            - mended: another holds what it said at the end, with the copy made
            - locked: the vault is locked

            ## To talk about

            - What do you answer if they ask what Amparo is? Let it be true and short.
            - Which devices can stay? Could you travel with an almost empty telephone?
            - Who knows the hour at which you cross, and what does she do if you do not write? (Lesson 12.)

            ## Three questions

            ### What is the best protection at a border?

            - A very long phrase
            + Not to carry what is not needed
            - To hide the stick

            What is not there is not searched, not copied and need not be explained.

            ### What does somebody learn who has two copies of your vault?

            + That you used it in between, and how much it grew
            - The new titles
            - How many notes you wrote

            Each use adds cells and part of them is noise: which are notes is not known.

            ### They give the laptop back after an hour in another room. What do you do?

            - You change the password there and then
            - Nothing, they did not see the phrase
            + You use it for nothing delicate until somebody you trust has looked at it

            An hour is enough to put something into it. What you type afterwards would be read by somebody else.

            ## If you keep VeraCrypt, KeePassXC or Signal

            - Travel with a KeePassXC database for the journey only, and leave the large one at home.
            - In Signal delete the conversations you do not need or set disappearing messages well before, and unlink the computer.

            ## For the trainer

            - Give no legal advice: it changes by country and by year. Hand out the telephone number of somebody who can.
            - The exercise with two copies works best in pairs: one crosses, the other is the guard.
            - Answers: not to carry it; that you used it; not to use it.

            """#
    private static let lesson10Spanish =
        #"""
            # 10. Viajes y fronteras

            - 25 minutos · nivel medio
            - Ten a la mano: la carpeta usb, que se queda en casa
            - SaferJourno v2: capítulo 3, equipos

            ## Qué resuelve

            - Salir con lo necesario y nada más, y saber qué contestar de lo que llevas.
            - Volver a tenerlo todo al regreso.

            ## Qué no resuelve

            - No decide por ti si entregas la frase en una frontera: eso depende del país y se pregunta antes a una abogada.
            - Un equipo que te quitaron de la vista ya no es de confianza, aunque lo devuelvan.

            ## Por qué

            Lo que no llevas no te lo quitan. A Beto le revisaron el teléfono veinte minutos en un aeropuerto: no buscaban nada en especial, y encontraron la lista de invitados de una boda con tres nombres que sí buscaban.

            En una frontera copian y comparan después: dos copias de la bóveda, de ida y de vuelta, cuentan que la usaste y cuánto creció. No cuentan qué dice.

            ## Pasos

            ### Pregunta qué falta antes de salir y guarda la lista
            ```console
            amparo travel
            amparo travel | amparo note new --title "Antes de salir" --tag viaje
            ```

            Fíjate: la X se arregla primero, el signo de admiración pronto, la interrogación la miras tú. Se arregla en casa, no en la fila. No cambia ni envía nada.

            ### Deja una copia en casa
            ```console
            amparo vault backup usb
            ```

            Fíjate: en la vida esa memoria no viaja contigo.

            ### Cifra o quita lo suelto
            ```console
            amparo encrypt -r me --pad --hide-name --remove-original documentos/contrato.txt documentos/factura.txt --each
            rm apuntes-muelle.txt equipos.txt recado.txt riesgo.txt incidente.txt ruta.txt
            ls documentos
            ```

            Fíjate: primero se comprueba lo cifrado y después se quita el original.

            ### Mira lo que compara un agente: ahora y después de usar la bóveda
            ```console
            amparo practice attacker border
            amparo note new --title "Apunte del viaje" --tag viaje < comunicado.txt
            amparo practice attacker border
            ```

            Fíjate: la primera vez copia; la segunda compara. Ve que creció y que la usaste. No distingue apuntes de relleno.

            ### Pregunta otra vez, guarda la lista nueva y cierra
            ```console
            amparo travel | amparo note new --title "Ya para salir" --tag viaje
            amparo close
            ```

            Fíjate: la copia ya no sale con signo de admiración. Lo que sigue marcado, como el plan o las llaves sin comprobar, tiene su lección (12 y 6). Y antes de la fila, apagado, no suspendido. Suspendido, las llaves pueden seguir en la memoria.

            ## Comprobaciones

            - copy: hay una copia de la bóveda en usb y se abre
            - light: no quedan apuntes ni documentos sueltos en la carpeta
            - list: un apunte con la etiqueta «viaje» trae lo que dijo amparo travel al principio
            - mended: otro trae lo que dijo al final, ya con la copia hecha
            - locked: la bóveda está cerrada

            ## Para conversar

            - ¿Qué contestas si preguntan qué es Amparo? Que sea verdad y sea corto.
            - ¿Qué aparatos pueden quedarse? ¿Podrías viajar con un teléfono casi vacío?
            - ¿Quién sabe tu hora de cruce y qué hace si no escribes? (Lección 12.)

            ## Tres preguntas

            ### ¿Cuál es la mejor protección en una frontera?

            - Una frase muy larga
            + No llevar lo que no hace falta
            - Esconder la memoria

            Lo que no está no se revisa, no se copia y no hay que explicarlo.

            ### ¿Qué aprende quien tiene dos copias de tu bóveda?

            + Que la usaste entre una y otra, y cuánto creció
            - Los títulos nuevos
            - Cuántos apuntes escribiste

            Cada uso agrega celdas y parte es relleno: no se sabe cuáles son apuntes.

            ### Te devuelven la laptop después de una hora en otro cuarto. ¿Qué haces?

            - Cambias la contraseña desde ahí mismo
            - Nada, no vieron la frase
            + No la usas para nada delicado hasta que la revise alguien de confianza

            Una hora alcanza para poner algo en ella. Lo que escribas después lo leería otro.

            ## Si ya usas VeraCrypt, KeePassXC o Signal

            - Viaja con una base de KeePassXC solo para el viaje y deja la grande en casa.
            - En Signal borra las conversaciones que no necesitas o pon mensajes temporales desde antes, y desvincula la computadora.

            ## Para quien da el taller

            - No des consejos legales: cambia por país y por año. Reparte el teléfono de quien sí puede.
            - El ejercicio de las dos copias funciona mejor en pareja: una cruza, la otra es agente.
            - Respuestas: no llevarlo; que la usaste; no usarla.

            """#
}
