// swift-format-ignore-file
// Written by Tools/embed_lessons.py from Lessons/06-keys/{en,es}.md: change the texts there.
internal import Wording

extension Course {
    static let lesson06 = Text(en: lesson06English, es: lesson06Spanish)

    private static let lesson06English =
        #"""
            # 6. Keys and people

            - 30 minutes · basic level
            - Have ready: a telephone to compare words by voice
            - SaferJourno v2: chapter 6, safer communications

            ## What it solves

            - To give your key, take somebody else's, and know that it is really theirs.
            - To recognise the moment when somebody tries to put another key in between.

            ## What it does not solve

            - It does not say what the other person does with what you send, nor whether their machine is clean.
            - It does not hide that you write to each other: whoever runs the mail sees that.

            ## Why

            A public key is not secret; that is why anybody can send you one and say it is Laura's. If you use it, everything you send "to Laura" is opened by somebody else. Nothing has to be broken: it is enough that nobody compares.

            Comparing is six words read aloud, once, with a voice you know and on a number that you had before.

            ## Steps

            ### Make your card to give to somebody
            ```console
            amparo contact card --name "Inés Camacho" -o usb/ines.card
            cat usb/ines.card
            ```

            Notice: nothing in it is secret. But whoever finds it learns that you use this.

            ### Add Beto with his
            ```console
            amparo contact add --card beto.card
            amparo contact list
            ```

            Notice: it says that the key is not verified. A file came; you do not know yet from whom.

            ### Compare the six words by voice
            ```console
            amparo contact verify beto
            amparo contact verify beto --yes
            ```

            Notice: in life there is a call between one command and the next. In pairs: one reads, the other compares, then the other way round. The words are the same on both machines, in English and in Spanish.

            ### Somebody sends another card "of Laura's"
            ```console 6
            amparo contact add laura --card laura-new.card
            ```

            Notice: it says STOP and ends with code 6. From now on nothing is encrypted for her until you compare. It may be an attack, or Laura has a new machine: only she knows.

            ### You call her: she changed nothing. Go back to the one before
            ```console
            amparo contact verify laura --reject
            amparo contact list
            ```

            Notice: tell Laura too that somebody claimed to be her.

            ## Checks

            - card: usb/ines.card carries your key
            - verified: Beto's key is verified
            - changed: Laura has the key she always had, and not that of the other card

            ## To talk about

            - How would you notice on the telephone that the voice is not hers?
            - Whose keys do you need before you leave for an assignment?
            - What do you do when you cannot call and the file is urgent?

            ## Three questions

            ### What proves that the key is Beto's?

            - That it came from his mail
            - That the card says "Beto"
            + That he read the six words and they were the same

            Mail and name can be written by anybody; the voice, on a number you had before, is another thing.

            ### A message from Laura: "I have a new key, take it". What do you do?

            - You add it, she told you
            + You call her before you use it
            - You answer there to ask

            Whoever puts a key in can answer that message as well.

            ### What happens if somebody steals your card?

            + They know that you use this and can encrypt files for you
            - They can open your files
            - They can sign as you

            The card carries only what is public.

            ## If you keep VeraCrypt, KeePassXC or Signal

            - Signal's "safety number" is the same thing: compared once, in person, and when it changes one asks.
            - Signal is good for reading the six words in a call if you have compared its safety number.
            - KeePassXC can hold your contacts' public keys; they are not secret.

            ## For the trainer

            - Do it in pairs and with noise: let them have to repeat the words.
            - Let the false card come unannounced. The discussion of "and if she really changed it?" is the lesson.
            - Who has only age reads the line age1…; the program shows it.
            - Answers: the voice; call; only what is public.

            """#
    private static let lesson06Spanish =
        #"""
            # 6. Llaves y personas

            - 30 minutos · nivel básico
            - Ten a la mano: un teléfono para comparar palabras de viva voz
            - SaferJourno v2: capítulo 6, comunicaciones más seguras

            ## Qué resuelve

            - Dar tu llave, recibir la de otra persona y saber que de veras es suya.
            - Reconocer el momento en que alguien intenta meter otra llave en medio.

