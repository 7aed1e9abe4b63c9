// swift-format-ignore-file
// Written by Tools/embed_lessons.py from Lessons/11-pressure/{en,es}.md: change the texts there.
internal import Wording

extension Course {
    static let lesson11 = Text(en: lesson11English, es: lesson11Spanish)

    private static let lesson11English =
        #"""
            # 11. Under pressure

            - 40 minutes · advanced level
            - Have ready: two practice passphrases, the one you have and another; Laura's is "frase de practica para laura"
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

            It is the same with check-ins: where there is one code only, whoever forces you asks for it and all seems well. With two you choose which one you dictate, and your people understand.

            ## Steps

            ### Make a plan with two codes
            ```console
            amparo checkin plan new checkpoint --every 24h --grace 1h --zone America/Mexico_City --place Veracruz --alias "Inés (PRACTICE)" --tier 0m:abogada --duress --yes
            ```

            Notice: the first says that you are well; the second, that somebody forces you. They look alike on purpose. Copy them: they are not shown again.

            ### Hand it over to Laura, so that her machine watches
            ```console
            amparo checkin plan hand-over checkpoint --to laura -o checkpoint.age
            ```
            ```terminal
            amparo --home ../laura watch add checkpoint.age
            ```

            Notice: in life you bring it on a stick and she takes it on her machine; here you play both parts. On a plan that only your machine watches the second code is of no use: whoever has it unlocked could tell the two apart.

            ### Call her and dictate the second one, as if somebody forced you
            ```terminal
            amparo --home ../laura watch checkin checkpoint
            ```
            ```console
            amparo practice clock --skip 5m
            amparo --home ../laura watch status
            amparo practice inbox abogada
            ```

            Notice: nothing looks different on the screen, neither on yours nor on Laura's. The last lines are what the lawyer received: you are under duress, and she must not call you.

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

            - handed: Laura watches over a plan that has a duress code
            - told: the lawyer has heard that Inés is under duress
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
            - Let them agree aloud on what whoever receives that alert does: whom she calls, whom not, and what she does not publish. Without that the second code is of no use.
            - Answers: stay alive; where it is an offence; you.

            """#
    private static let lesson11Spanish =
        #"""
            # 11. Bajo amenaza

            - 40 minutos · nivel avanzado
            - Ten a la mano: dos frases de contraseña de práctica, la que ya tienes y otra; la de Laura es «frase de practica para laura»
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

            Con los reportes pasa igual: si solo hay un código, quien te obliga lo pide y todo parece en orden. Con dos, tú eliges cuál dictas, y tu gente entiende.

            ## Pasos

            ### Haz un plan con dos códigos
            ```console
            amparo checkin plan new reten --every 24h --grace 1h --zone America/Mexico_City --place Veracruz --alias "Inés (PRÁCTICA)" --tier 0m:abogada --duress --yes
            ```

            Fíjate: el primero dice que estás bien; el segundo, que alguien te obliga. Se parecen a propósito. Cópialos: no se vuelven a mostrar.

            ### Entrégaselo a Laura, para que vigile su equipo
            ```console
            amparo checkin plan hand-over reten --to laura -o reten.age
            ```
            ```terminal
            amparo --home ../laura watch add reten.age
            ```

            Fíjate: en la vida se lo llevas en una USB y ella lo acepta en su equipo; aquí haces las dos partes. En un plan que solo vigila tu equipo no sirve el segundo código: quien lo tenga abierto podría distinguirlos.

            ### Llámale y díctale el segundo, como si alguien te obligara
            ```terminal
            amparo --home ../laura watch checkin reten
            ```
            ```console
            amparo practice clock --skip 5m
            amparo --home ../laura watch status
            amparo practice inbox abogada
            ```

            Fíjate: en la pantalla nada se ve distinto, ni en la tuya ni en la de Laura. Lo último es lo que recibió la abogada: estás bajo amenaza, y no debe llamarte.

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

            - handed: Laura vigila un plan que tiene código bajo amenaza
            - told: a la abogada le llegó que Inés está bajo amenaza
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
            - Que acuerden en voz alta qué hace quien recibe esa alerta: a quién llama, a quién no, y qué no publica. Sin ese acuerdo el segundo código no sirve.
            - Respuestas: seguir viva; donde sea delito; tú.

            """#
}
