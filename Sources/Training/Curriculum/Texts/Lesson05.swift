// swift-format-ignore-file
// Written by Tools/embed_lessons.py from Lessons/05-files/{en,es}.md: change the texts there.
internal import Wording

extension Course {
    static let lesson05 = Text(en: lesson05English, es: lesson05Spanish)

    private static let lesson05English =
        #"""
            # 5. Files and folders

            - 30 minutes · basic level
            - Have ready: the folders usb and cloud of the practice, which stand for a stick and for a cloud service
            - SaferJourno v2: chapter 5, protecting materials

            ## What it solves

            - To encrypt a file or folder for yourself, for a colleague, for a USB stick and for the cloud.
            - To see, before sending it, what the encrypted file tells a stranger.

            ## What it does not solve

            - It does not delete the original by itself, nor the copies that you sent in clear before.
            - Who has the key and opens it can pass it on: it cannot be taken back.

            ## Why

            Beto sent his photos by mail "because mail has a password". Mail is read by Beto's server, by Laura's, and by whoever gets into either. A file encrypted for Laura's key may pass through all of them, and only Laura opens it.

            If you forget to include yourself, you do not open it either. That is why there are almost always two: she and "me".

            ## Steps

            ### Encrypt a document for yourself
            ```console
            amparo encrypt -r me -o contract.txt.age documents/contract.txt
            ```

            Notice: the original is still there. Amparo never deletes unless you ask.

            ### Encrypt the folder for Laura and for yourself
            ```console
            amparo encrypt -r laura -r me -o for-laura.age documents
            amparo decrypt -o copy for-laura.age
            ls copy
            ```

            Notice: the whole folder is one file. Opened, it comes out in a new folder, whole or not at all.

            ### Fill the USB stick without telling how much there is
            ```console
            amparo encrypt -r me --pad -o usb/backup.age documents
            ```

            Notice: "--pad" rounds the size up, so that nobody guesses what it is by its weight.

            ### Put files into the cloud without names
            ```console
            amparo encrypt -r me --each --hide-name -o cloud documents/contract.txt documents/invoice.txt
            ls cloud
            ```

            Notice: the names are numbers. "contract-pier-7.pdf.age", encrypted, tells already what it is about.

            ### See what the file tells, and open what Laura sent you
            ```console
            amparo inspect for-laura.age
            amparo decrypt -o letter.txt for-ines.txt.age
            cat letter.txt
            ```

            Notice: it says how many keys open it and the exact size, not whose they are. It also tells you that nobody signed the letter: that it opens does not say who sent it.

            ## Checks

            - own: contract.txt.age opens with your key
            - both: for-laura.age opens with your key and with Laura's
            - usb: the folder usb holds encrypted files only, and they open with your key
            - cloud: the folder cloud holds encrypted files only, with names that say nothing

            ## To talk about

            - What did you send in clear this month that you would encrypt today?
            - What do the names of your files tell? And the hour at which you send them?
            - Who else in the newsroom has to open this when you are not there?

            ## Three questions

            ### You encrypted a file for Laura alone. Who opens it?

            - Laura and you
            + Only Laura
            - Anybody with Amparo

            That is why Amparo warns when "me" is missing.

            ### What does the cloud service see?

            + How many files, their size and when they came
            - The content, but not the names
            - Nothing

            Size and hour tell things too; "--pad" hides the exact size.

            ### The USB stick is lost. What do you do?

            - Nothing, it is encrypted
            - Change the stick's password
            + Write it in the inventory, and look at what else was on it

            What is encrypted is safe; what was once in clear on that stick is not.

            ## If you keep VeraCrypt, KeePassXC or Signal

            - VeraCrypt closes the whole stick and is fine for you alone; to send something to somebody else you would have to tell her the password. Here her public key is enough.
            - Over Signal you can send the file encrypted already: then it stays closed on both telephones.
            - Whoever gets it does not need Amparo: the format is age. "--letter" adds instructions.

            ## For the trainer

            - The drawing that helps: a mailbox with a slot (public key) and the key to the mailbox (private).
            - Common mistake: wanting to decrypt in the cloud. One decrypts on the machine, in a folder of its own, and deletes it.
            - A certain question: "and if I lose my key?" Lesson 8.
            - Answers: only Laura; how many, size and hour; inventory.

            """#
    private static let lesson05Spanish =
        #"""
            # 5. Archivos y carpetas

            - 30 minutos · nivel básico
            - Ten a la mano: las carpetas usb y nube de la práctica, que hacen de memoria y de servicio en la nube
            - SaferJourno v2: capítulo 5, proteger materiales