            ## Qué no resuelve

            - No dice qué hace la otra persona con lo que le mandas, ni si su equipo está limpio.
            - No esconde que ustedes se escriben: eso lo ve quien maneja el correo.

            ## Por qué

            Una llave pública no es secreta; por eso cualquiera puede mandarte una y decir que es de Laura. Si la usas, todo lo que mandes «a Laura» lo abre otra persona. No hace falta romper nada: basta con que nadie compare.

            Comparar son seis palabras leídas en voz alta, una vez, con una voz que conoces y por un número que ya tenías.

            ## Pasos

            ### Haz tu tarjeta para dársela a alguien
            ```console
            amparo contact card --name "Inés Camacho" -o usb/ines.card
            cat usb/ines.card
            ```

            Fíjate: no tiene nada secreto. Pero quien la encuentre sabrá que usas esto.

            ### Agrega a Beto con la suya
            ```console
            amparo contact add --card beto.card
            amparo contact list
            ```

            Fíjate: dice «llave sin verificar». Llegó un archivo; todavía no sabes de quién.

            ### Compara las seis palabras de viva voz
            ```console
            amparo contact verify beto
            amparo contact verify beto --yes
            ```

            Fíjate: en la vida real, entre un comando y otro hay una llamada. En pareja: una lee, la otra compara, y luego al revés. Las palabras son las mismas en los dos equipos, en español y en inglés.

            ### Alguien manda otra tarjeta «de Laura»
            ```console 6
            amparo contact add laura --card laura-nueva.card
            ```

            Fíjate: dice ALTO y termina con el código 6. Desde ahora no se cifra nada para ella hasta que compares. Puede ser un ataque, o que Laura cambió de equipo: solo ella lo sabe.

            ### La llamas: ella no cambió nada. Regresa a la de antes
            ```console
            amparo contact verify laura --reject
            amparo contact list
            ```

            Fíjate: avísale también a Laura que alguien se hizo pasar por ella.

            ## Comprobaciones

            - card: usb/ines.card lleva tu llave
            - verified: la llave de Beto quedó verificada
            - changed: Laura tiene la llave de siempre, y no la de la otra tarjeta

            ## Para conversar

            - ¿Cómo te darías cuenta por teléfono de que la voz no es la suya?
            - ¿De quiénes necesitas la llave antes de salir a cubrir?
            - ¿Qué haces si no puedes llamar y el archivo urge?

            ## Tres preguntas

            ### ¿Qué prueba que la llave es de Beto?

            - Que llegó de su correo
            - Que la tarjeta dice «Beto»
            + Que él leyó las seis palabras y eran las mismas

            El correo y el nombre los escribe cualquiera; la voz, en un número que ya tenías, es otra cosa.

            ### Llega un mensaje de Laura: «cambié de llave, toma la nueva». ¿Qué haces?

            - La agregas, ella avisó
            + La llamas antes de usarla
            - Le contestas por ahí mismo para preguntar

            Quien mete una llave también puede contestar ese mensaje.

            ### ¿Qué pasa si alguien roba tu tarjeta?

            + Sabe que usas esto y puede cifrarte archivos
            - Puede abrir tus archivos
            - Puede firmar como tú

            La tarjeta solo lleva lo público.

            ## Si ya usas VeraCrypt, KeePassXC o Signal

            - El «número de seguridad» de Signal es lo mismo: se compara una vez, en persona, y cuando cambia se pregunta.
            - Signal sirve para leer las seis palabras en una llamada si ya comparaste su número de seguridad.
            - KeePassXC puede guardar las llaves públicas de tus contactos; no son secretas.

            ## Para quien da el taller

            - Hazlo en parejas y con ruido: que tengan que repetir las palabras.
            - Deja que llegue la tarjeta falsa sin avisar. La discusión de «¿y si de verdad cambió?» es la lección.
            - Quien tiene solo age lee su línea age1…; el programa la muestra.
            - Respuestas: la voz; llamar; solo lo público.

            """#
}
