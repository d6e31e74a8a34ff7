import ClaimsDomain
import ClaimsProjections

/// The names a ledger knows, to tell a filter that names nothing from one that finds nothing.
struct KnownNames {
    private let state: LedgerState

    init(_ state: LedgerState) { self.state = state }

    /// Throws for the first part of a selection that names something this ledger does not know.
    func check(_ selection: Selection) throws(LedgerError) {
        if let (kind, text) = firstUnknown(of: selection) { throw unknown(kind, text) }
    }

    /// Whether this ledger knows every name of a selection.
    func knows(_ selection: Selection) -> Bool { firstUnknown(of: selection) == nil }

    private func firstUnknown(of selection: Selection) -> (kind: String, text: String)? {
        let parts: [(kind: String, text: String?)] = [
            ("program", selection.program?.text), ("partner", selection.partner?.text),
            ("period", selection.period?.text), ("claim", selection.claim?.text),
            ("activity", selection.activity?.text), ("actor", selection.actor),
        ]
        for case (let kind, let text?) in parts where !isKnown(kind, text) { return (kind, text) }
        return nil
    }

    /// The error for a name nobody has heard of, with the nearest one.
    func unknown(_ kind: String, _ text: String) -> LedgerError {
        Self.unknown(kind, text, among: names(of: kind))
    }

    /// The same where the names are known; `known` is sorted.
    static func unknown(_ kind: String, _ text: String, among known: [String]) -> LedgerError {
        let nearest = NearestName.suggestion(for: text, among: known)
        let fix =
            nearest.map { "did you mean '\($0)'?" }
            ?? (known.isEmpty && kind != "actor"
                ? "the ledger has none yet" : "look with 'claims \(listing(kind))'")
        return LedgerError(
            .fault("error: there is no \(kind) '\(text)' in this ledger\n  fix: \(fix)", .notFound))
    }

    private static func listing(_ kind: String) -> String {
        switch kind {
        case "program", "period", "activity": "program list"
        case "association": "association list"
        case "actor": "log"
        default: "list"
        }
    }

    private func isKnown(_ kind: String, _ text: String) -> Bool {
        // An actor is any name the log has seen: actors have no register of their own.
        kind == "actor" ? state.names.key(of: text) != nil : names(of: kind).contains(text)
    }

    private func names(of kind: String) -> [String] {
        let keys: [NameKey]
        let rules = state.programs.map(\.rules)
        var texts: [String] = []
        switch kind {
        case "program":
            keys = state.claims.map(\.program) + state.accounts.map(\.program)
            texts = rules.map(\.id.text)
        case "partner":
            keys =
                state.claims.map(\.partner) + state.accounts.map(\.partner)
                + state.partners.map(\.partner) + state.associations.map(\.partner)
        case "period":
            keys = state.claims.map(\.period) + state.accounts.map(\.period)
            texts = rules.flatMap { $0.usagePeriods.map(\.label.text) }
        case "activity":
            keys = state.claims.map(\.activity) + state.associations.map(\.activity)
            texts = rules.flatMap { $0.activities.map(\.id.text) }
        case "claim": keys = state.claims.map(\.claim)
        case "association": keys = state.associations.map(\.association)
        default: keys = []
        }
        return Set(keys).map { state.names.text($0) }.reduce(into: Set(texts)) { $0.insert($1) }
            .sorted()
    }
}