            ## Qué resuelve

            - Cifrar un archivo o una carpeta para ti, para una colega, para una memoria USB y para la nube.
            - Ver antes de mandarlo qué le cuenta el archivo cifrado a un extraño.

            ## Qué no resuelve

            - No borra el original por sí solo ni las copias que ya mandaste en claro.
            - Quien tiene la llave y lo abre puede reenviarlo: no se le quita después.

            ## Por qué

            Beto mandaba sus fotos por correo «porque el correo tiene contraseña». El correo lo leen el servidor de Beto, el de Laura y quien entre a cualquiera de los dos. Un archivo cifrado para la llave de Laura puede pasar por todos ellos y solo Laura lo abre.

            Si te olvidas de incluirte, tampoco tú lo abres. Por eso casi siempre van dos: ella y «me».

            ## Pasos

            ### Cifra un documento para ti
            ```console
            amparo encrypt -r me -o contrato.txt.age documentos/contrato.txt
            ```

            Fíjate: el original sigue ahí. Amparo nunca borra sin que lo pidas.

            ### Cifra la carpeta para Laura y para ti
            ```console
            amparo encrypt -r laura -r me -o para-laura.age documentos
            amparo decrypt -o copia para-laura.age
            ls copia
            ```

            Fíjate: la carpeta entera es un archivo. Al abrirla sale en una carpeta nueva, completa o nada.

            ### Llena la memoria USB sin decir cuánto pesa
            ```console
            amparo encrypt -r me --pad -o usb/respaldo.age documentos
            ```

            Fíjate: «--pad» redondea el tamaño, para que no se adivine qué es por lo que pesa.

            ### Sube a la nube sin nombres
            ```console
            amparo encrypt -r me --each --hide-name -o nube documentos/contrato.txt documentos/factura.txt
            ls nube
            ```

            Fíjate: los nombres son números. «contrato-muelle-7.pdf.age» cifrado ya cuenta de qué trata.

            ### Mira qué cuenta el archivo y abre lo que te mandó Laura
            ```console
            amparo inspect para-laura.age
            amparo decrypt -o carta.txt para-ines.txt.age
            cat carta.txt
            ```

            Fíjate: dice cuántas llaves lo abren y el tamaño exacto, no de quién son. También te avisa que nadie firmó la carta: que abra no dice quién la mandó.

            ## Comprobaciones

            - own: contrato.txt.age se abre con tu llave
            - both: para-laura.age se abre con tu llave y con la de Laura
            - usb: en la carpeta usb solo hay archivos cifrados, y se abren con tu llave
            - cloud: en la carpeta nube solo hay archivos cifrados, con nombres que no dicen nada

            ## Para conversar

            - ¿Qué mandaste en claro este mes que hoy mandarías cifrado?
            - ¿Qué cuenta el nombre de tus archivos? ¿Y la hora a la que los mandas?
            - ¿Quién más de la redacción necesita abrir esto si tú no estás?

            ## Tres preguntas

            ### Cifraste un archivo solo para Laura. ¿Quién lo abre?

            - Laura y tú
            + Solo Laura
            - Cualquiera con Amparo

            Por eso Amparo avisa cuando falta «me».

            ### ¿Qué ve el servicio de la nube?

            + Cuántos archivos, su tamaño y cuándo llegaron
            - El contenido, pero no los nombres
            - Nada

            El tamaño y la hora también cuentan cosas; «--pad» esconde el tamaño exacto.

            ### La memoria USB se perdió. ¿Qué haces?

            - Nada, está cifrada
            - Cambiar la contraseña de la memoria
            + Anotarlo en el inventario y revisar qué más había en ella

            Lo cifrado está a salvo; lo que alguna vez estuvo en claro en esa memoria, no.

            ## Si ya usas VeraCrypt, KeePassXC o Signal

            - VeraCrypt cierra la memoria entera y está bien para ti sola; para mandarle algo a otra persona habría que decirle la contraseña. Aquí basta su llave pública.
            - Por Signal puedes mandar el archivo ya cifrado: así sigue cerrado en los dos teléfonos.
            - Quien reciba no necesita Amparo: el formato es age. «--letter» agrega instrucciones.

            ## Para quien da el taller

            - El dibujo que ayuda: un buzón con ranura (llave pública) y la llave del buzón (privada).
            - Error común: querer descifrar en la nube. Se descifra en el equipo, en una carpeta aparte, y se borra.
            - Pregunta segura: «¿y si pierdo mi llave?». Lección 8.
            - Respuestas: solo Laura; cuántos, tamaño y hora; inventario.

            """#
}
