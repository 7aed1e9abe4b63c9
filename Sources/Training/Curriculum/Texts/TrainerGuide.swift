// swift-format-ignore-file
// Written by Tools/embed_lessons.py from Docs/curriculum/{en,es}/trainer-guide.md: change the texts there.
internal import Wording

extension Course {
    static let guide = Text(en: guideEnglish, es: guideSpanish)

    private static let guideEnglish =
        #"""
            # Trainer's guide

            For whoever is going to teach Amparo to a group of journalists, with or without internet, in an afternoon or in two days. The
            lessons are inside the program: `amparo lesson show 4 --trainer` shows a whole one, with the notes for you.

            ## Before you accept

            - Who invites, and who will learn who came? If the answer is uncomfortable, change the place or the invitation.
            - Is somebody in immediate danger? A workshop is no place for that: pass on the contact of an organisation and go along.
            - Ask what they use already. Nobody has to leave VeraCrypt, KeePassXC or Signal; each lesson says how they live together.
            - Less is more: three lessons practised are worth more than nine projected.

            ## Risks of the workshop itself

            - A list of participants is a list of targets. Make none. For expenses the organisation keeps its own, locked, and deletes it.
            - Nobody publishes photos of the room. Say so at the start, and again before the photo that somebody will want to take.
            - Lent machines keep what is typed into them. That is why everything is practised on invented people.
            - The USB sticks that you hand out come back or are given away new; they do not go from hand to hand with files on them.
            - Talking of attacks stirs things up. Warn beforehand, say that one may leave without a word, and have somebody who goes along.
            - What is told in the room stays in the room. Ask for that agreement aloud.

            ## Preparation

            ### A week before

            - Do the lessons that you will give, in practice, on the oldest machine you can find.
            - Print handouts, agenda and quizzes. If you print outside, print something else with them.
            - Check the telephone numbers of the region's organisations and of the Protection Mechanism. They change.
            - Have two spare USB sticks and a long extension lead.

            ### The workshop's stick

            - `amparo workshop kit /media/usb/amparo --participants 20 --lang en` writes a folder with the program, `start.sh`, cards, pages and
              agendas. Try it on one of the machines that will be used: `sh start.sh`, in that folder.
            - It runs on 64-bit Linux and live sticks, without a network and without an administrator, also where the stick is mounted so that
              no program starts from it. What was measured stands in "How reliability is tested", in the documentation.
            - When all is over, `sh start.sh --remove` takes the copy off the machine, with the practice in it.

            ### An hour before

            - Try the projector with `amparo practice start` and large letters. Close mail and messages on your machine.
            - Write the practice passphrase on the board, `frase de practica para ines`, and Laura's for lessons 11 and 13:
              `frase de practica para laura`. Let them see that they guard nothing.
            - Place the tables so that nobody has a screen behind her back.

            ## How a lesson is given

            1. Say what it solves and what it does not, in that order and without fear. Two minutes.
            2. Tell the case. It is invented, and better than a true one: nobody has to remember it.
            3. Let them do the steps. Walk about, do not explain from the front. Who has finished helps who has not.
            4. Run the check: `amparo lesson check`. What is missing is said by the program, not by you.
            5. Talk over the lesson's questions. It is the better half of the time.
            6. Three questions, by show of hands or on the screen: `amparo lesson quiz 4`.

            If something fails on one machine, let that person work in a pair and mend it in the break. Do not hold the group up.

            ## Practice and its clock

            `amparo practice start` opens the practice world; `amparo practice end` deletes it, after saying what goes. Inside nothing real is
            opened and nothing leaves the machine. Outside everything stays as it is in the other windows.

            For lesson 12 use the clock. `amparo practice clock --speed 360` makes a day last four minutes: put it on the projector and let
            them see it come. `--skip 26h` does it in seconds. The scenarios tell a story and move the clock:

            | scenario | what happens | to talk about |
            | --- | --- | --- |
            | `late` | she missed the hour, the grace is half over | what the grace is for |
            | `phone-dead` | no battery; the first person is told | what Laura does in the first ten minutes |
            | `relay-down` | the watcher was off for three hours | why the alert asks first |
            | `checkpoint` | arrested; the whole list is told | what is in the hands of whoever arrested her |
            | `duress` | somebody looks on while she types | which ordinary word to agree on; the second code, in lesson 11 |

            At the end `amparo practice scenario --timeline` tells it again with its hours, and `amparo practice inbox laura` shows on the
            projector what has reached Laura.

            ## What is always asked

