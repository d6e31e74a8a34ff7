extension Checkpoint {
    /// The checkpoint as a note signed by the log's key.
    ///
    /// A log must not sign two checkpoints of which neither tree is the beginning of the other;
    /// whoever calls this has made sure (C2SP tlog-checkpoint).
    ///
    /// - Throws: `TransparencyError.note`: `.tooLarge`, `.signingFailed`.
    package func signed(by key: SigningKey) throws(TransparencyError) -> SignedNote {
        try SignedNote(text: text).signed(by: key)
    }

    /// Reads the checkpoint out of a note that the log's key has signed; other signatures are
    /// ignored.
    ///
    /// - Throws: `TransparencyError`, the first that applies: those of `SignedNote.verify(by:)` and
    ///   of `init(text:)`, then `.checkpoint(.wrongOrigin)`.
    package init(
        note: SignedNote, signedBy logKey: VerifierKey, origin: String
    ) throws(TransparencyError) {
        _ = try note.verify(by: [logKey])
        try self.init(text: note.text)
        guard self.origin.utf8.elementsEqual(origin.utf8) else {
            throw .checkpoint(.wrongOrigin(found: self.origin, expected: origin))
        }
    }
}
