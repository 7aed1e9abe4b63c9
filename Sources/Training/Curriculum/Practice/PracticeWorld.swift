package import Platform
package import Wording

/// The folder of one practice world, and the names in it.
///
/// A process is in practice when `$AMPARO_PRACTICE` names the folder; a home is a practice home when
/// it holds the mark. The two must agree, in both directions: a practice process opens no real vault,
/// and a real one no practice vault.
package struct PracticeWorld: Hashable, Sendable {
    /// Absolute.
    package let folder: String

    package init(_ folder: String) { self.folder = folder }

    package static let variable = "AMPARO_PRACTICE"

    /// The world that this process is in; nil in real life.
    package init?(environment: [String: String]) {
        guard let folder = environment[Self.variable], !folder.isEmpty else { return nil }
        self.init(folder)
    }

    /// A home with a watcher.
    package struct Watched: Sendable {
        package let home: String
        /// The file with it.
        package let passphrase: String
        package let log: String
    }

    // MARK: Places

    /// The invented journalist's.
    package var home: String { folder + "/home" }
    /// Her editor's, who keeps watch.
    package var colleague: String { folder + "/laura" }
    /// Where the shell stands: files of an ordinary day.
    package var work: String { folder + "/work" }
    /// A second machine, empty: for restoring a copy.
    package var otherMachine: String { work + "/laptop-2" }
    /// What the alerts of this world reach.
    package func inbox(_ language: Language) -> String {
        folder + "/" + inboxName(language)
    }
    package func inboxName(_ language: Language) -> String {
        Text(en: "inbox", es: "buzon")(language)
    }
    package var clock: String { folder + "/clock" }
    package var timeline: String { folder + "/timeline" }
    /// Number of the lesson that was begun last.
    package var currentLesson: String { folder + "/lesson" }
    /// Lineage of the vault when the world was made: a rewrite draws another.
    package var firstVault: String { folder + "/vault" }
    package var shellStart: String { folder + "/shell" }
    package var history: String { folder + "/history" }
    /// Those in which a watcher runs: hers, and her editor's, who takes plans over.
    package var watched: [Watched] {
        [
            Watched(home: home, passphrase: passphrase, log: folder + "/watch.log"),
            Watched(
                home: colleague, passphrase: colleaguePassphrase,
                log: folder + "/laura-watch.log"),
        ]
    }
    /// While it is there the watcher of this world stays off.
    package var watchPause: String { folder + "/watch.off" }
    /// Copies of the vault that somebody took at a border.
    package var copies: String { folder + "/copies" }
    /// The passphrase of the journalist's vault: it guards nothing.
    package var passphrase: String { folder + "/" + Self.passphraseName }
    package var colleaguePassphrase: String { folder + "/laura-" + Self.passphraseName }

    package static let passphraseName = "FRASE-PASSPHRASE-PRACTICA.txt"
    /// Lies in the folder and in each of its homes.
    package static let markName = "PRACTICE-PRACTICA.txt"

    package static func mark(in home: String) -> String { home + "/" + markName }

    // MARK: The mark

    private static let firstWords = "amparo practice 1 "

    /// What every marked folder says, for whoever finds it.
    package static func mark(_ language: Language) -> [UInt8] {
        Array(
            """
            \(firstWords)\(language.rawValue)

            PRÁCTICA. Todo lo que hay aquí es inventado: personas, apuntes, llaves y alertas. No guarda nada \
            de nadie, y se borra con «amparo practice end».

            PRACTICE. Everything in here is invented: people, notes, keys and alerts. It keeps nothing of \
            anybody, and is deleted with 'amparo practice end'.

            """.utf8)
    }

    /// The language in which a marked folder was made; nil for any other.
    package static func language(of home: String, _ files: any FileSystem) -> Language? {
        guard let bytes = try? files.read(mark(in: home), limit: 4_096) else { return nil }
        let line = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        guard line.hasPrefix(firstWords) else { return nil }
        return Language(rawValue: String(line.dropFirst(firstWords.count)))
    }

    package static func isMarked(_ home: String, _ files: any FileSystem) -> Bool {
        language(of: home, files) != nil
    }

    /// Nothing is left of a world that has ended.
    package func language(_ files: any FileSystem) -> Language? {
        Self.language(of: folder, files)
    }
}