            - **And if I forget the phrase?** The twelve recovery words on paper, in another house (lesson 8). Without phrase and words nobody
              opens it, not even we.
            - **Is it illegal?** Encryption is legal in Mexico. In other countries and at borders that changes: ask a lawyer beforehand.
            - **And if they force me?** Nothing is worth more than your life. Lesson 11 says what can be done and what not; do not give it in a hurry.
            - **Does it work on the telephone or on Windows?** The program runs on Linux. The files it makes are opened by any age program.
            - **Why not WhatsApp?** Use it, if you use it already. This is for what should not stay on a telephone.

            ## How to know whether it was of use

            The same quiz before and after: `amparo lesson quiz`, one question from each lesson. The answers are not kept and do not leave the
            machine; if everybody agrees, each writes her total on a paper without a name. Compare totals, not people.

            A better sign: how many checks were passed, and what they will do on Monday. Let them write it down for themselves.

            ## Afterwards

            ### After two weeks

            A call or a short message: did you rehearse the phrase? Did you make the backup and restore it? What was in your way? Note what is
            in the way, not whose.

            ### After two months

            An hour with the group: a drill of a check-in with whoever would really get the alert. That is when it turns out who does not answer at night.

            ### After six months

            Repeat lesson 1. Topics and people have changed. Look at the copies: let everybody restore hers once.

            ## If something goes wrong in the room

            - Somebody typed something real into the practice: let her say so without shame, `amparo practice end`, and explain that the disk may
              keep it for a while.
            - Somebody recognises an attack under way: stop the practice with her, not before everybody. Let her delete nothing yet.
            - The light or the projector fails: the printed sheets are enough for lessons 1, 2 and 13.

            """#
    private static let guideSpanish =
        #"""
            # Guía para quien da el taller

            Para quien va a enseñar Amparo a un grupo de periodistas, con o sin internet, en una tarde o en dos días. Las lecciones están
            dentro del programa: `amparo lesson show 4 --trainer` muestra una completa, con las notas para ti.

            ## Antes de aceptar

            - ¿Quién convoca, y quién se va a enterar de quiénes asistieron? Si la respuesta incomoda, cambia el lugar o la convocatoria.
            - ¿Hay alguien en riesgo inmediato? Eso no se atiende en un taller: pasa el contacto de una organización y acompaña.
            - Pregunta qué usan ya. Nadie tiene que dejar VeraCrypt, KeePassXC o Signal; cada lección dice cómo conviven.
            - Menos es más: tres lecciones practicadas valen más que nueve proyectadas.

            ## Riesgos del propio taller

            - Una lista de asistentes es una lista de blancos. No la hagas. Para los viáticos, la organización lleva la suya, cerrada, y la borra.
            - Nadie publica fotos de la sala. Dilo al empezar y otra vez antes de la foto que alguien va a querer tomar.
            - Los equipos prestados se quedan con lo que se escribe en ellos. Por eso todo se practica con personas inventadas.
            - Las memorias USB que repartes se regresan o se regalan nuevas; no pasan de mano en mano con archivos dentro.
            - Hablar de agresiones remueve cosas. Avisa antes, di que se puede salir sin explicar, y ten a alguien que acompañe.
            - Lo que se cuenta en la sala se queda en la sala. Pide un acuerdo en voz alta.

            ## Preparación

            ### Una semana antes

            - Haz tú las lecciones que vas a dar, en la práctica, en el equipo más viejo que encuentres.
            - Imprime las hojas, la agenda y los cuestionarios. Si imprimes fuera, imprime también cualquier otra cosa.
            - Comprueba los teléfonos de las organizaciones de la región y del Mecanismo de Protección. Cambian.
            - Ten dos memorias USB de más y una extensión eléctrica larga.

            ### La memoria del taller

            - `amparo workshop kit /media/usb/amparo --participants 20 --lang es` escribe una carpeta con el programa, `start.sh`, tarjetas, hojas
              y agendas. Pruébala en uno de los equipos que van a usar: `sh start.sh`, dentro de la carpeta.
            - Corre en Linux de 64 bits y en memorias vivas, sin red y sin permisos de administración, también si la memoria se monta de modo
              que en ella no corren programas. Lo que se ha medido está en «Cómo se prueba que es fiable», en la documentación.
            - Al terminar, `sh start.sh --remove` quita la copia del equipo, con la práctica que tenga.

            ### Una hora antes

