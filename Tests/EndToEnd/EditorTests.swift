import Foundation
import TestSupport
import Testing

/// The editor in a real terminal: tmux, whose screen can be read.
@Suite("the built-in editor in a terminal")
struct EditorTests {
    @Test(
        "writing, accents, wide letters, search, undo, paste of a megabyte, resize, keep and quit",
        arguments: ["en", "es"])
    func day(_ language: String) throws {
        let tool = try BuiltTool(language: language)
        let isSpanish = language == "es"
        let line = "Dijo que sí, en el muelle; ñandú y 字.\n"
        let large = String(repeating: line, count: 1_048_576 / line.utf8.count + 1)
        try tool.write("large", large)
        let day = try TerminalDay.run(
            tool,
            """
            run '\(isSpanish ? "TERM=linux " : "")amparo note new --passphrase-fd 3'
            see '^\(isSpanish ? "título" : "title"):'
            see '^^S \(isSpanish ? "guardar  ^Q salir" : "keep  ^Q quit")'
            words 'Señas del ñandú'; key Enter
            words 'El muélle 字幕 está'; key Enter; words 'a oscuras zarzamora'
            see '^El muélle 字幕 está'
            see '^a oscuras zarzamora'
            key Up; key Home; key Right; key Right; words ' gran'
            see '^El gran muélle 字幕 está'
            key C-z; see '^El muélle 字幕 está'
            key C-y; see '^El gran muélle'
            key C-f; words 'OSCURAS'; key Enter; words 'x'
            see '^a xoscuras zarzamora'
            key BSpace; key C-Home; key End; words '!'
            see '^El gran muélle 字幕 está!'
            t resize-window -x 30 -y 10
            see '^El gran muélle 字幕 está!'
            t resize-window -x 80 -y 24
            key C-s; see '\(isSpanish ? "guardado en la bóveda" : "kept in the vault")'
            key C-End; key Enter
            t load-buffer large; t paste-buffer -p
            see '\(large.split(separator: "\n").count + 3)/\(large.split(separator: "\n").count + 3)'
            key C-q; see '\(isSpanish ? "s: guardar" : "y: keep")'
            key \(isSpanish ? "s" : "y")
            end
            cat ended; cat err >&2
            body "$(cat out)" >kept
            { printf 'El gran muélle 字幕 está!\\na oscuras zarzamora\\n'; cat large; } | cmp - kept
            amparo note list --passphrase-fd 3 3<pw | cut -c 29-
            grep -rlE 'zarzamora|oscuras|ZARZAMORA' "$HOME" /dev/shm 2>/dev/null
            """)
        #expect(day.lines == ["0", "Señas del ñandú"], "\(day.text) \(day.complaint)")
        #expect(!day.complaint.contains("differ"))
    }

    @Test("a closed terminal leaves a draft, which goes on; the screen is left empty")
    func hangUp() throws {
        let tool = try BuiltTool(language: "en")
        let day = try TerminalDay.run(
            tool,
            """
            ID=$(printf 'uno' | amparo note new --title Puerto --passphrase-fd 3 3<pw)
            run "amparo note edit $ID --passphrase-fd 3"
            see '^uno'
            words 'dos '; see '^dos uno'
            t kill-session
            end; cat ended; grep -o 'note edit --draft' err
            body "$ID"; echo
            run 'amparo note edit --draft --passphrase-fd 3; sleep 2'
            see '^dos uno'
            key C-s; see 'kept in the vault'
            key C-q
            for try in $(seq 100); do screen | grep -q dos || break; sleep 0.1; done
            screen | tr -d '\\n '
            end
            body "$ID"; echo
            """)
        #expect(
            day.lines == ["130", "note edit --draft", "uno", "dos uno"],
            "\(day.text) \(day.complaint)")
    }

    @Test("SIGTERM leaves a draft too, and the terminal as it was")
    func terminated() throws {
        let tool = try BuiltTool(language: "es")
        let day = try TerminalDay.run(
            tool,
            """
            run 'stty -a >before; amparo note new --title Puerto --passphrase-fd 3; \\
                echo $? >code; stty -a >after'
            see '^^S guardar'
            words 'de noche'; see '^de noche'
            kill -TERM $(pgrep -x amparo -P $(t list-panes -F '#{pane_pid}'))
            end; cat code
            cmp before after && echo same
            amparo note edit --draft --passphrase-fd 3 3<pw >id </dev/null
            body "$(cat id)"; echo
            """)
        #expect(day.lines == ["130", "same", "de noche"], "\(day.text) \(day.complaint)")
    }
}
