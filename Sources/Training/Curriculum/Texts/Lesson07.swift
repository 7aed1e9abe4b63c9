// swift-format-ignore-file
// Written by Tools/embed_lessons.py from Lessons/07-proof/{en,es}.md: change the texts there.
internal import Wording

extension Course {
    static let lesson07 = Text(en: lesson07English, es: lesson07Spanish)

    private static let lesson07English =
        #"""
            # 7. Proof

            - 25 minutes · middle level
            - Have ready: the photo and the statements in the practice folder
            - SaferJourno v2: chapter 5, protecting materials

            ## What it solves

            - To show that a file is yours and has not changed since you signed it.
            - To know whether a statement that reaches you is from whom it says.
            - To keep a photo so that you can show its chain of custody later.

            ## What it does not solve

            - It does not prove when a photo was taken, or by whom, or that what is seen on it is true.
            - An old signature stays good for ever: it does not say that its author still agrees.

            ## Why

            Two days before the election a statement "of La Marea" went round that withdrew the report on the pier. It was the same file with one line changed. Whoever could verify the signature knew in ten seconds; the other newsrooms took a day.

            With photos it is the other way round: nobody forges them, they say that you forged them. A hash noted down the same day is the answer.

            ## Steps

            ### Sign the photo and verify your signature
            ```console
            amparo sign photo-pier.jpg --comment "pier 7"
            amparo verify photo-pier.jpg
            ```

            Notice: the signature goes into another file, beside the photo; the photo is not touched. The comment is signed as well.

            ### Verify Laura's statement
            ```console
            amparo verify statement.txt --from laura
            ```

            Notice: it says that nobody has compared Laura's key. The signature is good for that key; that it is hers you know from lesson 6.

            ### Verify the one that goes round
            ```console 4
            amparo verify statement-altered.txt --from laura
            ```

            Notice: it does not hold, code 4. The file changed or it is not her signature; either way it is not used.

            ### Put the photo into the vault with its note
            ```console
            echo "Photo of the gate, taken by the watchman, who gave it to me by hand" | amparo note new --title "Photo of the pier" --tag custody
            amparo note attach ID photo-pier.jpg
            ```

            Notice: the vault notes the hash and the hour at which it came in.

            ### Take out a file with its signed list
            ```console
            amparo note export --signed -o evidence ID
            ls evidence
            ```

            Notice: SHA256SUMS is the list, SHA256SUMS.minisig your signature on it, custody.csv the table. Anybody can check it with common tools.

            ## Checks

            - signed: photo-pier.jpg has a signature of yours that holds
            - custody: there is a note "custody" with the photo in it
            - evidence: the folder evidence carries a list signed by you, and the list matches the files

            ## To talk about

            - Which material of yours will be called false?
            - Who should have your public key before it is needed?
            - When is it better to sign nothing?

            ## Three questions

            ### The signature of a photo is good. What is known?

            - That the photo is true
            + That these are exactly the bytes that were signed with that key
            - That it was taken that day

            Neither the truth nor the date is in the signature.

            ### Somebody saves the photo again with another program. What about the signature?

            + It does not hold any more
            - It still holds, it looks the same
            - It holds by half

            The file is signed, not what is seen. That is why the original is kept untouched.

            ### What gives your signature value for another newsroom?

            - The program you made it with
            - That it is long
            + That they have your key already, compared before

            A key that comes together with the file proves nothing.

            ## If you keep VeraCrypt, KeePassXC or Signal

            - None of them signs files. Sending a file over Signal tells its receiver whom it came from, who cannot show that to anybody else.
            - The signatures are minisign's: that program verifies them too.

            ## For the trainer

            - Show both statements printed, and let them look for the difference before they verify.
            - The word "proof" confuses: insist on what it proves and what not.
            - A signature also binds: whoever signs cannot deny it later. Talk about that.
            - Answers: exactly those bytes; it does not hold; the key from before.

            """#
    private static let lesson07Spanish =
        #"""
            # 7. Firmas y pruebas

            - 25 minutos · nivel medio
            - Ten a la mano: la foto y los comunicados de la carpeta de práctica
            - SaferJourno v2: capítulo 5, proteger materiales

            ## Qué resuelve

