public import ArgumentParser
public import ClaimsDomain
public import ClaimsProjections
import ClaimsReports

// Values of the layers below that options take as words. ArgumentParser lists them in the help.

extension EvidenceKind: ExpressibleByArgument {}

extension BalanceGrouping: ExpressibleByArgument {}

extension OutputFormat: ExpressibleByArgument {}

extension SeriesStep: ExpressibleByArgument {
    /// The step of a word in any case: the contract writes them in capitals.
    public init?(argument: String) { self.init(rawValue: argument.lowercased()) }
}

extension NearestName {
    /// How the message about an unknown word goes on: with the known one it most likely means,
    /// else with `rest`.
    static func hint(for word: String, among known: [String], else rest: String = "") -> String {
        let more = rest.isEmpty ? "" : "; " + rest
        return suggestion(for: word, among: known).map { "; did you mean '\($0)'?" } ?? more
    }

    /// The same, where a few known words are all told.
    static func choice(for word: String, among known: [String]) -> String {
        hint(for: word, among: known, else: "expected \(known.joined(separator: ", "))")
    }
}
