package import CommandLineKit
package import Dispatch
internal import Wording

extension ChannelAddressError: Explainable {
    package var failure: Failure {
        Failure(.usage, said, hint: hint)
    }

    private var said: Text {
        switch self {
        case .malformed:
            Text(
                en: "that is not the address of a channel",
                es: "esa no es la dirección de un canal")
        case .unknownScheme(let scheme):
            Text(
                en: "no channel begins with '\(scheme):'",
                es: "ningún canal empieza con «\(scheme):»")
        case .badHost:
            Text(en: "that is not the name of a server", es: "ese no es el nombre de un servidor")
        case .badPort:
            Text(
                en: "the port is a number from 1 to 65535",
                es: "el puerto es un número del 1 al 65535")
        case .badUser:
            Text(
                en: "the user before the @ cannot be read",
                es: "el usuario que va antes de la @ no se entiende")
        case .containsPassword:
            Text(
                en: "a password does not belong in an address, where others can see it",
                es: "la contraseña no va en la dirección, donde otros pueden verla")
        case .badPath:
            Text(
                en: "the folder or file must be a whole path that begins with /",
                es: "la carpeta o el archivo lleva una ruta completa que empieza con /")
        case .badSender:
            Text(
                en: "the sender is missing, or is not an e-mail address",
                es: "falta el remitente, o no es una dirección de correo")
        case .badEncryption:
            Text(
                en: "without encryption nothing leaves this machine",
                es: "sin cifrado nada sale de este equipo")
        case .badNumber:
            Text(
                en: "the number that text messages come from is missing",
                es: "falta el número desde el que salen los mensajes SMS")
        case .badProxy:
            Text(
                en: "that is not a SOCKS proxy on this machine",
                es: "ese no es un proxy SOCKS de este equipo")
        case .badTopic:
            Text(
                en: "a topic has up to 64 letters, digits, - and _",
                es: "un tema lleva hasta 64 letras, números, - y _, sin acentos")
        case .unknownOption(let name):
            Text(
                en: "no channel knows '\(name)='", es: "ningún canal conoce «\(name)=»")
        case .repeatedOption(let name):
            Text(en: "'\(name)=' stands there twice", es: "«\(name)=» aparece dos veces")
        }
    }

    private var hint: Text {
        switch self {
        case .containsPassword:
            Text(
                en: "leave it out; it is asked for, or read with --password-fd 4",
                es: "quítala; se pide aparte, o se lee con --password-fd 4")
        case .badUser:
            Text(
                en: "write the @ of a user as %40: smtp://me%40example.org@mail.example.org",
                es: "escribe como %40 la @ del usuario: smtp://yo%40example.org@mail.example.org")
        case .badPath:
            Text(
                en: "like this: file:/media/usb/inbox", es: "así: file:/media/usb/bandeja")
        case .badSender:
            Text(
                en: "add it at the end: ?from=me@example.org",
                es: "agrégalo al final: ?from=yo@example.org")
        case .badEncryption:
            Text(
                en: "leave out tls=, or use smtps://", es: "quita tls=, o usa smtps://")
        case .badNumber:
            Text(
                en: "add it at the end: ?from=+525500000000",
                es: "agrégalo al final: ?from=+525500000000")
        case .badProxy:
            Text(en: "Tor's is socks=127.0.0.1:9050", es: "el de Tor es socks=127.0.0.1:9050")
        case .badTopic:
            Text(
                en: "like this: ntfy://ntfy.example.org/a-long-name-that-nobody-guesses",
                es: "así: ntfy://ntfy.example.org/un-nombre-largo-que-nadie-adivina")
        case .unknownOption, .repeatedOption:
            Text(
                en: "which ones there are: amparo channel add --help",
                es: "cuáles hay: amparo channel add --help")
        case .unknownScheme, .malformed, .badHost, .badPort:
            Text(
                en: "like this: 'smtp://user@mail.example.org:587?from=me@example.org', "
                    + "or a folder: file:/media/usb/inbox",
                es: "así: 'smtp://usuario@mail.example.org:587?from=yo@example.org', "
                    + "o una carpeta: file:/media/usb/bandeja")
        }
    }
}
