// swift-format-ignore-file
// Written by Tools/embed_lessons.py from Lessons/03-devices/{en,es}.md: change the texts there.
internal import Wording

extension Course {
    static let lesson03 = Text(en: lesson03English, es: lesson03Spanish)

    private static let lesson03English =
        #"""
            # 3. Your devices

            - 20 minutes · basic level
            - Have ready: what you carry in your bag
            - SaferJourno v2: chapter 3, devices

            ## What it solves

            - A list of what you have, what is on each thing and who else uses it.
            - To know what is unprotected on this machine, and what to mend first.

            ## What it does not solve

            - It does not find spyware: no program can promise that about the machine it runs on.
            - It does not look at your telephone. There are lists for that in chapter 3 of SaferJourno.

            ## Why

            The best vault is of little use on an open disk. The photographer of La Marea lost a grey USB stick at a checkpoint: nobody remembered what was on it. It took two days to know who had to be told.

            An inventory of ten lines turns "I think there was nothing" into an answer.

            ## Steps

            ### Ask the machine what it lacks
            ```console
            amparo doctor
            ```

            Notice: X is mended first, the exclamation mark soon, at the question mark you look yourself. Here it looks at your real machine, from practice too, and changes nothing.

            ### Keep the result in the vault, with its date
            ```console
            amparo doctor | amparo note new --title "Look at the laptop" --tag review
            ```

            Notice: no file was left in between; what came out of one command went into the other.

            ### Complete Inés's inventory and put it in as well
            ```terminal
            nano devices.txt
            ```
            ```console
            amparo note new --title "My devices" --tag devices < devices.txt
            rm devices.txt
            ```

            Notice: each line says thing, what is on it and who else uses it, with hyphens between.

            ## Checks

            - inventory: there is a note "devices" with three things or more, each with what it holds and who uses it
            - review: there is a note "review" with what amparo doctor said
            - plain: devices.txt does not lie loose in the folder any more

            ## To talk about

            - Which device does everybody lend, and to whom?
            - If your bag is taken today, whom do you tell first?
            - What on the list could stay at home tomorrow?

            ## Three questions

            ### amparo doctor says that the disk is not encrypted. What does that mean?

            - That the vault is open
            + That whoever takes the machine reads everything outside the vault
            - That the machine has a virus

            The vault stays closed; photos, mail and loose documents do not.

            ### What can no program tell you?

            - How much room is left
            - Whether the screen locks by itself
            + That there is no spyware on the machine

            A spy with enough power decides what is seen by whoever looks for it.

            ### What is the inventory for?

            + To know within minutes what was lost and who has to be told
            - To show off
            - For the insurance

            When something is taken from you, every hour counts.

            ## If you keep VeraCrypt, KeePassXC or Signal

            - VeraCrypt closes a stick or a whole disk, on Windows too: write it in the inventory beside what it protects.
            - In Signal look at "Linked devices": a computer that you do not know is somebody else reading.

            ## For the trainer

            - On a machine that the workshop lends, doctor speaks of that machine and not of the participant's: say so.
            - The X of the disk almost always comes up. It is not mended today: encrypting a disk means installing anew, and goes on the list of actions with a date.
            - Nobody reads her inventory aloud.
            - Answers: what is outside the vault; that there is no spyware; to know what was lost.

            """#
    private static let lesson03Spanish =
        #"""
            # 3. Tus equipos

            - 20 minutos · nivel básico
            - Ten a la mano: lo que cargas en la mochila
            - SaferJourno v2: capítulo 3, equipos

            ## Qué resuelve

            - Una lista de lo que tienes, qué hay en cada cosa y quién más la usa.
            - Saber qué está sin protección en este equipo, y qué se arregla primero.

            ## Qué no resuelve

            - No encuentra programas espía: ningún programa puede prometerlo del equipo en que corre.
            - No revisa tu celular. Para eso hay listas en el capítulo 3 de SaferJourno.

            ## Por qué

            La mejor bóveda sirve de poco con el disco abierto. Al fotógrafo de La Marea le quitaron una USB gris en un retén: nadie se acordaba de qué había en ella. Tardaron dos días en saber a quién había que avisar.

            Un inventario de diez renglones convierte «creo que no había nada» en una respuesta.

            ## Pasos

            ### Pregúntale al equipo qué le falta
            ```console
            amparo doctor
            ```

            Fíjate: la X se arregla primero, el signo de admiración pronto, la interrogación la miras tú. Aquí revisa tu equipo de verdad, también desde la práctica, y no cambia nada.

            ### Guarda el resultado en la bóveda, con fecha
            ```console
            amparo doctor | amparo note new --title "Revisión de la laptop" --tag revision
            ```

            Fíjate: no quedó ningún archivo en medio; lo que salió de un comando entró al otro.

            ### Completa el inventario de Inés y mételo también
            ```terminal
            nano equipos.txt
            ```
            ```console
            amparo note new --title "Mis equipos" --tag equipos < equipos.txt
            rm equipos.txt
            ```

            Fíjate: cada renglón dice cosa, qué hay ahí y quién más la usa, separados por guiones.

            ## Comprobaciones

            - inventory: hay un apunte «equipos» con tres cosas o más, cada una con qué tiene y quién la usa
            - review: hay un apunte «revision» con lo que dijo amparo doctor
            - plain: equipos.txt ya no está suelto en la carpeta

            ## Para conversar

            - ¿Qué equipo presta cada quien, y a quién?
            - Si hoy te quitan la mochila, ¿a quién le avisas primero?
            - ¿Qué de la lista podría quedarse en casa mañana?

            ## Tres preguntas

            ### amparo doctor dice que el disco no está cifrado. ¿Qué significa?

            - Que la bóveda está abierta
            + Que quien se lleve el equipo lee todo lo que no esté en la bóveda
            - Que el equipo tiene un virus

            La bóveda sigue cerrada; las fotos, el correo y los documentos sueltos no.

            ### ¿Qué no puede decirte ningún programa?

            - Cuánto espacio queda
            - Si la pantalla se bloquea sola
            + Que no hay un programa espía en el equipo

            Un espía con suficiente poder decide qué ve quien lo busca.

            ### ¿Para qué sirve el inventario?

            + Para saber en minutos qué se perdió y a quién avisar
            - Para presumir
            - Para el seguro

            Cuando te quitan algo, cada hora cuenta.

            ## Si ya usas VeraCrypt, KeePassXC o Signal

            - VeraCrypt cierra una memoria o un disco entero, también en Windows: anótalo en el inventario junto a la cosa que protege.
            - En Signal revisa «Dispositivos vinculados»: una computadora que no reconoces es otra persona leyendo.

            ## Para quien da el taller

            - En un equipo prestado del taller, doctor habla de ese equipo y no del de la participante: dilo.
            - Casi siempre sale la X del disco. No se arregla hoy: cifrar un disco es reinstalar, y va en la lista de acciones con fecha.
            - Que nadie lea su inventario en voz alta.
            - Respuestas: lo que está fuera de la bóveda; que no hay espía; saber qué se perdió.

            """#
}
