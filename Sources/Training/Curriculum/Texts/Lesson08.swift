// swift-format-ignore-file
// Written by Tools/embed_lessons.py from Lessons/08-backup/{en,es}.md: change the texts there.
internal import Wording

extension Course {
    static let lesson08 = Text(en: lesson08English, es: lesson08Spanish)

    private static let lesson08English =
        #"""
            # 8. Backup and recovery

            - 30 minutes · middle level
            - Have ready: the folder usb, and laptop-2, which stands for a new machine
            - SaferJourno v2: chapter 5, protecting materials

            ## What it solves

            - That a theft, a fall or a lapse of memory does not take your notes.
            - To share a key among colleagues so that none of them has it alone.
            - To know that the backup is good, because you restored it.

            ## What it does not solve

            - An old copy opens for ever with the phrase it had: changing it today does not close it.
            - What you wrote after the copy is not in it.

            ## Why

            Inés had a backup. She learnt that it was empty on the day her laptop was stolen. A backup that nobody has restored is a hope.

            And there is another lapse: the phrase. The twelve recovery words on paper, in another house, open the vault when memory fails. Where a single paper is frightening, the key is split: two shares of three bring it back, one tells nothing.

            ## Steps

            ### Copy the vault onto the stick
            ```console
            amparo vault backup usb
            amparo vault check
            ```

            Notice: the copy is read back and compared. It is as closed as the vault.

            ### Restore it on another machine, as if this one had been stolen
            ```console
            amparo --home laptop-2 vault restore usb/vault.db
            amparo --home laptop-2 note list
            ```

            Notice: it asks for the same phrase. There are the notes. This is a tested backup.

            ### Split your key in three
            ```console
            mkdir shares
            amparo key split --threshold 2 --shares 3 -o shares
            ls shares
            ```

            Notice: each share says how many are needed and nothing of the key. In life each goes on paper to another house.

            ### Put it together with two, as if one were missing
            ```console
            amparo key combine shares/share-1.txt shares/share-3.txt -o key-again.age
            ```

            Notice: it shows the public key that comes out, for you to compare. The private one is in a file closed with a phrase that you type now.

            ## Checks

            - copy: the copy in usb is whole and opens with your passphrase
            - restored: the vault restored in laptop-2 opens and has the same notes
            - shares: two of the shares give your key back

            ## To talk about

            - Which three people would have your shares? Do they know each other? Should they?
            - Where is today the only copy of something you care about?
            - How often, and on which fixed day, will you copy?

            ## Three questions

            ### When can you say that you have a backup?

            - When the program said "copied"
            + When you restored it elsewhere and read something
            - When it is in the cloud

            Everything else is supposing.

            ### You have one share of three and two are needed. What do you know of the key?

            + Nothing
            - Half of it
            - A third of it

            It is no piece: with fewer than are needed there is no information.

            ### You change the phrase because somebody saw it. What about yesterday's copy?

            - It closes with the new one
            - It does not open any more
            + It still opens with the old phrase

            That is why afterwards the vault is rewritten and every copy replaced.

            ## If you keep VeraCrypt, KeePassXC or Signal

            - Back up the header of the VeraCrypt volume: if it is damaged, not even the password opens it.
            - Copy KeePassXC's .kdbx file to two places and open one of the copies once a month.
            - Signal does not back up by itself: turn it on and write its key down elsewhere, or accept losing the messages.

            ## For the trainer

            - Let them really restore: it is the one thing in this lesson that changes habits.
            - With the shares, play that one person "does not come". Let them combine the other two.
            - Careful with leaving two shares on one stick: in the workshop it is practice, say so.
            - Answers: restored and read; nothing; with the old one.

            """#
    private static let lesson08Spanish =
        #"""
            # 8. Respaldo y recuperación

            - 30 minutos · nivel medio
            - Ten a la mano: la carpeta usb, y laptop-2, que hace de equipo nuevo
            - SaferJourno v2: capítulo 5, proteger materiales

