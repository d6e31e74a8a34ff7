/// What is wrong with a file that carries a proof beside a checkpoint; lines count from 1.
package enum ProofFileProblem: Hashable, Sendable {
    /// The bytes are not UTF-8.
    case notUTF8

    /// No empty line stands before the checkpoint.
    case noCheckpoint

    /// A line is not what its place asks for.
    case line(Int, expected: String)

    /// There are more hashes than a tree can need.
    case tooManyHashes(found: Int)
}

extension ProofFileProblem: CustomStringConvertible {
    /// One line: where, and what was expected.
    package var description: String {
        switch self {
        case .notUTF8: "proof is not valid utf-8"
        case .noCheckpoint: "proof has no checkpoint, expected one after an empty line"
        case .line(let line, let expected): "line \(line) of the proof is odd, expected \(expected)"
        case .tooManyHashes(let found):
            "proof has \(found) hashes, expected at most \(ProofLines.maximumHashCount)"
        }
    }
}

/// What is wrong with a policy, or with a checkpoint that it is asked about; lines count from 1.
package enum PolicyProblem: Hashable, Sendable {
    /// The file holds a control character other than tab and LF.
    case controlCharacter(UInt8, line: Int)

    /// A line is none of log, witness, group and quorum.
    case line(Int, found: String)

    /// A line has other parts.
    case form(line: Int, expected: String)

    /// A key cannot be read.
    case key(line: Int, KeyProblem)

    /// The same public key stands on an earlier line.
    case duplicateKey(line: Int)

    /// A name is taken, or reserved.
    case duplicateName(line: Int, String)

    /// A name that no line above defines.
    case unknownName(line: Int, String)

    /// A name is a member of a second group, or twice of one.
    case memberTwice(line: Int, String)

    /// The number of members asked for is not from 1 to their count.
    case threshold(line: Int, String, members: Int)

    /// There is no quorum line, or a second one on this line.
    case quorum(line: Int?)

    /// No log of the policy has signed the checkpoint.
    case unknownLog(origin: String)

    /// The witnesses that have signed are no quorum.
    case noQuorum(name: String, witnesses: [String])
}

extension PolicyProblem: CustomStringConvertible {
    /// One line: where, what was found and what was expected.
    package var description: String {
        switch self {
        case .controlCharacter(let byte, let line):
            "line \(line) of the policy holds the control character \(codePoint(UInt32(byte)))"
        case .line(let line, let found):
            "line \(line) of the policy begins with \(quoted(found)), expected 'log', "
                + "'witness', 'group' or 'quorum'"
        case .form(let line, let expected):
            "line \(line) of the policy has other parts, expected '\(expected)'"
        case .key(let line, let problem): "line \(line) of the policy: \(problem)"
        case .duplicateKey(let line):
            "line \(line) of the policy has a public key that stands on an earlier line"
        case .duplicateName(let line, let name):
            "line \(line) of the policy defines \(quoted(name)), which is taken"
        case .unknownName(let line, let name):
            "line \(line) of the policy names \(quoted(name)), which no line above it defines"
        case .memberTwice(let line, let name):
            "line \(line) of the policy has the member \(quoted(name)), which is one already"
        case .threshold(let line, let text, let members):
            "line \(line) of the policy asks for \(quoted(text)) members, expected 'all', 'any' "
                + "or a number from 1 to \(members)"
        case .quorum(nil): "policy has no quorum line"
        case .quorum(let line?): "line \(line) of the policy is a second quorum"
        case .unknownLog(let origin):
            "checkpoint of \(quoted(origin)) is signed by no log of the policy"
        case .noQuorum(let name, let witnesses):
            "checkpoint does not meet the quorum \(quoted(name)): "
                + (witnesses.isEmpty
                    ? "no witness of the policy has cosigned it"
                    : "cosigned by \(witnesses.map(quoted).joined(separator: ", ")) only")
        }
    }
}

extension TransparencyError {
    /// The line that the problem is in, from 1; nil when it is in no single one.
    package var line: Int? {
        switch self {
        case .note(let problem): problem.line
        case .checkpoint(.emptyExtension(let line)), .checkpoint(.controlCharacter(_, let line)),
            .file(.line(let line, _)):
            line
        case .checkpoint(.size): 2
        case .checkpoint(.root): 3
        case .checkpoint(.emptyOrigin), .checkpoint(.wrongOrigin): 1
        case .policy(let problem): problem.line
        case .checkpoint, .file, .hash, .tree, .proof, .key: nil
        }
    }
}

extension NoteProblem {
    fileprivate var line: Int? {
        switch self {
        case .notUTF8(let line), .controlCharacter(_, let line), .unterminatedSignature(let line),
            .signatureForm(let line), .signatureName(let line, _), .signatureBase64(let line):
            line
        case .tooLarge, .unterminatedText, .noSignatures, .tooManySignatures, .ambiguousKey,
            .wrongSignature, .noKnownSignature, .signingFailed, .otherText:
            nil
        }
    }
}

extension PolicyProblem {
    fileprivate var line: Int? {
        switch self {
        case .controlCharacter(_, let line), .line(let line, _), .form(let line, _),
            .key(let line, _), .duplicateKey(let line), .duplicateName(let line, _),
            .unknownName(let line, _), .memberTwice(let line, _), .threshold(let line, _, _):
            line
        case .quorum(let line): line
        case .unknownLog, .noQuorum: nil
        }
    }
}
