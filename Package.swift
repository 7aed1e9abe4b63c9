// swift-tools-version: 6.2
// One line per target; folders under Sources are the user's words. Arrows point inward only:
// App → CheckIn, Notes, Keys → Files → Crypto → System. `make check` holds the code to it.
import PackageDescription

/// Set by `make release`: takes lib*.a of the libraries that have one, so that the journalist's
/// binary runs from a USB stick.
let linksStatically = Context.environment["AMPARO_STATIC"] == "1"

func library(_ name: String) -> LinkerSetting {
    .linkedLibrary(linksStatically ? ":lib\(name).a" : name, .when(platforms: [.linux]))
}

func sharedLibrary(_ name: String) -> LinkerSetting {
    .linkedLibrary(name, .when(platforms: [.linux]))
}

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6), .strictMemorySafety(), .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]
// The test macros expand to code that trips strict memory safety.
let testing: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]

let hardenedC: [CSetting] = [
    .define("_GNU_SOURCE"), .define("_FORTIFY_SOURCE", to: "2", .when(configuration: .release)),
    .unsafeFlags(["-Wall", "-Wextra", "-Werror"]),
]

func c(_ name: String, _ libraries: LinkerSetting...) -> Target {
    .target(
        name: name, path: "Sources/System/\(name)", cSettings: hardenedC,
        linkerSettings: libraries)
}

func lastPart(of path: String) -> String { String(path.split(separator: "/").last ?? "") }

/// - Parameter folders: Texts that lie beside the code and are no part of the target.
func module(
    _ path: String, needs: [Target.Dependency] = [], besides folders: [String] = []
) -> Target {
    let name = lastPart(of: path)
    return .target(
        name: name, dependencies: needs, path: "Sources/\(path)", exclude: folders,
        swiftSettings: strict)
}

func program(_ path: String, needs: [Target.Dependency]) -> Target {
    let name = lastPart(of: path)
    return .executableTarget(
        name: name, dependencies: needs, path: "Sources/\(path)", swiftSettings: strict)
}

func tests(_ path: String, needs: [Target.Dependency] = []) -> Target {
    let name = lastPart(of: path)
    return .testTarget(
        name: name, dependencies: needs + ["TestSupport"], path: "Tests/\(path)",
        swiftSettings: testing)
}

