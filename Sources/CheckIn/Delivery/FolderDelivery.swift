package import Dispatch
internal import Encoding
package import Platform

/// Puts one finished message into a maildir-like folder: `PATH/CONTACT/new/TIME.ID`.
package enum FolderDelivery {
    package static func deliver(
        _ request: CourierRequest, to path: String, files: any FileSystem
    ) -> DeliveryResult {
        let inbox = Path.join(Path.join(path, request.contact), "new")
        do {
            // Never made here: an unplugged disk must not turn into a folder on another one.
            guard try files.status(path)?.kind == .directory else {
                return .tryAgain(DeliveryReason(.folder, "missing"))
            }
            try files.createDirectories(inbox)
            let name = "\(request.date.milliseconds).\(Hex.encode(request.id))"
            let place = Path.join(inbox, name)
            // The same delivery again, as after a crash: it lies there whole.
            if try files.exists(place) { return .delivered }
            // A reader of mail folders passes over names with a dot in front. Moved within one
            // folder, since older fences forbid more.
            let draft = Path.join(inbox, "." + name)
            try files.removeIfPresent(draft)
            try files.writeNew(draft, request.mail)
            try files.rename(draft, onto: place)
            try files.syncDirectory(of: place)
            return .delivered
        } catch {
            return .tryAgain(DeliveryReason(.folder, "\(error)"))
        }
    }
}
