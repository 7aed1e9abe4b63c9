import Foundation
import TestSupport
import Testing

/// A systemctl that asks the script's own manager to start the line of the unit.
private let services = #"""
    #!/bin/sh
    echo "$*" >>"$HOME/calls"
    case "$*" in
        "--user enable --now amparo-watch.service")
            touch "$HOME/wanted" ;;
        "--user disable --now amparo-watch.service") kill "$(cat "$HOME/pid")" ;;
    esac
    """#

@Suite("a watcher that outlives the terminal", .serialized)
struct InstalledWatchTests {
    private let desk: Desk

    init() throws { desk = try Desk(language: "es") }

    /// Runs a script with a scratch folder for settings, and with that systemctl where it `isThere`.
    private func shell(_ script: String, isThere: Bool) throws -> BuiltTool.Result {
        try desk.tool.write("systemctl", Array(services.utf8))
        try desk.tool.write("pw", Array((Desk.passphrase + "\n").utf8))
        let opening = """
            set -u
            cp systemctl pw "$HOME" && cd "$HOME"
            mkdir -p bin conf
            \(isThere ? "cp systemctl bin/ && chmod 755 bin/systemctl" : ":")
            export XDG_CONFIG_HOME="$HOME/conf" PATH="$HOME/bin:$1:$PATH"
            unit=conf/systemd/user/amparo-watch.service
            """
        return try desk.tool.shell(opening + "\n" + script, BuiltTool.programs)
    }

    @Test("it starts without a key, watches once it has it, and is taken away")
    func installed() throws {
        let result = try shell(
            """
            manager() {
                while [ ! -e over ]; do
                    if [ -e wanted ]; then
                        rm wanted
                        sh -c "exec $(sed -n 's/^ExecStart=//p' "$unit")" 2>journal &
                        echo $! >pid
                    fi
                    sleep 0.1
                done
            }
            manager >/dev/null &
            amparo watch install --passphrase-fd 3 3<pw >installed 2>&1; echo "install $?"
            cat installed
            amparo watch status >/dev/null; echo "status $?"
            # A start of the machine.
            kill "$(cat pid)"; for i in 1 2 3 4 5 6 7 8 9 10; do
                amparo watch status >/dev/null 2>&1 || break; sleep 0.5; done
            systemctl --user enable --now amparo-watch.service
            for i in 1 2 3 4 5 6 7 8 9 10; do
                amparo watch unlock --passphrase-fd 3 3<pw >unlocked 2>&1 && break
                cat unlocked; amparo watch status 2>&1 | head -n 1; sleep 0.5; done
            cat unlocked
            amparo watch status >/dev/null; echo "status $?"
            amparo watch install --passphrase-fd 3 3<pw >/dev/null 2>&1; echo "twice $?"
            amparo watch uninstall; echo "uninstall $?"
            ls "$unit" 2>&1 | grep -c '^conf'
            for i in 1 2 3 4 5 6 7 8 9 10; do
                amparo watch status >/dev/null 2>&1 || break; sleep 0.5; done
            amparo watch status >/dev/null 2>&1; echo "status $?"
            amparo watch uninstall >/dev/null 2>&1; echo "again $?"
            touch over; wait
            cat journal calls
            """, isThere: true)
        let text = result.text.replacing("\n", with: " ")
        #expect(text.contains("install 0"), "\(result.text) \(result.complaint)")
        #expect(text.contains("sigue aunque cierres esta terminal"))
        #expect(text.contains("loginctl enable-linger"))
        #expect(text.contains("NADIE VIGILA hasta que escribas: amparo watch unlock"))
        #expect(text.contains("el vigilante está en marcha"), "\(result.text)")
        #expect(text.contains("twice 6"))
        #expect(text.contains("uninstall 0") && text.contains("el servicio quedó quitado"))
        #expect(text.contains("again 1"))
        #expect(result.text.matches(of: /status 0/).count == 2, "\(result.text)")
        #expect(result.text.contains("status 5"))
        #expect(result.text.contains("--user daemon-reload"))
    }

    @Test("without systemctl it says what to do; somebody else's file is left alone")
    func absent() throws {
        let result = try shell(
            """
            # Nothing of the machine's own.
            mkdir only; for name in sh cat grep mkdir chmod; do ln -s "$(command -v $name)" only/; done
            PATH="$1:$HOME/only" amparo watch install --passphrase-fd 3 3<pw; echo "install $?"
            cat "$unit"
            amparo watch status >/dev/null 2>&1; echo "status $?"
            PATH="$1:$HOME/only" amparo watch uninstall; echo "uninstall $?"
            echo '[Unit]' >"$unit"
            amparo watch install --passphrase-fd 3 3<pw; echo "foreign $?"
            amparo watch uninstall; echo "foreign $?"
            cat "$unit"
            """, isThere: false)
        #expect(result.text.contains("install 1"), "\(result.text) \(result.complaint)")
        let said = result.complaint.replacing("\n", with: " ")
        #expect(said.contains("no hay systemctl") && said.contains("systemctl --user enable"))
        #expect(result.text.contains(" watch --wait\n"))
        #expect(result.text.contains("StandardError=null"))
        #expect(result.text.contains("status 5"))
        #expect(result.text.contains("uninstall 0"))
        #expect(result.text.matches(of: /foreign 6/).count == 2)
        #expect(result.text.hasSuffix("[Unit]\n"))
        // Nothing that opens the vault lies in the unit.
        #expect(!result.text.contains(Desk.passphrase))
    }
}
