internal import Wording

/// Options that every command takes, before or after its name.
package enum GlobalOptions {
    package static let all: [Option] = [
        .value(
            "lang", "en|es", spanish: ["idioma", "lengua"],
            Text(en: "speak English or Spanish", es: "habla en español o en inglés")),
        .value(
            "home", "DIR", spanish: ["carpeta"],
            Text(
                en: "keep everything in this folder (else $AMPARO_HOME)",
                es: "guarda todo en esta carpeta (si no, en $AMPARO_HOME)")),
        .flag(
            "json",
            Text(
                en: "print one JSON object, where a command lists or shows",
                es: "entrega un objeto JSON, en los comandos que listan o muestran")),
        .flag(
            "quiet", short: "q",
            Text(en: "say nothing but results and errors", es: "di solo resultados y errores")),
        .flag("no-color", Text(en: "do not use colour", es: "no uses colores")),
        .flag(
            "plain",
            Text(
                en: "for screen readers: never redraw a line",
                es: "para lectores de pantalla: nunca redibuja una línea")),
        .flag(
            "projector", spanish: ["proyector"],
            Text(
                en: "large and with no secrets, for a room that looks on",
                es: "grande y sin secretos, para una sala que mira")),
        .flag(
            "yes", short: "y",
            Text(
                en: "answer yes to questions of judgement",
                es: "responde que sí a las preguntas de criterio")),
        .value(
            "passphrase-fd", "N",
            Text(
                en: "read the vault's passphrase from this file descriptor",
                es: "lee la frase de contraseña de la bóveda de este descriptor de archivo")),
        .value(
            "file-passphrase-fd", "N",
            Text(
                en: "read a file's own passphrase from this file descriptor",
                es: "lee la frase de contraseña de un archivo de este descriptor de archivo")),
        .value(
            "code-fd", "N",
            Text(
                en: "read a plan's code from this file descriptor",
                es: "lee el código de un plan de este descriptor de archivo")),
        .value(
            "room", "SIZE", spanish: ["espacio", "lugar"],
            Text(
                en: "write this much more noise into the vault, such as 64K: hidden notes need it",
                es: "escribe en la bóveda tanto relleno de más, por ejemplo 64K: "
                    + "lo oculto lo necesita")),
        .flag(
            "tor",
            Text(
                en: "send through Tor on this machine (127.0.0.1:9050); automatic on Tails",
                es: "manda por el Tor de este equipo (127.0.0.1:9050); en Tails es automático")),
        .flag(
            "why",
            Text(
                en: "what this protects and what it does not",
                es: "qué protege esto y qué no")),
        .flag(
            "help", short: "h", spanish: ["ayuda"],
            Text(en: "show this help", es: "muestra esta ayuda")),
        .flag("version", Text(en: "show the version", es: "muestra la versión")),
    ]
}