let package = Package(
    name: "amparo",
    targets: [
        c("CSodium", library("sodium")),
        c("CPlatform"),
        c("CSQLite", library("sqlite3"), sharedLibrary("m")),
        c("CCurl"),
        c("CArchive", library("archive")),
        c("CQREncode"),

        module("System/Wording"),
        module("Crypto/Secrets", needs: ["CSodium", "CPlatform"]),
        module("Crypto/Primitives", needs: ["CSodium", "Secrets"]),
        module("Crypto/Encoding", needs: ["Secrets", "Wording"]),
        module("Crypto/PostQuantum", needs: ["Primitives", "Secrets"]),
        module("System/Platform", needs: ["CPlatform", "Secrets", "Wording"]),
        module("Files/AgeFormat", needs: ["Encoding"]),
        module("Files/AgeStream", needs: ["Primitives", "Secrets", "Platform"]),
        module(
            "Files/Age",
            needs: [
                "AgeFormat", "AgeStream", "Encoding", "PostQuantum", "Primitives", "Secrets",
                "Platform",
            ]),
        module(
            "Files/Bundles", needs: ["CArchive", "Encoding", "Platform", "Primitives", "Secrets"]),
        module("Files/Minisign", needs: ["Primitives", "Encoding", "Secrets"]),
        module("Keys/Shares", needs: ["Primitives", "Secrets"]),
        module("Keys/Passphrases", needs: ["Primitives", "Encoding", "Secrets", "Wording"]),
        module("System/Database", needs: ["CSQLite"]),
        module("System/QR", needs: ["CQREncode"]),
        module(
            "Notes/Vault", needs: ["Primitives", "Encoding", "Secrets", "Platform", "Database"]),
        module("Notes/Notebook", needs: ["Vault", "Encoding", "Platform", "Wording"]),
        module("Notes/Editor", needs: ["Notebook", "Platform", "Secrets"]),
        module(
            "Notes/Keyring",
            needs: [
                "Vault", "Age", "Minisign", "Encoding", "Platform", "Primitives", "Secrets",
                "Wording",
            ]),
        module(
            "CheckIn/CheckIn",
            needs: ["Primitives", "Encoding", "Secrets", "Platform", "Wording"]),
        module("CheckIn/Dispatch", needs: ["Encoding", "Platform", "Secrets"]),
        module(
            "CheckIn/Delivery",
            needs: ["CCurl", "Dispatch", "Encoding", "Platform", "Primitives", "Secrets"]),
        module(
            "CheckIn/Watch",
            needs: [
                "CheckIn", "Dispatch", "Database", "Primitives", "Encoding", "Secrets", "Platform",
                "Wording",
            ]),

        module("Training/Risk", needs: ["Wording"]),
        module(
            "Training/Curriculum", needs: ["Encoding", "Platform", "Wording"], besides: ["Lessons"]),

        module(
            "App/CommandLineKit", needs: ["Curriculum", "Platform", "Secrets", "Wording"]),
        module(
            "App/Commands",
            needs: [
                "CommandLineKit", "Platform", "Secrets", "Wording", "Encoding", "Vault", "Notebook",
                "Editor", "Keyring", "Minisign", "Passphrases", "Dispatch", "Age", "AgeFormat",
                "AgeStream", "CheckIn",
                "Watch", "Primitives", "QR", "Shares", "Bundles", "Risk", "Curriculum",
            ]),
        program("App/amparo-courier", needs: ["Delivery", "Platform", "Secrets"]),
        program(
            "App/amparo",
            needs: ["Commands", "CommandLineKit", "Curriculum", "Platform", "Secrets"]),
        program(
            "App/amparo-bench",
            needs: [
                "Encoding", "Notebook", "Vault", "Minisign", "Primitives", "Platform", "Secrets",
                "CheckIn", "Watch", "Wording",
            ]),

        .target(
            name: "TestSupport",
            dependencies: [
                "CommandLineKit", "Encoding", "Platform", "Primitives", "Secrets", "Vault",
                "Wording",
            ],
            path: "Tests/TestSupport",
            exclude: [
                "read_mail.py", "smtp_server.py", "socks_server.py", "terminal_pty.py",
                "web_server.py", "zone_changes.py",
            ],
            swiftSettings: testing),
        .target(
            name: "CTestKeyring", path: "Tests/CTestKeyring", cSettings: hardenedC),
        .executableTarget(
            name: "vault-torture",
            dependencies: ["Vault", "Encoding", "Platform", "Secrets"],
            path: "Tests/Torture/vault-torture", swiftSettings: testing),
        .executableTarget(
            name: "amparo-fuzz",
            dependencies: [
                "Age", "AgeFormat", "Bundles", "Editor", "Encoding", "Minisign", "Notebook",
                "Platform", "Secrets", "Shares", "Vault",
            ],
            path: "Tests/Fuzz/amparo-fuzz", swiftSettings: testing),
        .target(
            name: "CFaultyDisk", dependencies: ["CSQLite"], path: "Tests/CFaultyDisk",
            cSettings: hardenedC),
        tests("System/PlatformTests", needs: ["Platform", "Secrets", "CTestKeyring"]),
        tests("System/DatabaseTests", needs: ["Database"]),
        tests("System/QRTests", needs: ["QR"]),
        tests("Crypto/SecretsTests", needs: ["Secrets"]),
        tests("Crypto/PrimitivesTests", needs: ["Primitives", "Secrets", "Encoding"]),
        tests("Crypto/EncodingTests", needs: ["Encoding", "Secrets", "Wording"]),
        tests(
            "Crypto/PostQuantumTests",
            needs: ["PostQuantum", "Encoding", "Primitives", "Secrets"]),
        .target(
            name: "CZlib", path: "Tests/CZlib", cSettings: hardenedC,
            linkerSettings: [sharedLibrary("z")]),
        tests("Files/AgeFormatTests", needs: ["AgeFormat"]),
        tests("Files/AgeStreamTests", needs: ["AgeStream", "Platform", "Primitives", "Secrets"]),
        tests(
            "Files/AgeTests",
            needs: [
                "Age", "AgeFormat", "AgeStream", "CZlib", "Encoding", "Platform", "Primitives",
                "Secrets",
            ]),
        tests("Files/BundlesTests", needs: ["Bundles", "Platform", "Primitives", "Secrets"]),
        tests("Keys/SharesTests", needs: ["Shares", "Encoding", "Primitives", "Secrets"]),
        tests("Files/MinisignTests", needs: ["Minisign", "Encoding", "Secrets"]),
        tests(
            "Notes/VaultTests",
            needs: [
                "Vault", "Database", "Primitives", "Encoding", "Platform", "Secrets", "CFaultyDisk",
                "vault-torture",
            ]),
        tests("Notes/NotebookTests", needs: ["Notebook", "Vault", "Platform"]),
        tests("Notes/EditorTests", needs: ["Editor"]),
        tests(
            "Notes/KeyringTests",
            needs: [
                "Keyring", "Vault", "Age", "Minisign", "Platform", "Primitives", "Secrets",
                "Wording",
            ]),
        tests(
            "CheckIn/CheckInTests",
            needs: ["CheckIn", "Encoding", "Primitives", "Secrets", "Platform", "Wording"]),
        tests("CheckIn/DispatchTests", needs: ["Dispatch", "Encoding", "Platform", "Secrets"]),
        tests(
            "CheckIn/DeliveryTests",
            needs: [
                "Delivery", "Dispatch", "Encoding", "Platform", "Primitives", "Secrets",
                "amparo-courier",
            ]),
        tests(
            "CheckIn/WatchTests",
            needs: [
                "Watch", "CheckIn", "Dispatch", "Database", "Encoding", "Primitives", "Secrets",
                "Platform", "Wording", "CFaultyDisk",
            ]),
        tests(
            "Keys/PassphrasesTests",
            needs: ["Passphrases", "Encoding", "Primitives", "Secrets", "Wording"]),
        tests("Training/RiskTests", needs: ["Risk", "Wording"]),
        tests(
            "App/CommandLineKitTests", needs: ["CommandLineKit", "Platform", "Secrets", "Wording"]),
        tests(
            "App/CommandsTests",
            needs: [
                "Age", "AgeFormat", "CheckIn", "CommandLineKit", "Commands", "Platform",
                "Notebook", "Primitives", "Secrets", "Wording", "Encoding", "Vault", "Watch",
                "Risk",
                "Curriculum", "Editor",
            ]),
        tests("Training/CurriculumTests", needs: ["Curriculum", "Platform", "Wording"]),
        tests(
            "EndToEnd",
            needs: [
                "amparo", "amparo-fuzz", "CommandLineKit", "Commands", "Curriculum", "Encoding",
                "Platform", "Risk", "Wording",
            ]),
    ]
)
