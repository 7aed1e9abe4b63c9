package import Vault

/// What the notebook refuses.
package enum NotebookError: Error, Hashable {
    /// Control characters, or more than `limit` bytes.
    case malformedTitle(limit: Int)
    /// Empty, control characters, quotation marks, or more than `limit` bytes.
    case malformedTag(limit: Int)
    /// Neither a title nor a body.
    case emptyNote
    /// A body is UTF-8 text.
    case bodyIsNotText
    case bodyTooLong(limit: Int)
    /// Control characters, a slash, or more than 255 bytes.
    case malformedName
    /// The note has a file of that name already.
    case nameTaken(String)
    /// The body's record cannot be read by this version.
    case unreadableBody(ID16)
}
