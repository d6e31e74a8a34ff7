extension NoteProblem: CustomStringConvertible {
    /// One line: where, what was found and what was expected.
    package var description: String {
        switch self {
        case .tooLarge(let byteCount):
            "note has \(byteCount) bytes, expected at most \(SignedNote.maximumByteCount)"
        case .notUTF8(let line): "line \(line) of the note is not valid utf-8"
        case .controlCharacter(let byte, let line):
            "line \(line) of the note holds the control character \(codePoint(UInt32(byte)))"
        case .unterminatedText: "text of the note does not end in a line feed"
        case .noSignatures: "note has no signatures, expected them after an empty line"
        case .unterminatedSignature(let line):
            "line \(line) of the note does not end in a line feed"
        case .signatureForm(let line):
            "line \(line) of the note is no signature, expected '— <name> <base64>'"
        case .signatureName(let line, let problem): "line \(line) of the note: \(problem)"
        case .signatureBase64(let line):
            "line \(line) of the note does not end in the base64 of a key id and a signature"
        case .tooManySignatures(let found):
            "note has \(found) signatures, expected at most \(SignedNote.maximumSignatureCount)"
        case .ambiguousKey(let name, let keyID):
            "two known keys share the name and key id '\(name)+\(keyID)'"
        case .wrongSignature(let name, let keyID):
            "signature of '\(name)+\(keyID)' does not fit the text of the note"
        case .noKnownSignature: "note carries no signature of a known key"
        case .signingFailed(let name, let keyID): "key '\(name)+\(keyID)' failed to sign"
        case .otherText: "signatures are of another text"
        }
    }
}

extension CheckpointProblem: CustomStringConvertible {
    /// One line: where, what was found and what was expected.
    package var description: String {
        switch self {
        case .lineCount(let found):
            "checkpoint has \(found) lines, expected at least 3: origin, size, root"
        case .unterminated: "checkpoint does not end in a line feed"
        case .emptyOrigin: "origin of the checkpoint is empty"
        case .emptyExtension(let line): "line \(line) of the checkpoint is empty"
        case .controlCharacter(let byte, let line):
            "line \(line) of the checkpoint holds the control character "
                + codePoint(UInt32(byte))
        case .size(let text):
            "size \(quoted(text)) of the checkpoint is not a decimal number below 2^64 "
                + "without leading zeros"
        case .root(let text):
            "root \(quoted(text)) of the checkpoint is not the base64 of 32 bytes"
        case .wrongOrigin(let found, let expected):
            "checkpoint is of origin \(quoted(found)), expected \(quoted(expected))"
        }
    }
}
