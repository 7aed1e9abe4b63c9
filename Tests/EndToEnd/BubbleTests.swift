import Foundation
import TestSupport
import Testing

/// Other editors, in their closed room: what is typed comes back to the vault, and is nowhere else.
@Suite("an editor of one's own, closed off from the disk", .serialized)
struct BubbleTests {
    struct Editor: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// With settings that write copies wherever a program can.
        let command: String
        /// What tells on the screen that it is ready for `typing`.
        let ready: String
        /// Keys that write ‹canary› in front of the text.
        let typing: String
        /// Keys that save and leave.
        let leaving: String
    }

    private static let places = "/var/tmp,/dev/shm,/tmp,/run,/run/lock,/var/crash"
    static let vim = Editor(
        testDescription: "vim",
        command: """
            vim -N --cmd 'set backup writebackup swapfile undofile updatecount=1' \
            --cmd 'set backupdir=\(places),.,$HOME directory=\(places),.,$HOME' \
            --cmd 'set undodir=\(places),$HOME' --cmd "set viminfo='9,<50,n/var/tmp/viminfo" \
            --cmd 'autocmd BufWritePost * silent! write! /var/tmp/copy' \
            --cmd 'autocmd BufWritePost * silent! write! @WORK@/copy' \
            --cmd 'autocmd BufWritePost * silent! write! /var/crash/copy'
            """,
        ready: "note.md",
        typing: "key i; words \"$CANARY \"; key Escape; key y y; words '/uno'; key Enter",
        leaving: "words ':wq'; key Enter")
    static let nano = Editor(
        testDescription: "nano",
        command: "nano --backup --backupdir=/var/tmp --historylog --positionlog",
        ready: "GNU nano", typing: "words \"$CANARY \"",
        leaving: "key C-o; see 'Write'; key Enter; key C-x")
    static let emacs = Editor(
        testDescription: "emacs",
        command: """
            emacs -nw -Q --eval '(setq make-backup-files t backup-by-copying t \
            auto-save-interval 1 auto-save-timeout 1 create-lockfiles t vc-make-backup-files t \
            backup-directory-alist (quote ((\\".\\" . \\"/var/tmp\\"))))'
            """,
        ready: "note.md", typing: "words \"$CANARY \"", leaving: "key C-x C-s; sleep 1; key C-x C-c"
    )

    private static let isThorough = ProcessInfo.processInfo.environment["AMPARO_TORTURE"] == "1"
    private static let editors = isThorough ? [vim, nano, emacs] : [vim, nano]
    private static let killCount = isThorough ? 100 : 4

    /// Where anything new with the word in it lies; nothing, in the end.
    private static let residue = """
        residue() {
            find / \\( -path /proc -o -path /sys \\) -prune -o -type f -newer pw -readable \\
                -size -64M -print 2>/dev/null | grep -v '/\\.build/' | tr '\\n' '\\0' |
                xargs -0 -r grep -lsa -- "$CANARY" 2>/dev/null
        }

        """
    private static let quickResidue = """
        residue() {
            for place in "$HOME" "$PWD" /tmp /var/tmp /dev/shm /run /var/crash; do
                grep -rlsa -D skip -- "$CANARY" "$place" 2>/dev/null
            done
        }

        """

    /// The word stands in no file and in no argument of a program: it is put together here.
    private static func opening(_ command: String) -> String {
        """
        CANARY=$(printf 'zarza%s%s' mora $$)
        EDITOR=$(cat <<'END'
        \(command)
        END
        )
        EDITOR=${EDITOR//@WORK@/$PWD}
        export EDITOR
        program() { pgrep -P "$(t list-panes -F '#{pane_pid}')" -x amparo; }

        """ + (isThorough ? residue : quickResidue)
    }

    @Test("a word typed in it is in the vault, and nowhere on the disk", arguments: editors)
    func canary(_ editor: Editor) throws {
        let tool = try BuiltTool(language: "en")
        let day = try TerminalDay.run(
            tool,
            Self.opening(editor.command)
                + """
                ID=$(printf 'uno\\n' | amparo note new --title Puerto --passphrase-fd 3 3<pw)
                run "amparo note edit $ID --editor --passphrase-fd 3"
                see '\(editor.ready)'; see '^uno'
                \(editor.typing); see "^$CANARY uno"
                residue
                \(editor.leaving)
                end; cat ended; cat err >&2
                body "$ID" | sed "s/$CANARY/canary/"
                residue; ls /var/tmp/copy copy /var/crash/copy 2>/dev/null
                pgrep -u "$(id -u)" -f '^amparo __bubble' || echo alone
                """)
        #expect(day.lines == ["0", "canary uno", "alone"], "\(day.text) \(day.complaint)")
    }

    @Test("kill -9, whatever of it is hit, leaves nothing and nobody")
    func killed() throws {
        let tool = try BuiltTool(language: "en")
        let day = try TerminalDay.run(
            tool,
            Self.opening(Self.vim.command)
                + """
                ID=$(printf 'uno\\n' | amparo note new --title Puerto --passphrase-fd 3 3<pw)
                for turn in $(seq \(Self.killCount)); do
                    run "amparo note edit $ID --editor --passphrase-fd 3"
                    see '^uno'
                    key i; words "$CANARY "; key Escape; see "^$CANARY uno"
                    words ':w'; key Enter
                    sleep 0.0$((RANDOM % 9))
                    bubble=$(pgrep -P "$(program)"); first=$(pgrep -P $bubble)
                    case $((turn % 4)) in
                    0) kill -9 $(pgrep -P $first) ;;
                    1) kill -9 $(program) ;;
                    2) kill -9 $bubble ;;
                    3) kill -9 $first ;;
                    esac
                    for try in $(seq 100); do
                        pgrep -u "$(id -u)" -f '^(amparo __bubble|vim -N)' >/dev/null || break
                        sleep 0.05
                    done
                    t kill-server 2>/dev/null
                    pgrep -u "$(id -u)" -af '^(amparo __bubble|vim -N)'
                    residue
                done
                body "$ID" | sed "s/$CANARY/canary/"
                amparo vault check --passphrase-fd 3 3<pw | cut -d ' ' -f 1-4
                """)
        #expect(day.lines == ["uno", "the vault is whole"], "\(day.text) \(day.complaint)")
    }

    @Test("a signal leaves what was saved in it as a draft; an editor that fails keeps nothing")
    func cut() throws {
        let tool = try BuiltTool(language: "es")
        let day = try TerminalDay.run(
            tool,
            Self.opening(Self.vim.command)
                + """
                ID=$(printf 'uno\\n' | amparo note new --title Puerto --passphrase-fd 3 3<pw)
                run "stty -a >before; amparo note edit $ID --editor --passphrase-fd 3; \\
                    echo \\$? >code; stty -a >after"
                see 'apunte.md'; see '^uno'
                key i; words 'dos '; key Escape; words ':w'; key Enter; see 'written\\|escritos'
                key C-z; sleep 0.3; see '^dos uno'
                kill -TERM $(program)
                end; cat code; cmp before after && echo same
                grep -o 'quedó como borrador' err
                body "$ID"
                amparo note edit --draft --passphrase-fd 3 3<pw >/dev/null </dev/null
                body "$ID"
                run "amparo note edit $ID --editor --passphrase-fd 3"
                see '^dos uno'
                key i; words 'tres '; key Escape; words ':cq'; key Enter
                end; cat ended; grep -o 'terminó con un error' err
                body "$ID"
                export EDITOR=no-such-editor TERM=xterm
                run "amparo note edit $ID --editor --passphrase-fd 3"
                see '\\^S guardar'; key C-q
                end; cat ended; grep -o 'aquí no hay «no-such-editor»' err
                """)
        #expect(
            day.lines == [
                "130", "same", "quedó como borrador", "uno", "dos uno", "130",
                "terminó con un error", "dos uno", "0", "aquí no hay «no-such-editor»",
            ], "\(day.text) \(day.complaint)")
    }

    @Test("a closed terminal ends the editor; what was saved in it is a draft")
    func hangUp() throws {
        let tool = try BuiltTool(language: "en")
        let day = try TerminalDay.run(
            tool,
            Self.opening(Self.vim.command)
                + """
                ID=$(printf 'uno\n' | amparo note new --title Puerto --passphrase-fd 3 3<pw)
                run "amparo note edit $ID --editor --passphrase-fd 3"
                see '^uno'; key i; words 'dos '; key Escape; words ':w'; key Enter; see 'written'
                sleep 1; t kill-session
                end; cat ended; grep -o 'note edit --draft' err
                body "$ID"
                amparo note edit --draft --passphrase-fd 3 3<pw >/dev/null </dev/null
                body "$ID"
                """)
        #expect(
            day.lines == ["130", "note edit --draft", "uno", "dos uno"],
            "\(day.text) \(day.complaint)")
    }

    @Test("where the system refuses it, that is said, and the built-in editor opens")
    func refused() throws {
        let tool = try BuiltTool(language: "en")
        let day = try TerminalDay.run(
            tool,
            Self.opening("vim")
                + """
                cat >closed <<'END'
                echo 0 >/proc/sys/user/max_user_namespaces
                exec "$@"
                END
                run 'unshare -Ur sh closed amparo note new --title Puerto --editor --passphrase-fd 3'
                see '\\^S keep'; words 'de noche'; see '^de noche'; key C-s; see 'kept'; key C-q
                end; cat ended; grep -o 'this system allows no closed room' err
                body "$(cat out)"; echo
                amparo note edit "$(cat out)" --editor </dev/null; echo $?
                """)
        #expect(
            day.lines == ["0", "this system allows no closed room", "de noche", "2"],
            "\(day.text) \(day.complaint)")
    }
}
