// swift-format-ignore-file
// Written by Tools/embed_lessons.py from Lessons/02-passphrases/{en,es}.md: change the texts there.
internal import Wording

extension Course {
    static let lesson02 = Text(en: lesson02English, es: lesson02Spanish)

    private static let lesson02English =
        #"""
            # 2. Passphrases

            - 20 minutes · basic level
            - Have ready: paper to learn it from, and a way to destroy it
            - SaferJourno v2: chapter 2, accounts

            ## What it solves

            - A phrase that no machine guesses and that you remember.
            - To say, in numbers, how strong the one is that you have.

            ## What it does not solve

            - It does not help against somebody who sees you type it, spyware on your machine, or somebody who makes you tell it.
            - A strong phrase used in ten places is worth as much as the weakest of the ten.

            ## Why

            Whoever guesses does not type: a machine tries millions a second, and begins with what people choose. "Veracruz2024!" falls in minutes, exclamation mark and all. Six words drawn by lot were chosen by nobody, so there is nowhere to begin.

            What gets forgotten is the phrase that was not rehearsed. Five times today, once tomorrow and once in a week, and it stays.

            ## Steps

            ### Draw a phrase and read how many bits it has
            ```console
            amparo passphrase
            amparo passphrase --words 4
            ```

            Notice: six words give about 70 bits; four are too few for a vault. Each bit doubles the work of whoever guesses.

            ### Rehearse it until it comes from memory
            ```terminal
            amparo passphrase --rehearse
            ```

            Notice: first you see it, then only the initials, then nothing, and at last after a pause. Copy yours on paper while you learn it.

            ### Encrypt a message with that phrase, without keys or contacts
            ```console
            amparo encrypt -p -o message.txt.age message.txt
            amparo inspect message.txt.age
            rm message.txt
            ```

            Notice: nothing is shown while you type, not even asterisks. "inspect" says that a passphrase opens it, and not which one.

            ### Ask for the check: it wants the phrase without your seeing it
            ```terminal
            amparo lesson check 2
            ```

            Notice: type from memory. If it does not open, nothing is lost: rehearse again and encrypt anew.

            ## Checks

            - sealed: message.txt.age is encrypted with a passphrase
            - memory: you open it with the phrase that you type from memory
            - strong: the phrase is strong
            - plain: message.txt does not lie loose in the folder any more

            ## To talk about

            - What does everybody do with passwords today? Without judging: almost everyone repeats them.
            - Where does the paper live while you learn it? And when is it destroyed?
            - Who else would have to get in if something happens to you? (Lesson 8.)

            ## Three questions

            ### Why six words by lot and not a line from a song?

            - Because songs are short
            + Because the song is in the lists of whoever guesses, and chance is not
            - Because words by lot are prettier

            What somebody else has written is in a list already.

            ### Your phrase has 70 bits and you add a word. What happens?

            + Guessing it costs thousands of times more
            - It costs a little more
            - Nothing, it was safe already

            Each word of the list adds about twelve bits: two to the twelfth, some four thousand times more.

            ### What does no phrase help against?

            - Somebody who copies the file
            - Somebody who guesses with a thousand computers
            + Somebody who films you typing it

            That is why one types with one's back to the wall and away from cameras.

            ## If you keep VeraCrypt, KeePassXC or Signal

            - KeePassXC is good for everyday passwords. Its master phrase and that of your vault are learnt: do not keep each inside the other with no way out.
            - In VeraCrypt use a phrase of six words; a key file does not replace it.
            - In Signal set a PIN and turn registration lock on: that is another thing, and needed too.

            ## For the trainer

            - Nobody says her phrase aloud, not even the practice one: it becomes a habit.
            - Have small sheets to copy on and a shredder or water; at the end they are destroyed before everybody.
            - The most common mistake: choosing "better" words among several draws. Choosing takes chance away.
            - Answers: chance is in no list; thousands of times; somebody who films you.

            """#
    private static let lesson02Spanish =
        #"""
            # 2. Frases de contraseña

            - 20 minutos · nivel básico
            - Ten a la mano: papel para aprenderla y forma de destruirlo
            - SaferJourno v2: capítulo 2, cuentas

            ## Qué resuelve

