// swift-format-ignore-file
// Written by Tools/embed_lessons.py from Lessons/11-pressure/{en,es}.md: change the texts there.
internal import Wording

extension Course {
    static let lesson11 = Text(en: lesson11English, es: lesson11Spanish)

    private static let lesson11English =
        #"""
            # 11. Under pressure

            - 30 minutes · advanced level
            - Have ready: two practice passphrases, the one you have and another
            - SaferJourno v2: chapter 3, devices

            ## What it solves

            - To have something to show when you are made to open the vault, without showing all of it.
            - To know what to agree on beforehand with your contact, for the day when somebody makes you speak.

            ## What it does not solve

            - It does not protect your body. If your life is at stake, open: no note is worth that.
            - It does not deceive those who already know what you wrote, nor those who compare two copies of the vault carefully and know about this.
            - It is no good if the part that you show is empty, or nobody would believe it.

            ## Why

            Whoever forces you does not guess: they ask, and expect to see something. A vault that opens with one phrase and shows true and harmless notes (things to do, published stories) answers the question. What is delicate lies in a compartment with another phrase, and takes the place of the noise that every vault carries.

            This is decided calmly, tried out and then forgotten about. Improvised with somebody standing there, it goes wrong.

            ## Steps

            ### Leave credible notes in sight
            ```console
            amparo note new --title "Published stories" --tag work < statement.txt
            amparo note list
            ```

            Notice: what is shown has to be yours, recent and boring.

            ### Make a compartment with another phrase
            ```terminal
            amparo vault compartment add
            ```

            Notice: first it says its limits and asks for a yes. Then it asks for a new phrase. Note it in your memory only.

            ### Close everything, go in with the other phrase and keep the interview there
            ```terminal
            amparo close
            amparo note new --title "Interview at the pier" < notes-pier.txt
            amparo close
            ```

            Notice: the same command, another phrase, another vault. Each phrase shows only its own, and does not say that there is more.

            ### Check through both doors
            ```terminal
            amparo note list
            amparo lesson check 11
            ```

            Notice: with the first phrase the interview does not appear. The check asks for the second.

            ## Checks

            - outer: there are three notes or more in sight
            - hidden: the other phrase opens a compartment that keeps at least one note
            - apart: what is in the compartment is not seen from outside

            ## To talk about

            - In which situation is it better to open everything from the start?
            - Whom do you put at risk by hiding something?
            - Which ordinary word, said on the telephone, would tell your contact that you are not alone?

            ## Three questions

            ### A gun is pointed at you and they want the phrase. What do you do?

            - You give the one to show and lie
            + Whatever keeps you alive; no note is worth that
            - You refuse

            This tool is for pressure, not for violence. You decide in the moment, and nobody will reproach you.

            ### When is a hidden compartment not to be used?

            + When hiding is an offence where you are, or whoever asks knows already what there is
            - When there is a lot of information
            - Never, it is always a good idea

            In some countries refusing or hiding is already the problem. Ask a lawyer beforehand.

            ### What gives a compartment away?

            - The size of the file
            - A sign in the program
            + You: a visible part that is empty, old, or never used

            The file always carries noise; what does not fit is the story.

            ## If you keep VeraCrypt, KeePassXC or Signal

            - VeraCrypt has hidden volumes: it is the same idea with the same limits. If you use one, read how to keep the outer from overwriting the hidden.
            - Signal has nothing like it: there the delicate had better disappear by itself.

            ## For the trainer

            - Do not give it to a group that did not ask for it. No acting out of threats: the agreed words are rehearsed without theatre.
            - Say the limits before the technique, and again at the end.
            - The duress code of check-ins needs a relay or a hand-over; on a plan that only this machine watches there is none, and it is better to know.
            - Answers: stay alive; where it is an offence; you.

            """#
    private static let lesson11Spanish =
        #"""
            # 11. Bajo amenaza

            - 30 minutos · nivel avanzado
            - Ten a la mano: dos frases de contraseña de práctica, la que ya tienes y otra
            - SaferJourno v2: capítulo 3, equipos

            ## Qué resuelve

