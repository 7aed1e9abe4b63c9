import Foundation
import TestSupport
import Testing

/// What a program that keeps keys holds in its memory: looked for from outside, byte by byte.
@Suite("keys that were dropped are nowhere in memory", .serialized)
struct ForgottenKeyTests {
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Keys in the memory of the shell in that terminal; `none`, or names and counts.
    private func look(_ tool: BuiltTool, _ passphrase: String) throws -> String {
        let pid = try tool.shell(
            "pgrep -u \"$(id -u)\" -f '^amparo shell --home \(tool.store)'"
        ).line
        let python = try #require(Peer("python3"))
        let found = try python.run(
            [
                Self.tests.appending(path: "Support/find_keys.py").path,
                Self.tests.appending(path: "Notes/python/read_vault.py").path,
                tool.store + "/vault.db", pid,
            ], input: Array(passphrase.utf8))
        #expect(found.status == 0, "\(found.complaint)")
        return String(decoding: found.output, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test(
        "after lock, after close, and when the time is over at an idle prompt",
        .enabled(if: BuiltTool.isRoot), arguments: ["vault lock", "close", "wait"])
    func forgotten(_ ending: String) throws {
        let tool = try BuiltTool(language: "en")
        let passphrase = "correcto caballo batería grapa"
        let opened = try TerminalDay.run(
            tool,
            """
            printf 'uno' | amparo note new --title Puerto --passphrase-fd 3 3<pw >/dev/null
            # Whoever waits for this script waits for the end of what it has open.
            (
                for fd in /proc/self/fd/*; do
                    fd=${fd##*/}; [ "$fd" -gt 2 ] && eval "exec $fd>&-"
                done
                t new-session -d -x 80 -y 24 "amparo shell --home \(tool.store)"
            ) >/dev/null 2>&1
            see '^amparo>'
            words 'vault unlock --for \(ending == "wait" ? "12s" : "1h")'; key Enter
            see 'passphrase'; words '\(passphrase)'; key Enter
            for try in $(seq 100); do
                screen | grep -c '^amparo>' | grep -q 2 && break; sleep 0.1
            done
            words 'note list'; key Enter; see 'Puerto'
            """)
        #expect(opened.status == 0, "\(opened.complaint)")
        defer { _ = try? tool.shell("tmux -S \"$HOME/t.sock\" kill-server") }
        // The program that is looked at has them while they are wanted: the search finds keys.
        let before = try look(tool, passphrase)
        #expect(before.contains("master="), "\(before)")
        #expect(!before.contains("passphrase=") && !before.contains("kek="), "\(before)")
        if ending == "wait" {
            // Nobody types anything meanwhile.
            for _ in 0..<40 where try look(tool, passphrase) != "none" {
                _ = try tool.shell("sleep 1")
            }
        } else {
            let ended = try tool.shell(
                """
                t() { tmux -u -S "$HOME/t.sock" "$@"; }
                t send-keys -l '\(ending)'; t send-keys Enter
                for try in $(seq 100); do
                    [ "$(t capture-pane -p | grep -c '^amparo>')" -ge 4 ] && break; sleep 0.1
                done
                """)
            #expect(ended.status == 0)
        }
        #expect(try look(tool, passphrase) == "none")
    }
}