            - Demostrar que un archivo es el tuyo y que no cambió desde que lo firmaste.
            - Saber si un comunicado que te llega es de quien dice.
            - Guardar una foto de manera que después puedas mostrar su cadena de custodia.

            ## Qué no resuelve

            - No prueba cuándo se tomó una foto, ni quién la tomó, ni que lo que se ve sea cierto.
            - Una firma vieja sigue valiendo siempre: no dice que su autora todavía esté de acuerdo.

            ## Por qué

            Dos días antes de la elección circuló un comunicado «de La Marea» que retiraba la nota del muelle. Era el mismo archivo con una línea cambiada. Quien pudo comprobar la firma tardó diez segundos en saberlo; las demás redacciones tardaron un día.

            Con las fotos pasa lo contrario: no las falsifican, dicen que tú las falsificaste. Un hash anotado el mismo día es la respuesta.

            ## Pasos

            ### Firma la foto y comprueba tu firma
            ```console
            amparo sign foto-muelle.jpg --comment "muelle 7"
            amparo verify foto-muelle.jpg
            ```

            Fíjate: la firma va en otro archivo, junto a la foto; la foto no se toca. El comentario también queda firmado.

            ### Comprueba el comunicado de Laura
            ```console
            amparo verify comunicado.txt --from laura
            ```

            Fíjate: dice que la llave de Laura no se ha comparado. La firma es buena para esa llave; que sea de ella lo sabes por la lección 6.

            ### Comprueba el que circula
            ```console 4
            amparo verify comunicado-alterado.txt --from laura
            ```

            Fíjate: no vale, código 4. Cambió el archivo o no es su firma; en los dos casos no se usa.

            ### Mete la foto a la bóveda con su apunte
            ```console
            echo "Foto de la entrada, la tomó el velador, me la dio en mano" | amparo note new --title "Foto del muelle" --tag custodia
            amparo note attach ID foto-muelle.jpg
            ```

            Fíjate: la bóveda anota el hash y la hora en que entró.

            ### Saca un expediente con su lista firmada
            ```console
            amparo note export --signed -o evidencia ID
            ls evidencia
            ```

            Fíjate: SHA256SUMS es la lista, SHA256SUMS.minisig tu firma sobre ella, custody.csv la tabla. Cualquiera lo comprueba con herramientas comunes.

            ## Comprobaciones

            - signed: foto-muelle.jpg tiene una firma tuya que vale
            - custody: hay un apunte «custodia» con la foto dentro
            - evidence: la carpeta evidencia lleva una lista firmada por ti, y la lista coincide con los archivos

            ## Para conversar

            - ¿Qué material tuyo van a decir que es falso?
            - ¿Quién debe tener tu llave pública antes de que haga falta?
            - ¿Cuándo es mejor no firmar nada?

            ## Tres preguntas

            ### La firma de una foto es buena. ¿Qué se sabe?

            - Que la foto es verdadera
            + Que son exactamente los bytes que se firmaron con esa llave
            - Que se tomó ese día

            Ni la verdad ni la fecha están en la firma.

            ### Alguien vuelve a guardar la foto con otro programa. ¿Qué pasa con la firma?

            + Deja de valer
            - Sigue valiendo, se ve igual
            - Vale la mitad

            Se firma el archivo, no lo que se ve. Por eso el original se guarda intacto.

            ### ¿Qué le da valor a tu firma ante otra redacción?

            - El programa con que la hiciste
            - Que sea larga
            + Que ya tengan tu llave, comparada antes

            Una llave que llega junto con el archivo no prueba nada.

            ## Si ya usas VeraCrypt, KeePassXC o Signal

            - Ninguno firma archivos. Mandar un archivo por Signal dice de quién vino a quien lo recibe, y no se lo puede demostrar a nadie más.
            - Las firmas son de minisign: se comprueban también con ese programa.

            ## Para quien da el taller

            - Enseña los dos comunicados impresos y pide encontrar la diferencia antes de comprobar.
            - La palabra «prueba» confunde: insiste en qué prueba y qué no.
            - Una firma también amarra: quien firma no puede negar después. Háblenlo.
            - Respuestas: exactamente esos bytes; deja de valer; la llave de antes.

            """#
}
