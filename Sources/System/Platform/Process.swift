internal import Glibc

/// The variables this process was started with.
package enum Environment {
    /// The first of each name counts; a line without `=` does not.
    package static var current: [String: String] {
        var variables: [String: String] = [:]
        var entry = unsafe environ
        while let line = unsafe entry.pointee {
            let text = unsafe String(cString: line)
            if let mark = text.firstIndex(of: "=") {
                let name = String(text[..<mark])
                if variables[name] == nil {
                    variables[name] = String(text[text.index(after: mark)...])
                }
            }
            unsafe entry += 1
        }
        return variables
    }
}

package enum ProcessExit {
    /// Ends the process; nothing is left to unwind.
    package static func end(_ code: Int32) -> Never { exit(code) }
}
