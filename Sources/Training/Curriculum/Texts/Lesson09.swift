// swift-format-ignore-file
// Written by Tools/embed_lessons.py from Lessons/09-deleting/{en,es}.md: change the texts there.
internal import Wording

extension Course {
    static let lesson09 = Text(en: lesson09English, es: lesson09Spanish)

    private static let lesson09English =
        #"""
            # 9. Deleting and metadata

            - 25 minutes · middle level
            - Have ready: the photo in the practice folder
            - SaferJourno v2: chapter 5, protecting materials

            ## What it solves

            - To understand why "deleted" is not, and what to do instead.
            - To see what a photo tells besides what it shows.
            - To really get rid of a note inside the vault.

            ## What it does not solve

            - Nothing deletes with certainty from a USB stick, a card or a solid-state disk: they keep copies where programs do not reach.
            - It does not delete what other people have already.

            ## Why

            Deleting takes the name off the list; the content stays until something covers it, and on flash memory that may be years. So the order matters: what is born encrypted need not be deleted; destroy the key and that is that.

            The photo that the watchman sent Inés carried the hour and the place where he stood, and the model of his telephone. Nobody wrote that: the machine did.

            ## Steps

            ### See what the photo has written inside
            ```console
            grep -a -o "PRACTICA\|Invented phone 7\|2026:[0-9: ]*" photo-pier.jpg
            ```

            Notice: maker, model, day and hour. A real photo often carries the place as well.

            ### Keep it encrypted, without its name, and remove the original
            ```console
            amparo encrypt -r me --pad --hide-name --remove-original photo-pier.jpg
            ls
            ```

            Notice: the original is removed only after what was encrypted has been read back and compared. To publish, make a copy without metadata with another tool, and look at that copy.

            ### A source asks to be left out: put the note into the trash
            ```console
            amparo note new --title "Source who asked to leave" --tag leave < message.txt
            amparo note trash ID
            amparo note list
            ```

            Notice: there is a way back from the trash. That is for mistakes, not for sources.

            ### Purge it and rewrite the vault
            ```console
            amparo note purge ID --yes
            amparo vault rewrite --yes
            ```

            Notice: purging hides it for ever; its pieces stay sealed in the file until the vault is rewritten. You get twelve new words: the old ones are no good for this file.

            ## Checks

            - photo: the photo is encrypted and does not lie loose any more
            - gone: the note of the source is not there, not even in the trash
            - rewritten: the vault was rewritten

            ## To talk about

            - What is on your telephone that should not exist any more?
            - Which copies of yesterday's vault are still about?
            - When is deleting right, and when is it destroying evidence?

            ## Three questions

            ### You delete a file from a stick and empty the bin. What is left?

            - Nothing
            + Probably the content, without its name
            - Only the name

            And writing over it on flash memory gives no certainty either.

            ### What is safest for delicate material?

            + That it never exists unencrypted
            - Deleting it three times
            - Giving it another name

            What never lay in clear need not be deleted.

            ### You rewrote the vault. What is missing?

            - Nothing
            - To restart the machine
            + To replace the old copies, which still have it

            Yesterday's copy opens with yesterday's phrase and has the note.

            ## If you keep VeraCrypt, KeePassXC or Signal

            - Deleting inside a VeraCrypt volume does not matter while the volume stays closed: its pieces are encrypted.
            - In Signal disappearing messages delete on both sides, if nobody took a picture.
            - KeePassXC keeps earlier versions of each entry: they are deleted in its history.

            ## For the trainer

            - Warn that destroying may be an offence where there is an investigation, and that a lawyer is asked first.
            - The command for the photo is ugly on purpose: one sees that it is there, without a special tool.
            - Hardest of all: the old copy. Ask them to say aloud where theirs are.
            - Answers: the content; that it never exists in clear; the copies.

            """#
    private static let lesson09Spanish =
        #"""
            # 9. Borrado y metadatos

            - 25 minutos · nivel medio
            - Ten a la mano: la foto de la carpeta de práctica
            - SaferJourno v2: capítulo 5, proteger materiales

            ## Qué resuelve

