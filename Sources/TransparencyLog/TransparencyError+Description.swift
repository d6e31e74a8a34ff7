extension TransparencyError: CustomStringConvertible {
    /// One line: what was found and what was expected.
    package var description: String {
        switch self {
        case .hash(let problem): problem.description
        case .tree(let problem): problem.description
        case .proof(let problem): problem.description
        case .key(let problem): problem.description
        case .note(let problem): problem.description
        case .checkpoint(let problem): problem.description
        case .file(let problem): problem.description
        case .policy(let problem): problem.description
        }
    }
}

extension HashProblem: CustomStringConvertible {
    /// One line: what was found and what was expected.
    package var description: String {
        switch self {
        case .length(let found): "hash has \(found) bytes, expected 32"
        case .notHexadecimal(let text):
            "hash \(quoted(text)) is not 64 lower-case hexadecimal digits"
        case .notBase64(let text): "hash \(quoted(text)) is not the base64 of 32 bytes"
        }
    }
}

extension TreeProblem: CustomStringConvertible {
    /// One line: what was found and what was expected.
    package var description: String {
        switch self {
        case .peakCount(let found, let expected, let size):
            "tree of size '\(size)' comes with \(found) subtree hashes, expected \(expected)"
        }
    }
}

extension ProofProblem: CustomStringConvertible {
    /// One line: what was found and what was expected.
    package var description: String {
        switch self {
        case .leafOutsideTree(let leafIndex, let treeSize):
            "leaf '\(leafIndex)' is outside a tree of size '\(treeSize)' (leaves count from 0)"
        case .olderTreeEmpty:
            "older tree has size '0', expected at least 1 (every tree begins with the empty one)"
        case .olderTreeLarger(let olderSize, let newerSize):
            "older tree has size '\(olderSize)', expected at most the newer one's '\(newerSize)'"
        case .length(let found, let expected):
            "proof has \(found) hashes, expected \(expected) for these sizes"
        case .olderRootMismatch(let found, let expected):
            "proof leads to older root '\(found)', expected '\(expected)'"
        case .rootMismatch(let found, let expected):
            "proof leads to root '\(found)', expected '\(expected)'"
        }
    }
}

extension KeyProblem: CustomStringConvertible {
    /// One line: what was found and what was expected.
    package var description: String {
        switch self {
        case .emptyName: "key name is empty, expected a name such as 'example.com/ledger'"
        case .nameCharacter(let scalar, let byteOffset):
            "key name holds \(codePoint(scalar.value)) at byte \(byteOffset), "
                + "expected no space, plus sign or control character"
        case .form(let expected): "key has other parts, expected '\(expected)'"
        case .identifierText: "key id is not 8 lower-case hexadecimal digits"
        case .notBase64: "key is not standard base64 after its key id"
        case .type(let found, let expected):
            "key has type '\(found)', expected '\(expected.rawValue)' (\(expected.words))"
        case .length(let found): "key has \(found) bytes, expected 32"
        case .identifierMismatch(let found, let expected):
            "key id is '\(found)', expected '\(expected)' for this name and key"
        }
    }
}

/// A text in single quotes on one line: control characters escaped, cut after 80 characters.
func quoted(_ text: String) -> String {
    let shown = text.unicodeScalars.prefix(80).map { scalar in
        scalar.value < 0x20 ? scalar.escaped(asASCII: true) : String(scalar)
    }
    let cut = text.unicodeScalars.count > 80 ? "..." : ""
    return "'\(shown.joined())\(cut)'"
}

/// A code point as Unicode writes it, with four digits or more.
func codePoint(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)"
}
