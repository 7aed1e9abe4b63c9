package import Dispatch
internal import Encoding
package import Platform

/// Puts one finished message into a maildir-like folder: `PATH/CONTACT/new/TIME.ID`.
package enum FolderDelivery {
    package static func deliver(
        _ request: CourierRequest, to path: String, files: any FileSystem
    ) -> DeliveryResult {
        let person = Path.join(path, request.contact)
        let inbox = Path.join(person, "new")
        do {
            // Never made here: an unplugged disk must not turn into a folder on another one.
            guard try files.status(path)?.kind == .directory else {
                return .tryAgain(DeliveryReason(.folder, "missing"))
            }
            if try !files.exists(inbox) {
                try files.createDirectories(inbox)
                // A loss of power must not take the folder with the message in it.
                try files.syncDirectory(of: inbox)
                try files.syncDirectory(of: person)
            }
            let name = "\(request.date.milliseconds).\(Hex.encode(request.id))"
            let place = Path.join(inbox, name)
            // The same delivery again, as after a crash: it lies there whole.
            if try files.exists(place) { return .delivered }
            // A reader of mail folders passes over names with a dot in front. Moved within one
            // folder, since older fences forbid more.
            let draft = Path.join(inbox, "." + name)
            try files.removeIfPresent(draft)
            try files.writeNew(draft, request.body)
            try files.rename(draft, onto: place)
            try files.syncDirectory(of: place)
            return .delivered
        } catch {
            return .tryAgain(DeliveryReason(.folder, "\(error)"))
        }
    }
}
