import ArgumentParser
import ClaimsDomain
import ClaimsLedger
import ClaimsProjections

/// Names of the ledger for the shell to complete: what it has now, not what it had once.
enum LiveNames {
    /// More would be no help in choosing.
    private static let most = 500

    /// Those of `names` in the ledger that the words so far are about, by the beginning typed.
    ///
    /// A shell that waits for a completion is no place for errors: there is then nothing to offer.
    static func offer(
        _ arguments: [String], _ prefix: String, _ names: (Ledger) throws -> [String]
    ) -> [String] {
        guard let ledger = try? Ledger.open(path(arguments)),
            ledger.location != .standardInput, let known = try? names(ledger)
        else { return [] }
        return Array(known.lazy.filter { $0.hasPrefix(prefix) }.prefix(most))
    }

    /// The ledger named on the line, else the one a command would take.
    private static func path(_ arguments: [String]) -> String {
        let inline = arguments.last { $0.hasPrefix("--ledger=") }.map { String($0.dropFirst(9)) }
        let place = arguments.lastIndex(of: "--ledger").map { arguments.index(after: $0) }
        let named = place.flatMap { arguments.indices.contains($0) ? arguments[$0] : nil }
        return named ?? inline ?? LedgerOptions.unnamedPath
    }

    /// The parts of the fund accounts, sorted, each once.
    static func accounts(_ part: @escaping (BalanceRow) -> String?) -> (Ledger) throws -> [String] {
        { ledger in Set(try ledger.balances().value.rows.compactMap(part)).sorted() }
    }
}

extension CompletionKind {
    /// The claims of the ledger.
    static var claims: CompletionKind {
        .custom { arguments, _, prefix in
            LiveNames.offer(arguments, prefix) { try $0.names(of: .claim) }
        }
    }

    /// The associations of the ledger.
    static var associations: CompletionKind {
        .custom { arguments, _, prefix in
            LiveNames.offer(arguments, prefix) { try $0.names(of: .association) }
        }
    }

    /// The claims and associations of the ledger.
    static var subjects: CompletionKind {
        .custom { arguments, _, prefix in
            LiveNames.offer(arguments, prefix) {
                try $0.names(of: .claim) + $0.names(of: .association)
            }
        }
    }

    /// The partners that have a fund account.
    static var partners: CompletionKind {
        .custom { arguments, _, prefix in
            LiveNames.offer(arguments, prefix, LiveNames.accounts { $0.partner?.text })
        }
    }

    /// The programs that have a fund account.
    static var programs: CompletionKind {
        .custom { arguments, _, prefix in
            LiveNames.offer(arguments, prefix, LiveNames.accounts { $0.program?.text })
        }
    }

    /// The usage periods that have a fund account.
    static var periods: CompletionKind {
        .custom { arguments, _, prefix in
            LiveNames.offer(arguments, prefix, LiveNames.accounts { $0.period?.text })
        }
    }
}
