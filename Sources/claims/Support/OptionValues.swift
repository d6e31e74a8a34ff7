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
