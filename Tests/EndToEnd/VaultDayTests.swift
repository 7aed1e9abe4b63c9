import Foundation
import TestSupport
import Testing

/// What happens to vaults in a year: two homes, a folder between them, a copy put back, a disk that
/// rots, a laptop that is lost. The real program, as a person types it.
@Suite("a year of a vault")
struct VaultDayTests {
    private static let opening = """
        set -u
        PATH="$1:$PATH"
        printf 'correcto caballo batería grapa\\n' >pw
        a() { home=$1; shift; amparo --home "$home" "$@" --passphrase-fd 3 3<pw; }
        titles() { a "$1" note list --json | grep -o '"title": *"[^"]*"' | cut -d '"' -f 4 | sort | tr '\\n' ' '; }

        """

    private func run(_ language: String, _ script: String) throws -> BuiltTool.Result {
        let tool = try BuiltTool(language: language)
        return try tool.shell(Self.opening + script, BuiltTool.programs)
    }

    @Test(
        "two homes exchange notes through a folder, with files half copied",
        arguments: ["en", "es"])
    func sync(_ language: String) throws {
        let day = try run(
            language,
            """
            a one init --kdf-memory 64 >/dev/null
            echo uno | a one note new --title Uno >/dev/null
            mkdir folder stick
            amparo --home one vault sync folder >/dev/null 2>&1 || exit 21
            amparo --home two vault sync folder >/dev/null 2>&1 || exit 22
            titles two; echo
            echo dos | a two note new --title Dos >/dev/null
            echo tres | a one note new --title Tres >/dev/null
            amparo --home two vault sync folder >/dev/null 2>&1 || exit 23
            # Half of each file arrives, then the rest.
            for file in folder/*.brick; do
                head -c $(($(stat -c %s "$file") / 2)) "$file" >"stick/${file##*/}"
            done
            amparo --home one vault sync stick >/dev/null 2>&1 || exit 24
            cp folder/*.brick stick/
            amparo --home one vault sync stick >/dev/null 2>&1 || exit 25
            titles one; echo
            amparo --home two vault sync stick >/dev/null 2>&1 || exit 26
            titles two; echo
            a one vault check >/dev/null && a two vault check >/dev/null && echo whole
            """)
        #expect(day.status == 0, "\(day.text) \(day.complaint)")
        #expect(
            day.lines.map { $0.trimmingCharacters(in: .whitespaces) }
                == ["Uno", "Dos Tres Uno", "Dos Tres Uno", "whole"], "\(day.text) \(day.complaint)")
    }

    @Test("two copies edited apart are one in either order")
    func merge() throws {
        let day = try run(
            "en",
            """
            a one init --kdf-memory 64 >/dev/null
            ID=$(echo uno | a one note new --title Uno)
            cp -r one two; rm -r two/state
            echo 'de uno' | a one note edit "$ID" >/dev/null
            echo 'de dos' | a two note edit "$ID" >/dev/null
            cp one/vault.db one.db; cp two/vault.db two.db
            amparo --home one vault merge two.db >/dev/null 2>&1 || exit 21
            amparo --home two vault merge one.db >/dev/null 2>&1 || exit 22
            for home in one two; do
                amparo --home $home vault status | tail -n 20 >$home.words
                a $home note show "$ID" | grep -E '^de (uno|dos)$' | sort | tr '\\n' ' '
                a $home note edit "$ID" --merge </dev/null >/dev/null 2>&1
                a $home note show "$ID" --body | grep -cE '^(<<<|>>>|de uno|de dos)'
            done
            cmp <(grep -v / one.words) <(grep -v / two.words) && echo same
            """)
        #expect(
            day.lines == ["de dos de uno 4", "de dos de uno 4", "same"],
            "\(day.text) \(day.complaint)")
    }

    @Test(
        "a laptop is lost: a backup and the recovery words open a second home",
        arguments: ["en", "es"])
    func lost(_ language: String) throws {
        let day = try run(
            language,
            """
            a one init --kdf-memory 64 >said 2>&1
            words=$(grep -oE '([a-z]{4,8} +){5,11}[a-z]{4,8}' said | tr '\\n' ' ')
            echo uno | a one note new --title Uno >/dev/null
            amparo --home one vault backup copy.db >/dev/null 2>&1 || exit 21
            rm -r one
            amparo --home two vault restore copy.db >/dev/null 2>&1 || exit 22
            printf '%s\\n' "$words" >words; printf 'otra frase de seis palabras nuevas\\n' >new
            amparo --home two recover --recovery-fd 4 --passphrase-fd 3 3<new 4<words >/dev/null || exit 23
            cp new pw; titles two; echo
            """)
        #expect(day.status == 0, "\(day.complaint)")
        #expect(day.line.trimmingCharacters(in: .whitespaces) == "Uno", "\(day.complaint)")
    }

    @Test(
        "an older copy in the vault's place is an alarm, once; a rotten disk gives its cells back")
    func rollback() throws {
        let day = try run(
            "es",
            """
            a one init --kdf-memory 64 >/dev/null
            echo uno | a one note new --title Uno >/dev/null
            cp one/vault.db old.db
            echo dos | a one note new --title Dos >/dev/null
            cp one/vault.db new.db; cp old.db one/vault.db
            a one note list 2>&1 >/dev/null | grep -o 'más vieja que la última'
            cp new.db one/vault.db; titles one; echo
            dd if=/dev/zero of=new.db bs=4096 count=4 conv=notrunc 2>/dev/null
            amparo --home three vault restore new.db >/dev/null 2>&1; echo $?
            amparo vault check --salvage --output saved.db --head old.db new.db >/dev/null || exit 21
            amparo --home three vault restore saved.db >/dev/null 2>&1 || exit 22
            titles three; echo
            """)
        #expect(
            day.lines.map { $0.trimmingCharacters(in: .whitespaces) }
                == ["más vieja que la última", "Dos Uno", "4", "Dos Uno"],
            "\(day.text) \(day.complaint)")
    }
}
