extension TrustPolicy {
    /// What stands for no witness at all in a quorum line.
    private static let noWitness = "none"

    /// Reads a policy file.
    ///
    /// - Throws: `TransparencyError.policy`, line by line the first that applies.
    package init(bytes: [UInt8]) throws(TransparencyError) {
        var hasQuorum = false
        var grouped: [String] = []
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let number = index + 1
            if let byte = line.first(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) {
                throw .policy(.controlCharacter(byte, line: number))
            }
            let words = line.split { $0 == 0x20 || $0 == 0x09 }
                .map { String(decoding: $0, as: UTF8.self) }
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            switch first {
            case "log": try addLog(words, number)
            case "witness": try addWitness(words, number)
            case "group": try addGroup(words, number, &grouped)
            case "quorum":
                guard words.count == 2 else {
                    throw .policy(.form(line: number, expected: "quorum <name>"))
                }
                guard !hasQuorum else { throw .policy(.quorum(line: number)) }
                hasQuorum = true
                if words[1] != Self.noWitness {
                    try requireKnown(words[1], number)
                    quorum = words[1]
                }
            default: throw .policy(.line(number, found: first))
            }
        }
        guard hasQuorum else { throw .policy(.quorum(line: nil)) }
    }

    private mutating func addLog(_ words: [String], _ line: Int) throws(TransparencyError) {
        guard (2...3).contains(words.count) else {
            throw .policy(.form(line: line, expected: "log <verifier key> [<url>]"))
        }
        let key = try Self.key(words[1], .note, line)
        guard !logs.contains(where: { $0.publicKey == key.publicKey }) else {
            throw .policy(.duplicateKey(line: line))
        }
        logs.append(key)
    }

    private mutating func addWitness(_ words: [String], _ line: Int) throws(TransparencyError) {
        guard (3...4).contains(words.count) else {
            throw .policy(.form(line: line, expected: "witness <name> <verifier key> [<url>]"))
        }
        let key = try Self.key(words[2], .cosignature, line)
        guard !witnesses.contains(where: { $0.publicKey == key.publicKey }) else {
            throw .policy(.duplicateKey(line: line))
        }
        try define(words[1], .witness(key), line)
    }

    private mutating func addGroup(
        _ words: [String], _ line: Int, _ grouped: inout [String]
    ) throws(TransparencyError) {
        guard words.count >= 4 else {
            throw .policy(.form(line: line, expected: "group <name> all|any|<number> <name>..."))
        }
        let names = Array(words[3...])
        for name in names {
            try requireKnown(name, line)
            guard !grouped.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else {
                throw .policy(.memberTwice(line: line, name))
            }
            grouped.append(name)
        }
        let threshold: Int
        switch words[2] {
        case "all": threshold = names.count
        case "any": threshold = 1
        default:
            guard let number = Int(words[2]), String(number) == words[2],
                (1...names.count).contains(number)
            else {
                throw .policy(.threshold(line: line, words[2], members: names.count))
            }
            threshold = number
        }
        try define(words[1], .group(threshold: threshold, members: names), line)
    }

    private static func key(
        _ text: String, _ kind: KeyKind, _ line: Int
    ) throws(TransparencyError) -> VerifierKey {
        do {
            return try VerifierKey(text: text, kind: kind)
        } catch .key(let problem) {
            throw .policy(.key(line: line, problem))
        }
    }

    private mutating func define(
        _ name: String, _ member: Member, _ line: Int
    ) throws(TransparencyError) {
        guard name != Self.noWitness, !isDefined(name) else {
            throw .policy(.duplicateName(line: line, name))
        }
        members.append((name, member))
    }

    private func requireKnown(_ name: String, _ line: Int) throws(TransparencyError) {
        guard isDefined(name) else { throw .policy(.unknownName(line: line, name)) }
    }

    /// Names are bytes: letters that only look the same are two names.
    private func isDefined(_ name: String) -> Bool {
        members.contains { $0.name.utf8.elementsEqual(name.utf8) }
    }
}
