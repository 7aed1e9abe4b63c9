// swift-format-ignore-file
// Written by Tools/embed_lessons.py from Lessons/01-risk/{en,es}.md: change the texts there.
internal import Wording

extension Course {
    static let lesson01 = Text(en: lesson01English, es: lesson01Spanish)

    private static let lesson01English =
        #"""
            # 1. Know your risk

            - 20 minutes · basic level
            - Have ready: an invented case in your head; no paper
            - SaferJourno v2: chapter 1, risk

            ## What it solves

            - It says where to begin: what to protect first, from whom, and five things that can be done this week.
            - It keeps you from spending your strength on the unlikely while the likely stays open.

            ## What it does not solve

            - It predicts nothing and does not measure your courage. It is a working list and it ages: repeat it every three months and before each difficult assignment.
            - It does not know your town: it asks what is common and proposes what is common. Somebody you trust knows more.
            - A list of risks is itself delicate. That is why it stays neither on paper nor in a loose file.

            ## Why

            Nobody can protect everything. Inés, a reporter of La Marea, worried about being spied on from abroad; what happened to her colleague was that his laptop was stolen on the bus, unencrypted and with the names of his sources. What is likely and harmful comes first.

            Four questions are enough: what I protect, from whom, how likely it is, what harm it would do. The fifth is the one that counts: what I do on Monday.

            ## Steps

            ### Look at Inés's list, which she made by hand
            ```console
            cat risk.txt
            ```

            Notice: three lines say what she protects, from whom and what is likely; five say what she will do. A good action has a verb and a date; "be more careful" is no action.

            ### Answer the questions, for Inés or for an invented case of yours
            ```terminal
            amparo risk
            ```

            Notice: there are about thirty, answered with numbers. Enter leaves one open, "b" goes back, and "q" keeps everything and leaves; later the same command goes on where you were. Nobody else sees the answers: they lie in the vault.

            ### Read your five actions, and put them into the vault
            ```console
            amparo risk --plan
            amparo risk --plan | amparo note new --title "My five actions" --tag risk
            ```

            Notice: each action says why it came out, with which command it begins and in which lesson it is. The second command gives back a long number: it is the note's id, and its first four digits are enough. To have them on paper: amparo risk --plan -o page.html.

            ### See that you find them, and delete the loose list
            ```console
            amparo note find "five things"
            rm risk.txt
            ```

            Notice: the search does not mind accents or capitals. The file is gone from the folder; what counts is in the vault.

            ## Checks

            - answers: you answered twenty questions of amparo risk or more
            - actions: a note with the tag "risk" holds the five actions that follow from your answers
            - plain: risk.txt does not lie loose in the folder any more

            ## To talk about

            - What of the things you carry would harm somebody else, and not you?
            - Which adversary comes up again in the room? What could be done together?
            - Which risk do you accept knowingly, and why?

            ## Three questions

            ### What comes first on the list?

            - What is most frightening
            + What is likely and would do harm
            - What is in the news

            Fear points at the spectacular; likelihood times harm points at what needs attention.

            ### Which of these is an action?

            - To be more careful with files
            - To think of my sources
            + On Monday I move my notes into the vault and destroy the paper copy

            It has a verb, a thing and a date: on Monday you can tell whether it was done.

            ### When is this exercise repeated?

            + Every three months and before a difficult assignment
            - Once in a lifetime
            - Only after an attack

            Topics, people and devices change; an old list protects from what was before.

            ## If you keep VeraCrypt, KeePassXC or Signal

            - Use them in your list: "Action 2: change the password of my KeePassXC database" is a good action.
            - A list kept in a VeraCrypt volume is fine; what matters is that it does not lie loose.

            ## For the trainer

            - The questions take about ten minutes; whoever does not finish leaves with "q", and the page is made from what was answered (twenty are needed).
            - Let them work on an invented case: nobody should tell her true risks to the room.
            - Somebody may remember something painful. Say at the beginning that one may leave without a word, and have the number of a support network at hand.
            - The page is a place to begin, not a verdict: let everybody replace an action by one they know better, and put a date to it.
            - Answers: the likely and harmful; the one with a date; every three months.

            """#
    private static let lesson01Spanish =
        #"""
            # 1. Conoce tu riesgo

            - 20 minutos · nivel básico
            - Ten a la mano: un caso inventado en la cabeza; nada de papel
            - SaferJourno v2: capítulo 1, riesgo

            ## Qué resuelve

            - Te dice por dónde empezar: qué cuidar primero, de quién, y cinco cosas que puedes hacer esta semana.
            - Evita gastar fuerzas en lo improbable mientras queda abierto lo probable.