            - Una frase que ninguna máquina adivina y que tú sí recuerdas.
            - Saber decir, con números, qué tan fuerte es la que ya tienes.

            ## Qué no resuelve

            - No sirve contra quien te ve escribirla, contra un programa espía en tu equipo ni contra quien te obliga a decirla.
            - Una frase fuerte repetida en diez lugares vale lo que valga el más débil de los diez.

            ## Por qué

            Quien adivina no teclea: deja una máquina probando millones por segundo, y empieza por lo que la gente escoge. «Veracruz2024!» cae en minutos, con todo y signo. Seis palabras sacadas al azar no las escogió nadie, y por eso no hay por dónde empezar.

            Lo que se olvida es la frase que no se ensayó. Cinco repeticiones hoy, una mañana y una en ocho días, y se queda.

            ## Pasos

            ### Saca una frase y lee cuántos bits tiene
            ```console
            amparo passphrase
            amparo passphrase --words 4
            ```

            Fíjate: seis palabras dan unos 70 bits; cuatro se quedan cortas para una bóveda. Cada bit duplica el trabajo de quien adivina.

            ### Ensáyala hasta que salga de memoria
            ```terminal
            amparo passphrase --rehearse
            ```

            Fíjate: primero la ves, luego solo las iniciales, luego nada, y al final después de una pausa. Copia la tuya en papel mientras la aprendes.

            ### Cifra un recado con esa frase, sin llaves ni contactos
            ```console
            amparo encrypt -p -o recado.txt.age recado.txt
            amparo inspect recado.txt.age
            rm recado.txt
            ```

            Fíjate: al escribirla no se ve nada, ni asteriscos. «inspect» dice que se abre con una frase de contraseña y no dice cuál.

            ### Pide la revisión: te la va a preguntar sin que la veas
            ```terminal
            amparo lesson check 2
            ```

            Fíjate: escribe de memoria. Si no abre, no pasa nada: ensaya otra vez y cifra de nuevo.

            ## Comprobaciones

            - sealed: recado.txt.age está cifrado con una frase de contraseña
            - memory: lo abres con la frase que escribes de memoria
            - strong: la frase es fuerte
            - plain: recado.txt ya no está suelto en la carpeta

            ## Para conversar

            - ¿Qué hace hoy cada quien con sus contraseñas? Sin juzgar: casi todas las personas repiten.
            - ¿Dónde vive el papel mientras la aprendes? ¿Y cuándo se destruye?
            - ¿Quién más tendría que poder entrar si a ti te pasa algo? (Lección 8.)

            ## Tres preguntas

            ### ¿Por qué seis palabras al azar y no una frase de una canción?

            - Porque las canciones son cortas
            + Porque la canción está en las listas de quien adivina y el azar no
            - Porque las palabras al azar son más bonitas

            Lo que otra persona escribió ya está en una lista.

            ### Tu frase tiene 70 bits y agregas una palabra. ¿Qué pasa?

            + Adivinarla cuesta miles de veces más
            - Cuesta un poco más
            - Nada, ya era segura

            Cada palabra de la lista suma unos doce bits: dos a la doce, unas cuatro mil veces más.

            ### ¿Contra qué no ayuda ninguna frase?

            - Contra quien copia el archivo
            - Contra quien adivina con mil computadoras
            + Contra quien te graba al escribirla

            Por eso se escribe de espaldas a la pared y lejos de cámaras.

            ## Si ya usas VeraCrypt, KeePassXC o Signal

            - KeePassXC sirve para las contraseñas de todos los días. Su frase maestra y la de tu bóveda se aprenden: no se guardan una dentro de la otra sin salida.
            - En VeraCrypt usa una frase de seis palabras; un archivo llave no la sustituye.
            - En Signal pon un PIN y activa el bloqueo de registro: es otra cosa y también hace falta.

            ## Para quien da el taller

            - Nadie dice su frase en voz alta, tampoco la de práctica: se vuelve costumbre.
            - Ten listas hojas chicas para copiar y una trituradora o agua; al final se destruyen frente a todas.
            - El error más común: escoger «mejores» palabras entre varias sacadas. Escoger quita azar.
            - Respuestas: el azar no está en listas; miles de veces; quien te graba.

            """#
}
