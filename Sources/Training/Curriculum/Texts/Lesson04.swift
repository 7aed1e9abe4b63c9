// swift-format-ignore-file
// Written by Tools/embed_lessons.py from Lessons/04-notes/{en,es}.md: change the texts there.
internal import Wording

extension Course {
    static let lesson04 = Text(en: lesson04English, es: lesson04Spanish)

    private static let lesson04English =
        #"""
            # 4. Notes nobody else reads

            - 30 minutes · basic level
            - Have ready: nothing; everything is in the practice folder
            - SaferJourno v2: chapter 5, protecting materials

            ## What it solves

            - To write, tag, find and lock notes without one word touching the disk in clear.
            - To know exactly what somebody sees who takes your machine.

            ## What it does not solve

            - It does not protect from whoever has the open vault before them, nor from spyware.
            - The vault's file is there to be seen: its size, and when it was last used.

            ## Why

            The watchman of pier 7 asked that his name be left out. Inés wrote it into a text file "for now", and for now lasted three years and two laptops. A note that is born in the vault has no for now.

            A tag costs two seconds and saves looking through three hundred notes the night before you publish.

            ## Steps

            ### Put the interview into the vault
            ```console
            amparo note new --title "Interview at the pier" --tag pier < notes-pier.txt
            ```

            Notice: without the "<" an editor opens that writes straight into the vault. That is the way for what is new: no file to delete afterwards.

            ### Find it by a word inside
            ```console
            amparo note find watchman
            ```

            Notice: it looks in titles, tags and text. ID is the number with which the line begins.

            ### Give it another tag and read it
            ```console
            amparo note tag ID source
            amparo note show ID
            amparo note list
            ```

            Notice: on a terminal it is shown on another screen, which leaves nothing behind when it closes.

            ### Delete the loose file
            ```console
            rm notes-pier.txt
            ```

            Notice: "rm" takes the name away, not always the content; lesson 9 is about that. It is better if the file never exists.

            ### See what a thief sees, and lock
            ```console
            amparo practice attacker thief
            amparo close
            ```

            Notice: of your words the vault's file holds none. What does show: that you use Amparo, the size, when, and everything you left outside.

            ## Checks

            - note: there is a note with the tag "pier" that speaks of the watchman
            - tag: that note has the tag "source" too
            - plain: notes-pier.txt does not lie loose in the folder any more
            - locked: the vault is locked

            ## To talk about

            - Where are your notes of three years ago today?
            - Which names should not appear even inside the vault? How would you write them?
            - At what moment of the day is "amparo close" worth typing?

            ## Three questions

            ### Your laptop is stolen with the vault locked. What does the thief know?

            - The titles, but not the text
            + That you use Amparo, the vault's size and when you used it
            - Nothing at all

            Titles, tags, dates and how many notes there are: all of it is sealed. The file itself is seen.

            ### What does "amparo close" do?

            - It tells your contacts
            - It deletes the notes
            + It locks the vault at once and tells nobody

            It is no panic button: nobody is called. That is what check-ins are for, lesson 12.

            ### Why is it better to type the title when asked, and not in the command?

            + Because what you type on the line may stay in the terminal's history
            - Because it is faster
            - Because accents do not fit into a command

            The history is a file in clear outside the vault.

            ## If you keep VeraCrypt, KeePassXC or Signal

            - A VeraCrypt volume holds notes too, but once open all of it is open, and the programs that edit leave copies outside.
            - KeePassXC is for passwords: its notes have no search and no large files.
            - Signal's "Note to Self" stays on the telephone: set disappearing messages, or keep sources out of it.

            ## For the trainer

            - The thief is the moment that convinces: put it on the projector and let them count the zero.
            - Whoever loses the id: "amparo note list".
            - Machines without the system's keyring ask for the passphrase each time: use "amparo shell".
            - Answers: size and date; it locks and tells nobody; the history.

            """#
    private static let lesson04Spanish =
        #"""
            # 4. Apuntes que nadie más lee

            - 30 minutos · nivel básico
            - Ten a la mano: nada; todo está en la carpeta de práctica
            - SaferJourno v2: capítulo 5, proteger materiales

            ## Qué resuelve