            ## Qué resuelve

            - Que un robo, un golpe o un olvido no se lleve tus apuntes.
            - Repartir una llave entre colegas para que ninguna la tenga sola.
            - Saber que el respaldo sirve, porque lo restauraste.

            ## Qué no resuelve

            - Una copia vieja se abre siempre con la frase que tenía: cambiarla hoy no la cierra.
            - Lo que escribiste después de la copia no está en ella.

            ## Por qué

            Inés tenía respaldo. Se enteró de que estaba vacío el día que le robaron la laptop. Un respaldo que nadie ha restaurado es una esperanza.

            Y hay otro olvido: la frase. Las doce palabras de recuperación en papel, en otra casa, abren la bóveda cuando la memoria falla. Si el papel solo da miedo, la llave se parte: con dos de tres partes vuelve, con una no se sabe nada.

            ## Pasos

            ### Copia la bóveda a la USB
            ```console
            amparo vault backup usb
            amparo vault check
            ```

            Fíjate: la copia se relee y se compara. Está tan cerrada como la bóveda.

            ### Restáurala en otro equipo, como si te hubieran robado este
            ```console
            amparo --home laptop-2 vault restore usb/vault.db
            amparo --home laptop-2 note list
            ```

            Fíjate: pide la misma frase. Ahí están los apuntes. Esto es un respaldo probado.

            ### Parte tu llave en tres
            ```console
            mkdir partes
            amparo key split --threshold 2 --shares 3 -o partes
            ls partes
            ```

            Fíjate: cada parte dice cuántas hacen falta y no dice nada de la llave. En la vida real cada una va en papel a otra casa.

            ### Júntala con dos, como si faltara una
            ```console
            amparo key combine partes/share-1.txt partes/share-3.txt -o llave-de-vuelta.age
            ```

            Fíjate: muestra la llave pública que sale, para que la compares. La privada queda en un archivo cerrado con una frase que escribes ahora.

            ## Comprobaciones

            - copy: la copia en usb está completa y se abre con tu frase de contraseña
            - restored: la bóveda restaurada en laptop-2 se abre y tiene los mismos apuntes
            - shares: dos de las partes dan otra vez tu llave

            ## Para conversar

            - ¿Quiénes tres tendrían tus partes? ¿Se conocen entre sí? ¿Conviene?
            - ¿Dónde está hoy la única copia de algo que te importa?
            - ¿Cada cuánto, y qué día fijo, vas a copiar?

            ## Tres preguntas

            ### ¿Cuándo puedes decir que tienes respaldo?

            - Cuando el programa dijo «copiada»
            + Cuando lo restauraste en otro lado y leíste algo
            - Cuando está en la nube

            Lo demás es suponer.

            ### Tienes una parte de tres y hacen falta dos. ¿Qué sabes de la llave?

            + Nada
            - La mitad
            - Un tercio

            No es un pedazo: con menos de las necesarias no hay información.

            ### Cambias la frase porque alguien la vio. ¿Qué pasa con la copia de ayer?

            - Se cierra con la nueva
            - Deja de abrir
            + Se sigue abriendo con la frase vieja

            Por eso después de cambiarla se reescribe la bóveda y se sustituyen todas las copias.

            ## Si ya usas VeraCrypt, KeePassXC o Signal

            - Respalda el encabezado del volumen de VeraCrypt: si se daña, ni la contraseña lo abre.
            - De KeePassXC copia el archivo .kdbx a dos lugares y abre una de las copias una vez al mes.
            - Signal no respalda solo: actívalo y anota su clave aparte, o acepta perder los mensajes.

            ## Para quien da el taller

            - Que restauren de verdad: es lo único de la lección que cambia costumbres.
            - Con las partes, juega a que una persona «no llega». Que junten con las otras dos.
            - Cuidado con dejar dos partes en la misma USB: en el taller es práctica, dilo.
            - Respuestas: restaurado y leído; nada; con la vieja.

            """#
}