            - Tener algo que enseñar cuando te obligan a abrir la bóveda, sin enseñarlo todo.
            - Saber qué cosas acordar antes con tu contacto, para el día en que alguien te obligue a hablar.

            ## Qué no resuelve

            - No protege tu cuerpo. Si tu vida está en juego, abre: ningún apunte vale eso.
            - No engaña a quien ya sabe lo que escribiste, ni a quien compara dos copias de la bóveda con cuidado y sabe de esto.
            - No sirve si la parte que enseñas está vacía o nadie la creería.

            ## Por qué

            Quien obliga no adivina: pregunta, y espera ver algo. Una bóveda que se abre con una frase y enseña apuntes verdaderos y sin riesgo (pendientes, notas publicadas) responde la pregunta. Lo delicado está en un compartimento con otra frase, y ocupa el lugar del relleno que toda bóveda trae.

            Esto se decide en frío, se prueba y se olvida que está. Improvisarlo con alguien enfrente sale mal.

            ## Pasos

            ### Deja a la vista apuntes creíbles
            ```console
            amparo note new --title "Notas publicadas" --tag trabajo < comunicado.txt
            amparo note list
            ```

            Fíjate: lo que se enseña debe ser tuyo, reciente y aburrido.

            ### Haz un compartimento con otra frase
            ```terminal
            amparo vault compartment add
            ```

            Fíjate: primero dice sus límites y pide un sí. Después pregunta una frase nueva. Apúntala solo en tu memoria.

            ### Ciérralo todo, entra con la otra frase y guarda ahí la entrevista
            ```terminal
            amparo close
            amparo note new --title "Entrevista en el muelle" < apuntes-muelle.txt
            amparo close
            ```

            Fíjate: la misma orden, otra frase, otra bóveda. Cada frase enseña solo lo suyo, y no dice que hay más.

            ### Comprueba desde las dos puertas
            ```terminal
            amparo note list
            amparo lesson check 11
            ```

            Fíjate: con la primera frase no aparece la entrevista. La revisión te pide la segunda.

            ## Comprobaciones

            - outer: a la vista hay tres apuntes o más
            - hidden: con la otra frase se abre un compartimento que guarda al menos un apunte
            - apart: lo que está en el compartimento no se ve desde afuera

            ## Para conversar

            - ¿En qué situación es mejor abrir todo desde el principio?
            - ¿A quién pone en riesgo que tú escondas algo?
            - ¿Qué palabra común, dicha por teléfono, le diría a tu contacto que no estás sola?

            ## Tres preguntas

            ### Te apuntan con un arma y piden la frase. ¿Qué haces?

            - Das la del compartimento de enseñar y mientes
            + Lo que te mantenga viva; ningún apunte vale eso
            - Te niegas

            Esta herramienta es para presiones, no para violencia. Tú decides en el momento, y nadie te lo va a reprochar.

            ### ¿Cuándo no hay que usar un compartimento oculto?

            + Cuando esconder es delito donde estás, o quien pregunta ya sabe qué hay
            - Cuando hay mucha información
            - Nunca, siempre conviene

            En algunos países negarse o esconder ya es el problema. Pregúntale antes a una abogada.

            ### ¿Qué delata a un compartimento?

            - El tamaño del archivo
            - Un letrero en el programa
            + Tú: una parte visible vacía, vieja, o que no usas nunca

            El archivo siempre trae relleno; lo que no cuadra es la historia.

            ## Si ya usas VeraCrypt, KeePassXC o Signal

            - VeraCrypt tiene volúmenes ocultos: es la misma idea y los mismos límites. Si lo usas, lee cómo evitar que el exterior pise al oculto.
            - En Signal no hay nada parecido: ahí conviene que lo delicado desaparezca solo.

            ## Para quien da el taller

            - No la des a un grupo que no la pidió. No hagas actuaciones con amenazas: el acuerdo con palabras se ensaya sin teatro.
            - Di los límites antes que la técnica, y repítelos al final.
            - El código bajo amenaza de los reportes necesita un relevo o un encargo; en un plan que vigila solo este equipo no existe, y es mejor saberlo.
            - Respuestas: seguir viva; donde sea delito; tú.

            """#
}
