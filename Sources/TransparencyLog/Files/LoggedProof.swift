/// An offline proof that an entry stands in a log at a place: its inclusion proof with the
/// checkpoint that the proof leads to (C2SP tlog-proof).
package struct LoggedProof: Hashable, Sendable {
    /// The ending of files that hold one.
    package static let fileExtension = "tlog-proof"

    private static let header = "c2sp.org/tlog-proof@v1"

    /// The place of the entry, from 0; a ledger's event of sequence n is entry n − 1.
    package let index: UInt64

    /// The hashes from the leaf's sibling up to the child of the root.
    package let hashes: [TreeHash]

    /// The checkpoint with its signatures.
    package let note: SignedNote

    /// What an application added; nobody vouches for it.
    package let extra: [UInt8]?

    /// Joins a proof and the signed checkpoint of its tree.
    package init(_ proof: InclusionProof, note: SignedNote) {
        index = proof.leafIndex
        hashes = proof.hashes
        self.note = note
        extra = nil
    }

    /// Reads a proof; `text` is the same bytes again.
    ///
    /// - Throws: `TransparencyError`: `.file`, or that of reading the note.
    package init(bytes: [UInt8]) throws(TransparencyError) {
        let (lines, note) = try ProofLines.split(bytes)
        guard lines.first.map({ $0.utf8.elementsEqual(Self.header.utf8) }) == true else {
            throw .file(.line(1, expected: "'\(Self.header)'"))
        }
        var place = 1
        var extra: [UInt8]?
        if lines.count > 1, lines[1].utf8.starts(with: "extra ".utf8) {
            guard let data = Base64.decode(lines[1].utf8.dropFirst(6)) else {
                throw .file(.line(2, expected: "'extra' and base64"))
            }
            extra = data
            place = 2
        }
        guard lines.count > place, let index = ProofLines.number(after: "index", in: lines[place])
        else {
            throw .file(.line(place + 1, expected: "'index' and a number"))
        }
        self.index = index
        self.extra = extra
        self.note = note
        hashes = try ProofLines.hashes(lines[(place + 1)...], first: place + 2)
    }

    /// The proof as its file holds it.
    package var text: String {
        let head = [Self.header] + (extra.map { ["extra \(Base64.encode($0))"] } ?? [])
        let lines = head + ["index \(index)"] + hashes.map(\.base64) + [""]
        return lines.map { $0 + "\n" }.joined() + note.description
    }

    /// Checks that the leaf stands at `index` in the tree of the checkpoint, which a known log has
    /// signed.
    ///
    /// - Throws: `TransparencyError`: those of reading a checkpoint signed by the log, then those
    ///   of `InclusionProof.verify`.
    package func verify(
        leafHash: TreeHash, signedBy logKey: VerifierKey
    ) throws(TransparencyError) -> Checkpoint {
        let checkpoint = try Checkpoint(
            note: note, signedBy: logKey, origin: logKey.name.description)
        try InclusionProof(leafIndex: index, treeSize: checkpoint.size, hashes: hashes)
            .verify(leafHash: leafHash, root: checkpoint.root)
        return checkpoint
    }
}