            ## Qué no resuelve

            - No predice qué va a pasar ni mide tu valor. Es una lista de trabajo y envejece: se repite cada tres meses y antes de cada cobertura difícil.
            - No conoce tu pueblo: pregunta lo común y propone lo común. Alguien de tu confianza sabe más.
            - Una lista de riesgos es ella misma delicada. Por eso no se queda en papel ni en un archivo suelto.

            ## Por qué

            Nadie puede cuidarlo todo. A Inés, reportera de La Marea, le preocupaba que la espiaran desde el extranjero; lo que le pasó a su compañero fue que le robaron la laptop en el camión, sin cifrar y con los nombres de sus fuentes. Lo probable y dañino va primero.

            Cuatro preguntas bastan: qué cuido, de quién, qué tan probable es, qué daño haría. La quinta es la que cuenta: qué hago el lunes.

            ## Pasos

            ### Mira la lista de Inés, que hizo a mano
            ```console
            cat riesgo.txt
            ```

            Fíjate: tres renglones dicen qué cuida, de quién y qué es probable; cinco dicen qué va a hacer. Una acción buena tiene verbo y fecha; «tener más cuidado» no es una acción.

            ### Responde las preguntas, por Inés o por un caso inventado tuyo
            ```terminal
            amparo risk
            ```

            Fíjate: son unas treinta y se contestan con números. Con Enter dejas una abierta, con «a» regresas y con «q» guardas y sales; después, el mismo comando sigue donde ibas. Nadie más ve las respuestas: quedan en la bóveda.

            ### Lee tus cinco acciones y guárdalas en la bóveda
            ```console
            amparo risk --plan
            amparo risk --plan | amparo note new --title "Mis cinco acciones" --tag riesgo
            ```

            Fíjate: cada acción dice por qué salió, con qué comando empieza y en qué lección está. El segundo comando devuelve un número largo: es el identificador del apunte y bastan sus primeras cuatro cifras. Para tenerlas en papel: amparo risk --plan -o hoja.html.

            ### Comprueba que las encuentras y borra la lista suelta
            ```console
            amparo note find "cinco cosas"
            rm riesgo.txt
            ```

            Fíjate: la búsqueda no distingue acentos ni mayúsculas. El archivo ya no está en la carpeta; lo que vale está en la bóveda.

            ## Comprobaciones

            - answers: respondiste veinte preguntas o más de amparo risk
            - actions: un apunte con la etiqueta «riesgo» tiene las cinco acciones que salen de tus respuestas
            - plain: riesgo.txt ya no está suelto en la carpeta

            ## Para conversar

            - ¿Qué de lo que cargas le haría daño a otra persona, y no a ti?
            - ¿Qué adversario se repite en la sala? ¿Qué pueden hacer juntas?
            - ¿Qué riesgo aceptas a sabiendas, y por qué?

            ## Tres preguntas

            ### ¿Qué va primero en la lista?

            - Lo que da más miedo
            + Lo que es probable y haría daño
            - Lo que sale en las noticias

            El miedo señala lo espectacular; la probabilidad por el daño señala lo que conviene atender.

            ### ¿Cuál de estas es una acción?

            - Ser más cuidadosa con los archivos
            - Pensar en mis fuentes
            + El lunes paso mis apuntes a la bóveda y destruyo la copia en papel

            Tiene verbo, cosa y fecha: el lunes puedes saber si la hiciste.

            ### ¿Cuándo se repite este ejercicio?

            + Cada tres meses y antes de una cobertura difícil
            - Una vez en la vida
            - Solo después de una agresión

            Cambian los temas, la gente y los equipos; una lista vieja protege de lo de antes.

            ## Si ya usas VeraCrypt, KeePassXC o Signal

            - Úsalos en tu lista: «Acción 2: cambiar la contraseña de mi base de KeePassXC» es una buena acción.
            - Si guardas la lista en un volumen de VeraCrypt está bien; lo que importa es que no quede suelta.

            ## Para quien da el taller

            - Las preguntas toman unos diez minutos; quien no acabe sale con «q» y su hoja se hace con lo que respondió (hacen falta veinte).
            - Que trabajen con un caso inventado: nadie debe contar sus riesgos verdaderos frente a la sala.
            - Alguien puede recordar algo doloroso. Di al principio que se puede salir sin explicar, y ten a la mano el número de una red de apoyo.
            - La hoja es un punto de partida, no un dictamen: que cada quien cambie una acción por otra que conozca mejor, y le ponga fecha.
            - Respuestas: lo probable y dañino; la que tiene fecha; cada tres meses.

            """#
}
