internal import CommandLineKit
internal import Keyring
internal import Platform
internal import Vault

/// Which lessons somebody has done: a setting in the vault, where nobody else reads it.
enum LessonProgress {
    private static let setting = "lessons"

    /// nil when the vault could not be asked without asking the person.
    static func atHand(_ invocation: Invocation) throws -> Set<Int>? {
        let home = try invocation.home
        guard try invocation.world.files.exists(home.vault),
            try invocation.value("passphrase-fd") != nil
                || invocation.hasSession(VaultFile(home.vault).id)
        else { return nil }
        return try invocation.withVault { done(in: Keyring($0)) }
    }

    static func done(in keyring: Keyring) -> Set<Int> {
        Set((keyring.setting(setting) ?? []).map(Int.init))
    }

    static func note(_ number: Int, in keyring: Keyring) {
        let done = done(in: keyring)
        guard !done.contains(number) else { return }
        keyring.set(setting, to: done.union([number]).sorted().map(UInt8.init))
    }
}
