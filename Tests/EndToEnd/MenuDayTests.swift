import Foundation
import TestSupport
import Testing

/// The guided menu in a real terminal: tmux, whose screen can be read.
@Suite("the guided menu in a terminal")
struct MenuDayTests {
    private static let opening =
        TerminalDay.terminal + """
            tries=300
            run() {
                rm -f ended
                t new-session -d -x 80 -y 24 "trap : HUP; $1; echo \\$? >ended"
            }
            back() { see 'Enter: volver al menú'; key Enter; see 'Esc atrás'; }
            # What the screen shows, without what is another one each time.
            shot() {
                echo "=== $1"
                screen | sed -E -e 's/[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}/AAAA-MM-DD HH:MM/g' \\
                    -e 's/age1[a-z0-9]+/age1.../g' -e 's/(note (edit|show)) [0-9a-f]{8}/\\1 APUNTE/' \\
                    -e 's/(guardado: )[0-9a-f]{8}/\\1APUNTE/' \\
                    -e '/^la bóveda queda abierta/,/boveda.db$/d' -e 's/ +$//'
            }

            """

    private static func run(_ tool: BuiltTool, _ script: String) throws -> BuiltTool.Result {
        try tool.shell(opening + script, BuiltTool.programs)
    }

    @Test("a first day in Spanish: a vault, a note, a contact, a file, and the vault closed")
    func firstDay() throws {
        let tool = try BuiltTool(language: "es")
        try tool.write("foto.txt", "muelle\n")
        let key = "age1lvyvwawkr0mcnnnncaghunadrqkmuf9e6507x9y920xxpp866cnql7dp2z"
        let day = try Self.run(
            tool,
            """
            run amparo
            see 'Nueva: hacer mi bóveda'; shot 'el primer día'
            key Down; see '^> 2'; key Enter; see 'Primero trae la copia'; key Escape
            see 'Nueva: hacer mi bóveda'; key 1
            see '¿te propongo'; words n; key Enter
            see 'frase de contraseña nueva'; words '\(Desk.passphrase)'; key Enter
            see 'otra vez la misma'; words '\(Desk.passphrase)'; key Enter
            see 'Pulsa Enter cuando'
            screen >paper
            key Enter
            for asked in 1 2 3; do
                for try in $(seq 300); do
                    number=$(screen | grep -o 'Palabra número [0-9]*:' | sed -n "${asked}p" |
                        grep -o '[0-9]*')
                    [ -n "$number" ] && break; sleep 0.1
                done
                words "$(grep -oE "(^| )$number  [a-z]+" paper | grep -oE '[a-z]+')"; key Enter
            done
            see 'tu bóveda está lista'
            see 'Enter: volver al menú'; key Enter
            see '¿Qué quieres hacer?'; shot 'el menú'
            key 1; see 'Un apunte nuevo'; shot 'escribir'
            key 1; see '^título:'; words 'Entrevista Puerto'; key Enter
            see '^^S guardar'; words 'La fuente llega de noche.'; key C-s
            see 'guardado en la bóveda'; key C-q; back
            key 3; see '¿Cuál apunte?'; shot 'cuál apunte'
            key 1; see 'La fuente llega'; key C-q; see 'note edit'; shot 'después de un comando' | cat -s
            back; key 0
            see '¿Qué quieres hacer?'; key 6; see 'Personas y canales'; shot 'más'
            key 5; see 'contact add'; words "$(screen | grep 'contact add' | grep -oE '^[> ]+[0-9]+' |
                grep -oE '[0-9]+')"
            screen | grep -q 'Su nombre' || key Enter
            see 'Su nombre'; words laura; key Enter
            see 'Su llave'; words '\(key)'; key Enter
            see 'Su correo'; key Enter
            back; key 0; see 'Personas y canales'; key 0
            see '¿Qué quieres hacer?'; key 2; see 'Cifrar para alguien'; shot 'enviar'
            key 1; see '¿Para quién?'; shot 'para quién'; key 1
            see '¿Cuál archivo?'; words fo; key Tab; see 'foto.txt'; shot 'cuál archivo'; key Enter
            see 'Enter: volver al menú'
            screen | grep -E '^. amparo encrypt'
            key Enter; see 'Cifrar para alguien'; key 0
            see '¿Qué quieres hacer?'; key 4; see 'Estoy bien'; shot 'reportarte'; key 0
            see '¿Qué quieres hacer?'; key 6; see 'Cerrar ya'; key 1
            see 'No se avisó a nadie'; back; see 'bóveda cerrada'
            key q; end
            echo "=== fin"; cat ended
            ls foto.txt.age; amparo inspect foto.txt.age | head -n 1
            """)
        #expect(day.status == 0, "\(day.complaint)")
        try Golden.check(day.text, "EndToEnd/menu-day.es.txt")
    }

    @Test("a small terminal, one without a cursor, Ctrl-C, Ctrl-D and a hang-up")
    func ends() throws {
        let tool = try BuiltTool(language: "es")
        let day = try Self.run(
            tool,
            """
            run 'stty -a >before; amparo; echo $? >code; stty -a >after'
            see 'Nueva: hacer'; t resize-window -x 38 -y 9; see '^> 1  Nueva'
            key Down; key Down; see '^> 3'
            t resize-window -x 80 -y 24; see 'Más: llaves, personas'
            key C-c; end; cat code
            # The size of the terminal is another one; its modes are not.
            cmp <(tail -n +2 before) <(tail -n +2 after) && echo same
            run amparo; see 'Nueva: hacer'; key C-d; end; cat ended
            run 'TERM=dumb amparo'; see '^1. Nueva: hacer mi bóveda (amparo init)'
            words 6; key Enter; see '^1. Cerrar ya'; words q; key Enter; end; cat ended
            run 'amparo --plain'; see '^número:'; key C-c; end; cat ended
            run 'amparo'; see 'Nueva: hacer'; t kill-session; end; cat ended
            amparo </dev/null | head -n 1
            """)
        #expect(
            day.lines == [
                "130", "same", "0", "0", "130", "130",
                "Protección para periodistas: apuntes, archivos, llaves y reportes",
            ], "\(day.text) \(day.complaint)")
    }

    @Test("whoever goes into the practice from the menu comes back to it")
    func practice() throws {
        let tool = try BuiltTool(language: "es")
        let day = try Self.run(
            tool,
            """
            run amparo; see 'Nueva: hacer'; key 3; see '^.PRÁCTICA. work'
            words 'echo "$AMPARO_PRACTICE" >inside; exit'; key Enter
            see 'Nueva: hacer'; key q; end; cat ended
            ls "$HOME"/.local/share/amparo-practice/work/inside
            amparo practice end --yes 2>/dev/null; ls "$HOME"/.local/share
            """)
        #expect(
            day.lines == ["0", tool.home + "/.local/share/amparo-practice/work/inside"],
            "\(day.text) \(day.complaint)")
    }
}
