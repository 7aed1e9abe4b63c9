import Foundation
import TestSupport

/// A script at a real terminal: tmux, whose screen can be read.
enum TerminalDay {
    /// `t`, tmux with a socket of its own, and what types and reads there. `tries` are tenths of a
    /// second.
    static let terminal = """
        set -u
        PATH="$1:$PATH"
        export SHELL=/bin/bash
        tries=200
        t() { env -u TMUX tmux -u -S "$HOME/t.sock" -f /dev/null "$@"; }
        screen() { t capture-pane -p; }
        # Waits until the screen shows a line that matches.
        see() {
            for try in $(seq $tries); do
                screen 2>/dev/null | grep -q -- "$1" && return
                sleep 0.1
            done
            echo "never seen: $1" >&2; screen >&2; t kill-server; exit 1
        }
        end() {
            for try in $(seq 300); do [ -s ended ] && return; sleep 0.1; done
            echo "did not end" >&2; screen >&2; t kill-server; exit 1
        }
        key() { t send-keys "$@"; }
        words() { t send-keys -l -- "$1"; }

        """

    /// A vault, and a terminal of 80×24.
    static let opening =
        terminal + """
            printf 'correcto caballo batería grapa\\n' >pw
            amparo init --kdf-memory 64 --passphrase-fd 3 3<pw >/dev/null || exit 1
            run() {
                rm -f ended
                # The shell outlives its terminal, to say how the program ended.
                t new-session -d -x 80 -y 24 "trap : HUP; { $1; } >out 2>err 3<pw; echo \\$? >ended"
            }
            body() { amparo note show "$1" --body --passphrase-fd 3 3<pw; }

            """

    static func run(_ tool: BuiltTool, _ script: String) throws -> BuiltTool.Result {
        try tool.shell(opening + script, BuiltTool.programs)
    }
}
