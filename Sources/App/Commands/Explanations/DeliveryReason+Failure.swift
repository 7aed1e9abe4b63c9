internal import CommandLineKit
internal import Dispatch
internal import Wording

extension DeliveryReason {
    /// What a person who waits for the delivery is told. Trouble on the way is exit 5; what has to
    /// be mended on this machine or at the account is exit 1.
    func failure(channel: String, to receiver: String) -> Failure {
        let (exit, said, hint) = explanation(channel: channel, to: receiver)
        return Failure(exit, said + theirWords, hint: hint)
    }

    /// What was noted of a delivery (`connection: …`), as a person reads it.
    static func words(_ noted: String, channel: String, to receiver: String) -> Text {
        let parts = noted.split(separator: ":", maxSplits: 1)
        guard let kind = Kind.allCases.first(where: { "\($0)" == parts.first ?? "" }) else {
            return Text(verbatim: noted)
        }
        let detail = parts.count == 2 ? String(parts[1].drop { $0 == " " }) : ""
        let reason = DeliveryReason(kind, detail)
        return reason.explanation(channel: channel, to: receiver).1 + reason.theirWords
    }

    /// The server's own words, for whoever helps her. Those of the mail library about the way there
    /// are English, and say nothing more than the sentence before them.
    private var theirWords: Text {
        switch kind {
        case .resolving, .connection, .timeLimit: Text(verbatim: "")
        case .reply, .certificate, .encryption, .login, .noAddress, .folder, .missingLibrary,
            .courier, .interrupted, .message, .program, .redirect, .practice:
            Text(verbatim: detail.isEmpty ? "" : " (\(detail))")
        }
    }

    private func explanation(
        channel: String, to receiver: String
    ) -> (ExitCode, Text, Text?) {
        switch kind {
        case .reply:
            (
                .network,
                Text(
                    en: "the server did not take the message for \(receiver)",
                    es: "el servidor no aceptó el mensaje para \(receiver)"),
                Text(
                    en: "4xx passes with time; with 5xx look at the address and the account",
                    es: "4xx se pasa solo; con 5xx revisa la dirección y la cuenta")
            )
        case .resolving:
            (
                .network,
                Text(
                    en: "the name of the server was not found",
                    es: "no se encontró el nombre del servidor"),
                Text(
                    en: "look at the connection, and at the name: amparo channel list",
                    es: "revisa la conexión y el nombre: amparo channel list")
            )
        case .connection:
            (
                .network,
                Text(
                    en: "no connection to the server, or it was cut",
                    es: "no hubo conexión con el servidor, o se cortó"),
                Text(
                    en: "look at the connection, the server and the port: amparo channel list",
                    es: "revisa la conexión, el servidor y el puerto: amparo channel list")
            )
        case .timeLimit:
            (
                .network,
                Text(
                    en: "the server did not answer in time",
                    es: "el servidor no contestó a tiempo"),
                Text(
                    en: "try again, or from another network",
                    es: "prueba otra vez, o desde otra red")
            )
        case .certificate:
            (
                .network,
                Text(
                    en: "the server could not prove that it is the one it says: nothing was sent",
                    es: "el servidor no pudo probar que es quien dice: no se mandó nada"),
                Text(
                    en: "try from another network; with an authority of your own add &ca=/file",
                    es: "prueba desde otra red; si la autoridad es propia, agrega &ca=/archivo")
            )
        case .encryption:
            (
                .network,
                Text(
                    en: "the server offers no encryption: nothing was sent",
                    es: "el servidor no ofrece cifrado: no se mandó nada"),
                Text(
                    en: "try from another network, or smtps:// with port 465",
                    es: "prueba desde otra red, o smtps:// con el puerto 465")
            )
        case .login:
            (
                .failed,
                Text(
                    en: "the server did not accept the user, the password or the token",
                    es: "el servidor no aceptó el usuario, la contraseña o el token"),
                Text(
                    en: "remove the channel and add it again with the right one",
                    es: "quita el canal y agrégalo de nuevo con los datos correctos")
            )
        case .noAddress:
            (
                .failed,
                Text(
                    en: "'\(receiver)' has no address for this channel",
                    es: "«\(receiver)» no tiene dirección para este canal"),
                Text(
                    en:
                        "give it one: amparo contact remove, then add with --email, --sms or --telegram",
                    es:
                        "dale una: amparo contact remove, y luego add con --email, --sms o --telegram"
                )
            )
        case .folder:
            (
                .failed,
                Text(
                    en: "the folder of '\(channel)' cannot be written to",
                    es: "no se puede escribir en la carpeta de «\(channel)»"),
                Text(
                    en: "is the disk plugged in? amparo channel list shows the folder",
                    es: "¿está conectado el disco? amparo channel list muestra la carpeta")
            )
        case .missingLibrary:
            (
                .failed,
                Text(
                    en: "what goes over the network needs a library that is not installed",
                    es: "para mandar por la red falta instalar una biblioteca"),
                Text(
                    en: "install it: sudo apt install \(detail)",
                    es: "instálala: sudo apt install \(detail)")
            )
        case .courier:
            (
                .failed,
                Text(
                    en: "amparo-courier, which does the sending, is missing or does not work",
                    es: "falta amparo-courier, que hace los envíos, o no funciona"),
                Text(
                    en: "put it beside amparo, or install again: make install",
                    es: "ponlo junto a amparo o instala de nuevo: make install")
            )
        case .program:
            (
                .failed,
                Text(
                    en: "the program of '\(channel)' did not send it",
                    es: "el programa de «\(channel)» no lo mandó"),
                Text(
                    en: "run it by hand; it has to belong to you, and nobody else may write to it",
                    es: "ejecútalo a mano; debe ser tuyo, y nadie más debe poder escribir en él")
            )
        case .redirect:
            (
                .network,
                Text(
                    en: "the server wants to be asked elsewhere; an alert is not sent on",
                    es: "el servidor manda a otra dirección; una alerta no se reenvía así"),
                Text(
                    en: "add the channel again with the new address, if you trust it",
                    es: "agrega otra vez el canal con la dirección nueva, si confías en ella")
            )
        case .interrupted:
            (.interrupted, Text(en: "interrupted", es: "interrumpido"), nil)
        case .practice:
            (
                .refused,
                Text(
                    en: "in PRACTICE nothing leaves this machine: nothing was sent",
                    es: "en PRÁCTICA nada sale de este equipo: no se mandó nada"),
                Text(
                    en: "use a folder: amparo channel add inbox file:/FOLDER",
                    es: "usa una carpeta: amparo channel add buzon file:/CARPETA")
            )
        case .message:
            (
                .failed,
                Text(
                    en: "the message is too large or cannot be sent",
                    es: "el mensaje es demasiado grande o no se puede mandar"), nil
            )
        }
    }
}