            - Prueba el proyector con `amparo practice start` y letra grande. Cierra el correo y los mensajes de tu equipo.
            - Escribe en el pizarrón la frase de contraseña de práctica, `frase de practica para ines`, y la de Laura para las lecciones 11 y 13:
              `frase de practica para laura`. Que se vea que no guardan nada.
            - Pon las mesas de modo que nadie tenga una pantalla a la espalda.

            ## Cómo se da una lección

            1. Di qué resuelve y qué no, en ese orden y sin miedo. Dos minutos.
            2. Cuenta el caso. Es inventado, y es mejor que uno verdadero: nadie tiene que recordarlo.
            3. Deja que hagan los pasos. Camina, no expliques desde el frente. Quien acaba ayuda a quien no.
            4. Corran la revisión: `amparo lesson check`. Lo que falta lo dice el programa, no tú.
            5. Conversen con las preguntas de la lección. Es la mitad del tiempo que vale.
            6. Tres preguntas, con la mano o en la pantalla: `amparo lesson quiz 4`.

            Si algo falla en un equipo, que esa persona trabaje en pareja y lo arreglas en el descanso. No detengas al grupo.

            ## La práctica y su reloj

            `amparo practice start` abre el mundo de práctica; `amparo practice end` lo borra, diciendo antes qué se va. Adentro nada verdadero se
            abre y nada sale del equipo. Afuera todo sigue igual en las otras ventanas.

            Para la lección 12 usa el reloj. `amparo practice clock --speed 360` hace que un día dure cuatro minutos: ponlo en el proyector y
            deja que lo vean llegar. `--skip 26h` lo hace en segundos. Los escenarios cuentan una historia y mueven el reloj:

            | escenario | qué pasa | para hablar de |
            | --- | --- | --- |
            | `late` | se le pasó la hora, va a media tolerancia | para qué sirve la tolerancia |
            | `phone-dead` | sin pila; se avisa a la primera persona | qué hace Laura en los primeros diez minutos |
            | `relay-down` | el vigilante estuvo apagado tres horas | por qué la alerta primero pregunta |
            | `checkpoint` | detenida; se avisa a toda la lista | qué tiene en la mano quien la detuvo |
            | `duress` | alguien mira mientras escribe | qué palabra común acordar; el segundo código, en la lección 11 |

            Al final, `amparo practice scenario --timeline` lo cuenta otra vez con sus horas, y `amparo practice inbox laura` muestra en el
            proyector lo que a Laura le llegó.

            ## Lo que preguntan siempre

            - **¿Y si olvido la frase?** Las doce palabras de recuperación en papel, en otra casa (lección 8). Sin frase y sin palabras nadie lo
              abre, tampoco nosotros.
            - **¿Es ilegal?** Cifrar es legal en México. En otros países y en las fronteras cambia: pregunta antes a una abogada.
            - **¿Y si me obligan?** Nada vale más que tu vida. La lección 11 dice qué se puede y qué no; no la des sin tiempo.
            - **¿Sirve en el celular o en Windows?** El programa corre en Linux. Los archivos que hace los abre cualquier programa de age.
            - **¿Por qué no WhatsApp?** Úsenlo, si ya lo usan. Esto es para lo que no debe quedar en un teléfono.

            ## Cómo saber si sirvió

            El mismo cuestionario antes y después: `amparo lesson quiz`, una pregunta de cada lección. Las respuestas no se guardan ni salen
            del equipo; si todas están de acuerdo, cada quien anota su total en un papel sin nombre. Compara totales, no personas.

            Mejor señal: cuántas revisiones pasaron, y qué van a hacer el lunes. Que lo escriban para ellas.

            ## Después

            ### A las dos semanas

            Una llamada o un mensaje corto: ¿ensayaste la frase?, ¿hiciste el respaldo y lo restauraste?, ¿qué te estorbó? Anota lo que estorba,
            no a quién.

            ### A los dos meses

            Una hora en grupo: un simulacro de reporte con quien de veras recibiría la alerta. Es cuando se descubre quién no contesta de noche.

            ### A los seis meses

            Repitan la lección 1. Cambiaron los temas y la gente. Revisen copias: que cada quien restaure la suya una vez.

            ## Si algo sale mal en la sala

            - Alguien escribió algo verdadero en la práctica: que lo diga sin pena, `amparo practice end`, y expliquen que el disco puede
              guardarlo un tiempo.
            - Alguien reconoce un ataque en curso: detén la práctica con ella, no frente a todas. Que no borre nada todavía.
            - Se va la luz o el proyector: las hojas impresas alcanzan para las lecciones 1, 2 y 13.

            """#
}