            - Escribir, etiquetar, encontrar y cerrar apuntes sin que una palabra toque el disco en claro.
            - Saber qué ve exactamente quien se lleve tu equipo.

            ## Qué no resuelve

            - No protege de quien tenga la bóveda abierta enfrente, ni de un programa espía.
            - El archivo de la bóveda existe y se ve: su tamaño y cuándo se usó por última vez.

            ## Por qué

            El velador del muelle 7 pidió que no saliera su nombre. Inés lo anotó en un archivo de texto «mientras tanto», y el mientras tanto duró tres años y dos laptops. Un apunte que nace en la bóveda no tiene mientras tanto.

            Una etiqueta cuesta dos segundos y ahorra buscar entre trescientos apuntes la noche antes de publicar.

            ## Pasos

            ### Mete la entrevista a la bóveda
            ```console
            amparo note new --title "Entrevista en el muelle" --tag muelle < apuntes-muelle.txt
            ```

            Fíjate: sin el «<» se abre un editor que escribe directo en la bóveda. Así conviene escribir lo nuevo: sin archivo que borrar después.

            ### Encuéntrala por una palabra de adentro
            ```console
            amparo note find velador
            ```

            Fíjate: busca en títulos, etiquetas y texto. ID es el número con el que empieza el renglón.

            ### Ponle otra etiqueta y léela
            ```console
            amparo note tag ID fuente
            amparo note show ID
            amparo note list
            ```

            Fíjate: en una terminal se muestra en otra pantalla, que no deja rastro al cerrarse.

            ### Borra el archivo suelto
            ```console
            rm apuntes-muelle.txt
            ```

            Fíjate: «rm» quita el nombre, no siempre el contenido; la lección 9 trata de eso. Por eso conviene que el archivo nunca exista.

            ### Mira lo que ve un ladrón, y cierra
            ```console
            amparo practice attacker thief
            amparo close
            ```

            Fíjate: de tus palabras, en el archivo de la bóveda hay cero. Lo que sí ve: que usas Amparo, el tamaño, cuándo, y todo lo que dejaste fuera.

            ## Comprobaciones

            - note: hay un apunte con la etiqueta «muelle» que habla del velador
            - tag: ese apunte tiene también la etiqueta «fuente»
            - plain: apuntes-muelle.txt ya no está suelto en la carpeta
            - locked: la bóveda está cerrada

            ## Para conversar

            - ¿Dónde están hoy tus apuntes de hace tres años?
            - ¿Qué nombres no deberían aparecer ni dentro de la bóveda? ¿Cómo los escribirías?
            - ¿En qué momento del día conviene escribir «amparo close»?

            ## Tres preguntas

            ### Te roban la laptop con la bóveda cerrada. ¿Qué sabe el ladrón?

            - Los títulos, pero no el texto
            + Que usas Amparo, el tamaño de la bóveda y cuándo la usaste
            - Nada de nada

            Títulos, etiquetas, fechas y cuántos apuntes son: todo está sellado. El archivo mismo se ve.

            ### ¿Qué hace «amparo close»?

            - Avisa a tus contactos
            - Borra los apuntes
            + Cierra la bóveda en el acto, sin avisar a nadie

            No es un botón de pánico: no llama a nadie. Para eso son los reportes, lección 12.

            ### ¿Por qué conviene escribir el título cuando lo pregunta y no en el comando?

            + Porque lo que escribes en la línea puede quedar en el historial de la terminal
            - Porque es más rápido
            - Porque en el comando no caben acentos

            El historial es un archivo en claro fuera de la bóveda.

            ## Si ya usas VeraCrypt, KeePassXC o Signal

            - Un volumen de VeraCrypt también sirve para apuntes, pero abierto está todo abierto, y los programas que editan dejan copias fuera.
            - KeePassXC es para contraseñas: sus notas no tienen búsqueda ni archivos grandes.
            - «Nota personal» de Signal queda en el teléfono: pon mensajes temporales o no la uses para fuentes.

            ## Para quien da el taller

            - El momento que convence es el del ladrón: proyéctalo y deja que cuenten el cero.
            - Si alguien pierde el identificador: «amparo note list».
            - En equipos sin llavero del sistema pide la frase en cada comando: usa «amparo shell».
            - Respuestas: tamaño y fecha; cierra sin avisar; el historial.

            """#
}
