/// What a log hands a witness: a checkpoint, and the proof that it extends the one which the
/// witness cosigned last (the body of an `add-checkpoint` request, C2SP tlog-witness).
package struct WitnessRequest: Hashable, Sendable {
    /// The size that the witness cosigned last; 0 for a log it has never seen.
    package let olderSize: UInt64

    /// The consistency proof; none from size 0 and between equal sizes.
    package let hashes: [TreeHash]

    /// The checkpoint with its signatures.
    package let note: SignedNote

    /// Joins a checkpoint and its proof.
    package init(olderSize: UInt64, hashes: [TreeHash], note: SignedNote) {
        self.olderSize = olderSize
        self.hashes = hashes
        self.note = note
    }

    /// Reads a request, or a checkpoint alone, which claims nothing about an older one.
    ///
    /// - Throws: `TransparencyError`: `.file`, or that of reading the note.
    package init(bytes: [UInt8]) throws(TransparencyError) {
        guard bytes.starts(with: "old ".utf8) else {
            self.init(olderSize: 0, hashes: [], note: try SignedNote(bytes: bytes))
            return
        }
        let (lines, note) = try ProofLines.split(bytes)
        guard let size = lines.first.flatMap({ ProofLines.number(after: "old", in: $0) }) else {
            throw .file(.line(1, expected: "'old' and a size"))
        }
        self.init(
            olderSize: size, hashes: try ProofLines.hashes(lines.dropFirst(), first: 2), note: note)
    }

    /// The request as its file holds it.
    package var text: String {
        (["old \(olderSize)"] + hashes.map(\.base64) + [""]).map { $0 + "\n" }.joined()
            + note.description
    }
}
