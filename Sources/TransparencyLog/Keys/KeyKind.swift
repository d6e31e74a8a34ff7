/// What a key signs; the raw value is the byte before the key in its text and in its id.
package enum KeyKind: UInt8, Hashable, Sendable {
    /// The text of a note as it stands (C2SP signed-note, Ed25519).
    case note = 0x01

    /// A checkpoint with the time at which a witness saw it (C2SP tlog-cosignature, Ed25519).
    case cosignature = 0x04

    /// The kind in words, for error messages.
    var words: String {
        switch self {
        case .note: "ed25519"
        case .cosignature: "ed25519 cosignature"
        }
    }
}
