package import CommandLineKit
internal import Platform
package import Vault
internal import Wording

extension VaultError: Explainable {
    package var failure: Failure {
        switch self {
        case .notFound:
            Failure(
                .failed,
                Text(en: "there is no vault yet", es: "todavía no hay bóveda"),
                hint: Text(
                    en: "make one: amparo init (or bring yours back: amparo vault restore FILE)",
                    es: "crea una: amparo init (o trae la tuya: amparo vault restore ARCHIVO)"))
        case .alreadyExists:
            Failure(
                .refused,
                Text(
                    en: "there is a vault already, and nothing is overwritten",
                    es: "ya hay una bóveda, y aquí no se sobrescribe nada"),
                hint: Text(
                    en: "use it as it is, or another folder: amparo --home DIR init",
                    es: "úsala como está, o usa otra carpeta: amparo --home CARPETA init"))
        case .notAVault:
            Failure(
                .damaged,
                Text(en: "that file is not a vault", es: "ese archivo no es una bóveda"),
                hint: Text(
                    en: "a vault is a file 'vault.db', or a copy that 'amparo vault backup' made",
                    es: "una bóveda es un archivo «vault.db», o una copia de «amparo vault backup»")
            )
        case .newerFormat(let version):
            Failure(
                .damaged,
                Text(
                    en: "the vault has format \(version), of a newer amparo",
                    es: "la bóveda tiene el formato \(version), de un amparo más nuevo"),
                hint: Text(en: "install the newer one", es: "instala la versión más nueva"))
        case .damaged:
            Failure(
                .damaged,
                Text(
                    en: "the vault is too damaged to open",
                    es: "la bóveda está tan dañada que no se puede abrir"),
                hint: Text(
                    en: "keep the file as it is, and bring back a copy: amparo vault restore FILE",
                    es: "conserva el archivo y trae una copia: amparo vault restore ARCHIVO"))
        case .unreasonableCost:
            Failure(
                .damaged,
                Text(
                    en: "the vault asks for an absurd key derivation; nothing was tried",
                    es: "la bóveda pide una derivación de llave absurda; no se intentó nada"),
                hint: Text(
                    en: "somebody altered the file: bring back a copy",
                    es: "alguien alteró el archivo: trae una copia"))
        case .outOfMemory(let mebibytes):
            Failure(
                .failed,
                Text(
                    en: "opening this vault needs \(mebibytes) MiB of free memory",
                    es: "abrir esta bóveda necesita \(mebibytes) MiB de memoria libre"),
                hint: Text(
                    en: "close other programs and try again",
                    es: "cierra otros programas e inténtalo de nuevo"))
        case .wrongPassphrase:
            Failure(
                .noKey,
                Text(
                    en: "that passphrase does not open this vault",
                    es: "esa frase de contraseña no abre esta bóveda"),
                hint: Text(en: "forgotten? amparo recover", es: "¿la olvidaste? amparo recover"))
        case .passphraseLength:
            Failure(
                .noKey,
                Text(
                    en: "a passphrase has 1 to 1,024 bytes",
                    es: "una frase de contraseña tiene de 1 a 1,024 bytes"))
        case .sessionEnded:
            Failure(
                .noKey,
                Text(en: "the session is over", es: "la sesión ya terminó"),
                hint: Text(
                    en: "open it again: amparo vault unlock", es: "ábrela: amparo vault unlock"))
        case .passphraseInUse:
            Failure(
                .refused,
                Text(
                    en: "that passphrase already opens this vault",
                    es: "esa frase de contraseña ya abre esta bóveda"),
                hint: Text(en: "choose another one", es: "elige otra"))
        case .nothingToKeep:
            Failure(
                .noKey,
                Text(
                    en:
                        "a passphrase that was to stay does not open this vault: nothing was changed",
                    es: "una frase que debía quedarse no abre esta bóveda: no se cambió nada"),
                hint: Text(
                    en: "type it again; for a new one: amparo vault change-passphrase",
                    es: "escríbela otra vez; para una nueva: amparo vault change-passphrase"))
        case .hiddenToKeep:
            Failure(
                .refused,
                Text(
                    en:
                        "a passphrase that was to stay opens a hidden compartment: nothing was changed",
                    es:
                        "una frase que debía quedarse abre un compartimento oculto: no se cambió nada"
                ),
                hint: Text(
                    en: "leave it out: the compartment is carried along with its passphrase",
                    es: "no la pongas: el compartimento pasa tal cual, con su frase"))
        case .busy:
            Failure(
                .failed,
                Text(
                    en: "another amparo is writing in the vault",
                    es: "otro amparo está escribiendo en la bóveda"),
                hint: Text(en: "try again in a moment", es: "inténtalo de nuevo en un momento"))
        case .full:
            Failure(
                .failed,
                Text(
                    en: "the disk is full: nothing was stored",
                    es: "el disco está lleno: no se guardó nada"),
                hint: Text(
                    en: "make room and try again; what was there is whole",
                    es: "libera espacio e inténtalo de nuevo; lo que había sigue entero"))
        case .readOnly:
            Failure(
                .failed,
                Text(
                    en: "the vault cannot be written to here: nothing was stored",
                    es: "aquí no se puede escribir en la bóveda: no se guardó nada"),
                hint: Text(
                    en: "look at the disk and at who owns the folder",
                    es: "revisa el disco y de quién es la carpeta"))
        case .unfinishedWrite:
            Failure(
                .failed,
                Text(
                    en: "a write was cut off, and this medium cannot be written to",
                    es: "una escritura quedó cortada, y en este medio no se puede escribir"),
                hint: Text(
                    en: "copy the file and its -journal to another disk, and open the copy",
                    es: "copia el archivo y su -journal a otro disco, y abre la copia"))
        case .replaced:
            Failure(
                .failed,
                Text(
                    en: "another file took the vault's place meanwhile: nothing was stored",
                    es: "mientras tanto otro archivo ocupó el lugar de la bóveda: no se guardó nada"
                ),
                hint: Text(en: "try again", es: "inténtalo de nuevo"))
        case .inputOutput(let code):
            Failure(
                .failed,
                Text(
                    en: "the disk failed (error \(code))", es: "el disco falló (error \(code))"),
                hint: Text(
                    en: "make a copy soon: amparo vault backup FILE",
                    es: "haz pronto una copia: amparo vault backup ARCHIVO"))
        case .hiddenSession:
            Failure(
                .refused,
                Text(
                    en: "that leaves traces outside this compartment: nothing was done",
                    es: "eso deja rastros fuera de este compartimento: no se hizo nada"),
                hint: Text(
                    en: "open the vault with its outer passphrase for it",
                    es: "para eso abre la bóveda con la frase de contraseña de fuera"))
        case .noRoom(let byteCount):
            Failure(
                .refused,
                Text(
                    en: "this time there is room for about \(byteCount / 1_000) KB, and that needs "
                        + "more: nothing was stored",
                    es: "esta vez hay lugar para unos \(byteCount / 1_000) KB y eso necesita más: "
                        + "no se guardó nada"),
                hint: Text(
                    en: "again with more room than it has bytes, such as --room 64K; "
                        + "the vault then grows by so much, for all to see",
                    es: "repítelo con más espacio que sus bytes, por ejemplo --room 64K; "
                        + "la bóveda crece eso, y se nota"))
        case .provable:
            Failure(
                .refused,
                Text(
                    en:
                        "this vault was made to prove that nothing is hidden: nothing can hide in it",
                    es:
                        "esta bóveda se hizo para probar que no esconde nada: en ella nada se oculta"
                ),
                hint: Text(
                    en: "make another one in its own folder: amparo --home DIR init",
                    es: "crea otra en su propia carpeta: amparo --home CARPETA init"))
        case .newerRecords(let kind):
            Failure(
                .refused,
                Text(
                    en: "a newer amparo wrote in this vault (kind \(kind)): here it is read-only",
                    es:
                        "un amparo más nuevo escribió en esta bóveda (tipo \(kind)): aquí solo se lee"
                ),
                hint: Text(en: "install the newer one", es: "instala la versión más nueva"))
        case .tooLarge:
            Failure(
                .failed,
                Text(
                    en: "that is more than fits into one commit",
                    es: "eso no cabe de una sola vez en la bóveda"))
        case .blobMissing, .blobDamaged, .textLost:
            Failure(
                .damaged,
                Text(
                    en: "part of that text or attachment is missing or damaged",
                    es: "falta o está dañada una parte de ese texto o adjunto"),
                hint: Text(
                    en: "see what was lost: amparo vault check; a copy may still have it",
                    es: "mira qué se perdió: amparo vault check; quizá una copia lo tenga"))
        case .copyDiffers:
            Failure(
                .failed,
                Text(
                    en: "the copy differs from the vault after it was read back",
                    es: "al releerla, la copia no es igual a la bóveda"),
                hint: Text(en: "use another disk", es: "usa otro disco"))
        case .otherVault:
            Failure(
                .damaged,
                Text(
                    en: "that is another vault, not a copy of this one: nothing was merged",
                    es: "esa es otra bóveda, no una copia de esta: no se unió nada"),
                hint: Text(
                    en: "open it beside this one: amparo --home DIR vault restore FILE",
                    es: "ábrela aparte: amparo --home CARPETA vault restore ARCHIVO"))
        case .otherLineage:
            Failure(
                .refused,
                Text(
                    en: "one of the two copies was rewritten since: they no longer merge",
                    es: "una de las dos copias se reescribió después: ya no se unen"),
                hint: Text(
                    en: "go on with the newer one, and replace every copy by it",
                    es: "sigue con la más nueva y pon esa en lugar de todas las copias"))
        case .headLost:
            Failure(
                .damaged,
                Text(
                    en: "the file's head is gone: without it no passphrase can be tried",
                    es: "la cabecera del archivo se perdió: sin ella no se puede probar ninguna "
                        + "frase de contraseña"),
                hint: Text(
                    en: "name any older copy of this vault, or one of its bricks: --head FILE",
                    es: "di cuál es otra copia de esta bóveda, aunque sea vieja, o uno de sus "
                        + "ladrillos: --head ARCHIVO"))
        case .notRegular:
            Failure(
                .failed,
                Text(en: "that is not an ordinary file", es: "eso no es un archivo común"))
        case .file(.accessDenied):
            Failure(
                .failed,
                Text(
                    en: "the vault is there, and the system does not let you open it",
                    es: "la bóveda está ahí, y el sistema no te deja abrirla"),
                hint: Text(
                    en: "look at whose it is; was it used with sudo, or as another user?",
                    es: "mira de quién es; ¿se usó con sudo o con otro usuario?"))
        case .file(let error): error.failure
        case .database:
            Failure(
                .failed,
                Text(
                    en: "the vault's storage refused an order: a mistake of this program (\(self))",
                    es:
                        "el almacén de la bóveda rechazó una orden: error de este programa (\(self))"
                ))
        }
    }
}