            - Entender por qué «borrado» no está borrado, y qué hacer en su lugar.
            - Ver qué cuenta una foto además de lo que muestra.
            - Deshacerte de verdad de un apunte dentro de la bóveda.

            ## Qué no resuelve

            - Nada borra con certeza una memoria USB, una tarjeta o un disco de estado sólido: guardan copias donde los programas no llegan.
            - No borra lo que otras personas ya tienen.

            ## Por qué

            Borrar quita el nombre de la lista; el contenido queda hasta que algo lo tape, y en una memoria flash puede quedar años. Por eso el orden importa: lo que nace cifrado no hay que borrarlo; se destruye la llave y listo.

            La foto que el velador le mandó a Inés traía la hora y el lugar donde estaba parado, y el modelo de su teléfono. Nadie lo escribió: lo escribió el aparato.

            ## Pasos

            ### Mira lo que la foto lleva escrito por dentro
            ```console
            grep -a -o "PRACTICA\|Invented phone 7\|2026:[0-9: ]*" foto-muelle.jpg
            ```

            Fíjate: marca, modelo, día y hora. Una foto de verdad suele traer además el lugar.

            ### Guárdala cifrada, sin nombre, y quita la original
            ```console
            amparo encrypt -r me --pad --hide-name --remove-original foto-muelle.jpg
            ls
            ```

            Fíjate: la original se quita solo después de releer y comprobar lo cifrado. Para publicar, haz una copia sin metadatos con otra herramienta y revisa esa copia.

            ### Una fuente pide salir: manda su apunte a la papelera
            ```console
            amparo note new --title "Fuente que pidió salir" --tag salir < recado.txt
            amparo note trash ID
            amparo note list
            ```

            Fíjate: de la papelera se puede volver. Eso es para equivocaciones, no para fuentes.

            ### Púrgalo y reescribe la bóveda
            ```console
            amparo note purge ID --yes
            amparo vault rewrite --yes
            ```

            Fíjate: purgar lo oculta para siempre; sus pedazos siguen sellados en el archivo hasta que la bóveda se reescribe. Te da doce palabras nuevas: las viejas ya no sirven para este archivo.

            ## Comprobaciones

            - photo: la foto está cifrada y ya no está suelta
            - gone: el apunte de la fuente no está, ni en la papelera
            - rewritten: la bóveda se reescribió

            ## Para conversar

            - ¿Qué hay en tu celular que ya no debería existir?
            - ¿Qué copias de la bóveda de ayer siguen por ahí?
            - ¿Cuándo borrar es lo correcto y cuándo es destruir una prueba?

            ## Tres preguntas

            ### Borras un archivo de una USB y vacías la papelera. ¿Qué queda?

            - Nada
            + Probablemente el contenido, sin nombre
            - Solo el nombre

            Y sobrescribirlo en una memoria flash tampoco da certeza.

            ### ¿Qué es lo más seguro para material delicado?

            + Que nunca exista sin cifrar
            - Borrarlo tres veces
            - Cambiarle el nombre

            No hay que borrar lo que nunca estuvo en claro.

            ### Reescribiste la bóveda. ¿Qué falta?

            - Nada
            - Reiniciar el equipo
            + Sustituir las copias viejas, que todavía lo tienen

            Una copia de ayer se abre con la frase de ayer y tiene el apunte.

            ## Si ya usas VeraCrypt, KeePassXC o Signal

            - Borrar dentro de un volumen de VeraCrypt no importa mientras el volumen siga cerrado: sus pedazos están cifrados.
            - En Signal los mensajes temporales borran en los dos lados, si nadie hizo captura.
            - KeePassXC guarda versiones anteriores de cada entrada: se borran en su historial.

            ## Para quien da el taller

            - Advierte que destruir puede ser delito si hay una investigación, y que conviene preguntar antes a una abogada.
            - El comando de la foto es feo a propósito: se ve que está ahí, sin herramienta especial.
            - Lo que más cuesta: la copia vieja. Pide que digan en voz alta dónde están las suyas.
            - Respuestas: el contenido; que nunca exista en claro; las copias.

            """#
}
