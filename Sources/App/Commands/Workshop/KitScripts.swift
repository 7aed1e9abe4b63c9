internal import Wording

/// What lies at the top of the kit: the script that starts it, and the page that says what it is.
enum KitScripts {
    /// Plain sh: live systems and old machines have at least that. FAT sticks are often mounted so
    /// that no program on them starts, therefore it copies first and tries where a copy runs.
    static func start(_ language: Language) -> String {
        let say = { (text: Text) in text(language) }
        return #"""
            #!/bin/sh
            # sh start.sh [NUMBER]   the practice, one for each number
            # sh start.sh --menu     amparo itself
            # sh start.sh --remove   takes the copy away again
            set -eu
            here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
            mode=practice
            number=1
            case ${1:-} in
            --menu) mode=menu ;;
            --remove) mode=remove ;;
            '') ;;
            *[!0-9]* | ?????*) echo "sh start.sh [NUMBER] | --menu | --remove" >&2; exit 2 ;;
            *) number=$1 ;;
            esac

            # A folder of one's own in which programs may run.
            places() {
                [ -z "${XDG_DATA_HOME:-}" ] || echo "$XDG_DATA_HOME/amparo-kit"
                [ -z "${HOME:-}" ] || echo "$HOME/.local/share/amparo-kit"
                [ -z "${XDG_RUNTIME_DIR:-}" ] || echo "$XDG_RUNTIME_DIR/amparo-kit"
                echo "${TMPDIR:-/tmp}/amparo-kit-$(id -u)"
            }

            if [ $mode = remove ]; then
                places | while IFS= read -r folder; do
                    if [ -f "$folder/.amparo-kit" ] && [ -O "$folder" ]; then
                        rm -rf -- "$folder"
                        echo "\#(say(Text(en: "removed:", es: "se quitó:"))) $folder"
                    fi
                done
                exit 0
            fi

            # A stick that was pulled out too early holds half a program.
            if command -v sha256sum >/dev/null 2>&1; then
                (cd "$here" && grep ' program/' SHA256SUMS | sha256sum -c - >/dev/null 2>&1) || {
                    echo "\#(say(Text(en: "the program on this stick is damaged: copy the kit again", es: "el programa de esta memoria está dañado: copia el kit otra vez")))" >&2
                    exit 4
                }
            fi

            umask 077
            list=$(places)
            found=
            while IFS= read -r folder; do
                mkdir -p -- "$folder" 2>/dev/null || continue
                # Somebody else's folder, or a link to one, is none of ours.
                [ -O "$folder" ] && [ ! -L "$folder" ] || continue
                chmod 700 -- "$folder" 2>/dev/null || continue
                : >"$folder/.amparo-kit" || continue
                for name in amparo amparo-courier; do
                    cp -- "$here/program/$name" "$folder/$name.new" 2>/dev/null || continue 2
                    chmod 700 -- "$folder/$name.new"
                    mv -f -- "$folder/$name.new" "$folder/$name"
                done
                if "$folder/amparo" --version >/dev/null 2>&1; then
                    found=$folder
                    break
                fi
                rm -rf -- "$folder"
            done <<EOF_PLACES
            $list
            EOF_PLACES
            if [ -z "$found" ]; then
                echo "\#(say(Text(en: "no folder of this machine lets programs run (or it is not 64-bit Linux); use the pages in the folder handouts", es: "ninguna carpeta de este equipo deja correr programas (o no es Linux de 64 bits); usa las hojas de la carpeta hojas")))" >&2
                exit 1
            fi
            PATH=$found:$PATH
            export PATH
            if [ $mode = menu ]; then exec amparo --lang \#(language.rawValue); fi
            exec amparo --lang \#(language.rawValue) --home "$found/home-$number" practice start

            """#
    }

    static func readMe(_ language: Language) -> String {
        Text(
            en: """
                AMPARO: KIT FOR A WORKSHOP

                On the participants' machines (64-bit Linux, or a live stick such as Tails):

                    sh start.sh          the practice
                    sh start.sh 7        the practice number 7, where several share a machine
                    sh start.sh --menu   amparo itself, for afterwards
                    sh start.sh --remove takes the copy away again, with the practice in it

                It copies the program into your home and starts it there: USB sticks are often
                mounted so that programs on them do not start. It needs no network, no administrator
                and no installation. Each number makes its own practice world in a few seconds.

                handouts/   pages to open in a browser and print; begin with index.html. What
                            begins with "trainer", and the answers, are for the trainer alone.
                program/    the program; without QR codes and without mail or network: alerts go
                            to folders.

                WHAT IT IS NOT FOR
                Windows, Mac and phones: their owners work with the pages, or with a neighbour.
                Old 32-bit machines and ARM machines, such as a Raspberry Pi.
                A real vault lives on the machine or on a disk of your own, not on this stick.
                There is no list of participants, here or anywhere. Keep it like that.
                """,
            es: """
                AMPARO: KIT PARA UN TALLER

                En los equipos de las y los participantes (Linux de 64 bits, o una memoria viva como
                Tails):

                    sh start.sh          la práctica
                    sh start.sh 7        la práctica número 7, si varias personas usan un equipo
                    sh start.sh --menu   amparo mismo, para después
                    sh start.sh --remove quita la copia, con la práctica que tenga

                Copia el programa a tu carpeta personal y ahí lo echa a andar: muchas memorias USB
                se montan de modo que los programas no corren en ellas. No necesita red, permisos
                de administración ni instalar nada. Cada número hace su propio mundo de práctica en
                unos segundos.

                hojas/      hojas para abrir en el navegador e imprimir; empieza por index.html.
                            Lo que empieza con «taller», la guía y las respuestas son solo para
                            quien da el taller.
                program/    el programa; sin códigos QR y sin correo ni red: las alertas van a
                            carpetas.

                PARA QUÉ NO ES
                Windows, Mac y celulares: sus dueños trabajan con las hojas, o con quien esté al
                lado.
                Equipos viejos de 32 bits y equipos ARM, como una Raspberry Pi.
                Una bóveda de verdad vive en tu equipo o en un disco tuyo, no en esta memoria.
                No hay lista de participantes, ni aquí ni en ningún lado. Que siga así.
                """)(language) + "\n"
    }
}
