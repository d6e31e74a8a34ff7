/// What is wrong with a hash, a proof, a key, a note or a checkpoint.
///
/// No case carries a private key or a part of one.
package enum TransparencyError: Error, Hashable, Sendable {
    /// A hash cannot be read.
    case hash(HashProblem)

    /// The state of a tree does not fit its size.
    case tree(TreeProblem)

    /// A proof cannot be made, or shows something else than what was asked.
    case proof(ProofProblem)

    /// A key or its name cannot be read.
    case key(KeyProblem)

    /// A signed note cannot be read, made or trusted.
    case note(NoteProblem)

    /// The text of a note is no checkpoint, or not the one of the log asked for.
    case checkpoint(CheckpointProblem)

    /// A file that carries a proof beside a checkpoint cannot be read.
    case file(ProofFileProblem)

    /// A policy cannot be read, or is not met.
    case policy(PolicyProblem)
}

/// What is wrong with a hash.
package enum HashProblem: Hashable, Sendable {
    /// There are other than 32 bytes.
    case length(found: Int)

    /// The text is not 64 lower-case hexadecimal digits.
    case notHexadecimal(String)

    /// The text is not the standard base64 of 32 bytes.
    case notBase64(String)
}

/// What is wrong with the kept state of a tree.
package enum TreeProblem: Hashable, Sendable {
    /// A tree of this size has another number of complete subtrees.
    case peakCount(found: Int, expected: Int, size: UInt64)
}

/// What is wrong with a proof or with what it was asked to show.
package enum ProofProblem: Hashable, Sendable {
    /// The index, from 0, is not below the size.
    case leafOutsideTree(leafIndex: UInt64, treeSize: UInt64)

    /// The older tree has no leaves, so that there is nothing to prove.
    case olderTreeEmpty

    /// The older tree has more leaves than the newer one.
    case olderTreeLarger(olderSize: UInt64, newerSize: UInt64)

    /// A proof for these sizes has another number of hashes.
    case length(found: Int, expected: Int)

    /// The proof leads to another root than that of the older tree.
    case olderRootMismatch(found: TreeHash, expected: TreeHash)

    /// The proof leads to another root than that of the (newer) tree.
    case rootMismatch(found: TreeHash, expected: TreeHash)
}

/// What is wrong with a key or its name.
package enum KeyProblem: Hashable, Sendable {
    /// The name has no character.
    case emptyName

    /// The name holds a space, a plus sign or a control character; the offset counts from 0.
    case nameCharacter(scalar: Unicode.Scalar, byteOffset: Int)

    /// The text does not have the parts of this form.
    case form(expected: String)

    /// The key id is not 8 lower-case hexadecimal digits; not shown, for where a separator is
    /// missing a part of a private key stands in its place.
    case identifierText

    /// The last part is not standard base64.
    case notBase64

    /// The first byte of the key names another kind of key.
    case type(found: UInt8, expected: KeyKind)

    /// There are other than 32 bytes of key.
    case length(found: Int)

    /// The key id is not the one of this name and public key.
    case identifierMismatch(found: KeyID, expected: KeyID)
}

/// What is wrong with a signed note; lines count from 1.
package enum NoteProblem: Hashable, Sendable {
    /// The note is larger than `SignedNote.maximumByteCount`.
    case tooLarge(byteCount: Int)

    /// The bytes of a line are not UTF-8.
    case notUTF8(line: Int)

    /// A line holds a control character other than the LF that ends it.
    case controlCharacter(UInt8, line: Int)

    /// The text does not end in LF, or has no line.
    case unterminatedText

    /// No empty line separates a text from signatures.
    case noSignatures

    /// The last signature line does not end in LF.
    case unterminatedSignature(line: Int)

    /// A line after the text is not `— <name> <base64>`.
    case signatureForm(line: Int)

    /// The name in a signature line is no key name.
    case signatureName(line: Int, KeyProblem)

    /// What follows the name is not the standard base64 of a key id and a signature.
    case signatureBase64(line: Int)

    /// There are more signatures than `SignedNote.maximumSignatureCount`.
    case tooManySignatures(found: Int)

    /// Two of the known keys share a name and a key id.
    case ambiguousKey(KeyName, KeyID)

    /// The signature of a known key is not one of this text.
    case wrongSignature(KeyName, KeyID)

    /// None of the known keys has signed.
    case noKnownSignature

    /// The signing failed inside the cryptographic library.
    case signingFailed(KeyName, KeyID)

    /// Signatures are of another text than the one they were to be added to.
    case otherText
}

/// What is wrong with a checkpoint.
package enum CheckpointProblem: Hashable, Sendable {
    /// There are fewer than three lines.
    case lineCount(found: Int)

    /// The last line does not end in LF.
    case unterminated

    /// The origin is empty.
    case emptyOrigin

    /// An extension line, counted from 1 in the text, is empty.
    case emptyExtension(line: Int)

    /// An origin or extension line holds a control character.
    case controlCharacter(UInt8, line: Int)

    /// The size is not a decimal number below 2^64 without leading zeros.
    case size(String)

    /// The root is not a hash in base64.
    case root(String)

    /// The checkpoint is of another log.
    case wrongOrigin(found: String, expected: String)
}
