internal import CommandLineKit
internal import Platform
internal import Secrets
internal import Synchronization
internal import Wording

/// Where `encrypt` or `decrypt` writes, by the rules that both follow: `-o OUT`; else standard
/// output when it is not a terminal; else a name derived from the input's, which is printed. Whole
/// or absent, save for a stream.
struct FileOutput {
    private enum Target {
        case file(any OutputFile, isChosenHere: Bool)
        case stream(any ByteOutput)
        case screen(HeldText)
    }

    /// What to do where bytes would appear on a terminal without having been sent there by name.
    enum OnTerminal {
        /// They are text of our own making.
        case write
        /// Show them once they are whole, if they are text.
        case showText
        case refuse
    }

    static let options: [Option] = [
        .value(
            "output", short: "o", "OUT", spanish: ["salida"],
            Text(
                en: "write to this file, which must not exist; - is standard output",
                es: "escribe en este archivo, que no debe existir; - es la salida estándar")),
        .flag(
            "force",
            Text(en: "replace OUT if it exists", es: "reemplaza la SALIDA si ya existe")),
    ]

    /// Shown in errors.
    let name: String
    private let target: Target
    private let isSpecial: Bool

    /// Whether what is made of `path` is written on the screen.
    static func isScreen(_ path: String?, _ invocation: Invocation) -> Bool {
        let chosen = invocation.value("output")
        let isStream = chosen == "-" || chosen == nil && (path == nil || path == "-")
        return isStream && invocation.world.terminal.isTerminal(.output)
    }

    /// - Parameters:
    ///   - derived: The name to use on a terminal; nil when the input has none.
    ///   - hidden: A name that says nothing, used whatever the output is; `-o` is then a folder.
    ///   - inputs: Files that must not be written to.
    init(
        _ invocation: Invocation, derived: () throws -> String?, hidden: String? = nil,
        access: FileAccess, onTerminal: OnTerminal, inputs: [FileIdentity]
    ) throws {
        let world = invocation.world
        if let hidden {
            self = try FileOutput(
                file: hidden, existing: .refuse, isChosenHere: true, access, inputs, world)
            return
        }
        if let chosen = invocation.value("output"), chosen != "-" {
            self = try FileOutput(
                file: chosen, existing: invocation.flag("force") ? .replace : .refuse,
                isChosenHere: false, access, inputs, world)
            return
        }
        let isUnasked = world.terminal.isTerminal(.output) && invocation.value("output") == nil
        if isUnasked, let derived = try derived() {
            self = try FileOutput(
                file: derived, existing: .refuse, isChosenHere: true, access, inputs, world)
            return
        }
        name = "stdout"
        isSpecial = false
        (world.standardOutput as? DescriptorStream)?.widen()
        if let status = (world.standardOutput as? DescriptorStream)?.status,
            status.kind == .regular, inputs.contains(status.identity)
        {
            throw FileError.sameFile.failure(name)
        }
        switch onTerminal {
        case .refuse where isUnasked: throw Self.notForTerminals
        case .showText where isUnasked: target = .screen(HeldText())
        case .refuse, .showText, .write: target = .stream(world.standardOutput)
        }
    }

    private init(
        file path: String, existing: ExistingFile, isChosenHere: Bool, _ access: FileAccess,
        _ inputs: [FileIdentity], _ world: World
    ) throws {
        name = path
        do throws(FileError) {
            isSpecial = try world.files.status(path).map { $0.kind != .regular } ?? false
            let file = try world.files.output(
                path, existing: existing, access: access, inputs: inputs)
            target = .file(file, isChosenHere: isChosenHere)
        } catch { throw error.failure(making: path) }
    }

    var bytes: any ByteOutput {
        switch target {
        case .file(let file, _): file
        case .stream(let stream): stream
        case .screen(let held): held
        }
    }

    /// The file, when the output is one.
    var file: (any OutputFile)? { if case .file(let file, _) = target { file } else { nil } }

    /// Whether a folder may stand here instead of a file: not in the place of a device.
    var canBecomeFolder: Bool { !isSpecial && file != nil }

    /// Whether a failure leaves a part of the result behind.
    var isStream: Bool { if case .stream = target { true } else { false } }

    /// Gives the file its name; a name that the user did not choose is printed, unless `isQuiet`.
    func commit(_ invocation: Invocation, isQuiet: Bool = false) throws {
        switch target {
        case .file(let file, _):
            do throws(FileError) { try file.commit() } catch { throw error.failure(name) }
            if !isQuiet { try announce(invocation) }
        case .stream: break
        case .screen(let held):
            guard let text = held.text else { throw Self.notForTerminals }
            try invocation.print(text)
        }
    }

    /// Says what was made.
    func announce(_ invocation: Invocation) throws {
        guard case .file(_, let isChosenHere) = target else { return }
        if isChosenHere {
            try invocation.print(name)
        } else {
            invocation.acknowledge(Text(en: "done: \(name)", es: "listo: \(name)"))
        }
    }

    private static let notForTerminals = Failure(
        .refused,
        Text(
            en: "what comes out is no short text, and would only disturb the terminal",
            es: "lo que sale no es un texto corto y solo estorbaría en la terminal"),
        hint: Text(
            en: "name a file with -o OUT, or insist with -o -",
            es: "nombra un archivo con -o SALIDA, o insiste con -o -"))
}

/// Keeps what is meant for a screen until all of it is known to be whole.
private final class HeldText: ByteOutput {
    private static let limit = 1 << 20

    /// nil beyond the limit.
    private let held = Mutex<[UInt8]?>([])

    deinit {
        held.withLock { held in
            guard var bytes = held else { return }
            held = nil
            Zeroing.zero(&bytes)
        }
    }

    func write(_ bytes: Span<UInt8>) throws(StreamError) {
        held.withLock { held in
            guard let count = held?.count, bytes.count <= Self.limit - count else {
                held = nil
                return
            }
            held?.append(copying: bytes)
        }
    }

    /// Without the last line end; nil for anything but text.
    var text: String? {
        held.withLock { held in
            guard let bytes = held, !bytes.contains(0) else { return nil }
            let line = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
            return String(validating: line, as: UTF8.self)
        }
    }
}
