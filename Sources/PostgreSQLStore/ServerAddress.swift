package import EventLog

/// Where a shared ledger is: `postgresql://[user[:password]@]host[:port][,...]/database[?...]`.
///
/// All of it but `ledger=NAME`, one of several ledgers in a database, is for the server's client
/// library, which also looks at PGPASSFILE, the service file and its other variables.
package struct ServerAddress: Equatable, Sendable {
    /// What the client library is given.
    package let url: String
    /// Which ledger of the database.
    package let ledger: String
    /// The address as it may be shown: without passwords.
    package let shown: String
    /// What no message may show.
    let secrets: [String]
    /// Whether several servers are named, so that one may stand in for another.
    let isCluster: Bool

    /// The ledger of an address that names none.
    private static let defaultLedger = "main"
    private static let secretNames = ["password", "sslpassword"]

    /// Whether a text is an address of this kind, however wrong the rest of it is.
    package static func isAddress(_ text: String) -> Bool {
        text.hasPrefix("postgresql://") || text.hasPrefix("postgres://")
    }

    /// Takes an address apart; throws when the ledger's name is not one.
    package init(_ text: String) throws(LogFault) {
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let (base, passwords, hosts) = Self.withoutPassword(String(parts[0]))
        var secrets = passwords
        var passed: [Substring] = []
        var visible: [Substring] = []
        var name = Self.defaultLedger
        var hostList = hosts
        for option in parts.count > 1 ? parts[1].split(separator: "&") : [] {
            let key = option.prefix { $0 != "=" }
            let value = String(option.dropFirst(key.count + 1))
            if key == "ledger" {
                name = value
                continue
            }
            passed.append(option)
            if Self.secretNames.contains(String(key)) {
                secrets.append(value)
            } else {
                visible.append(option)
            }
            if key == "host" { hostList = value }
        }
        func joined(_ base: String, _ options: [Substring]) -> String {
            options.isEmpty ? base : "\(base)?\(options.joined(separator: "&"))"
        }
        url = joined(String(parts[0]), passed)
        let named = name == Self.defaultLedger ? [] : ["ledger=\(name)"[...]]
        shown = joined(base, visible + named)
        ledger = name
        self.secrets = (secrets + secrets.map(Self.decoded)).filter { !$0.isEmpty }
        isCluster = hostList.contains(",")
        let isName =
            !name.isEmpty
            && name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                    || (0x61...0x7A).contains(byte) || [0x2D, 0x2E, 0x5F].contains(byte)
            }
        guard isName else {
            throw LogFault(
                .server(
                    "the ledger's name is '\(name)', expected letters, digits, '-', '.', '_'",
                    fix: "correct 'ledger=' in the address", .notFound), in: shown)
        }
    }

    /// A text of the server or its client library with nothing in it that is secret.
    func redacted(_ text: String) -> String {
        secrets.reduce(text) { $0.replacing($1, with: "***") }
    }

    private static func withoutPassword(
        _ base: String
    ) -> (base: String, passwords: [String], hosts: String) {
        let scheme = base.prefix { $0 != ":" }.count + 3
        let rest = base.dropFirst(scheme)
        // A path comes after the last '@', whatever a password that is not encoded holds.
        let at = rest.lastIndex(of: "@")
        let hosts = rest[(at.map { rest.index(after: $0) } ?? rest.startIndex)...]
        guard let at else { return (base, [], String(hosts.prefix { $0 != "/" })) }
        let user = rest[..<at]
        let name = user.prefix { $0 != ":" }
        let password = String(user.dropFirst(name.count + 1))
        return (
            "\(base.prefix(scheme))\(name)@\(hosts)", [password],
            String(hosts.prefix { $0 != "/" })
        )
    }

    /// A text of an address with its `%41` as what they stand for.
    private static func decoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2,
                let value = UInt8(digits, radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
