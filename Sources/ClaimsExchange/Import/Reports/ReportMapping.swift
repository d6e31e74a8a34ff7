package import ClaimsDomain

/// What a report cannot say of itself: how its names are called in this ledger, how its dates are
/// written, and what its reason codes mean here.
///
/// Nothing of it is a constant: programs differ, and no source fixes it. Without a mapping a
/// program is found by its id or its published name, a partner by its id.
package struct ReportMapping: Equatable, Sendable {
    /// What a row with a reason code becomes.
    package enum Adjustment: Equatable, Sendable {
        /// `funds.adjusted` by the signed amount, in the row's own period.
        case adjusted
        /// `funds.converted`: the negative amount leaves the fund as rebate.
        case converted
        /// `funds.rolled_over` into a period, nil for the one after the row's own: the negative
        /// amount moves there.
        case rolledOver(to: PeriodLabel?)
        /// Counted and left out, such as the other side of a rollover.
        case skipped
    }

    /// Program names or codes of the report, in lower case, and the ledger's programs.
    package var programs: [String: ProgramID] = [:]
    /// Participant ids of the report and the ledger's partners; others are the same in both.
    package var partners: [String: PartnerID] = [:]
    /// The earning types that feed a fund, in lower case.
    package var earningTypes: Set<String> = ["coop", "co-op"]
    /// What reason codes become, in lower case.
    package var reasonCodes = Self.reasonCodes
    /// The report's name for a column of ours.
    package var columns: [String: String] = [:]
    package var dates = DateOrder.iso
    /// Whether amounts with more decimals than their currency are rounded as the program rounds.
    package var rounds = false

    /// Nothing beyond what the formats themselves say.
    package init() {}

    /// The codes of the formats with what each can only mean; a rollover can mean two things.
    ///
    /// Source: domain facts c1, rule 6.
    private static let reasonCodes: [String: Adjustment] = Dictionary(
        uniqueKeysWithValues: [
            "AR Compliance", "Ops Adjustment", "Ops Adjustment Microsoft incorrect calc",
            "Ops Adjustment Microsoft incorrect enrollment",
            "Partner mapping (subscription) MCI/CSP", "Policy Exception",
            "Previous period earnings",
        ].map { ($0.lowercased(), .adjusted) })

    /// The code that a mapping has to explain.
    static let rollover = "co-op rollover"

    /// Maps a program's name, as `NAME=ID` on the command line does.
    package mutating func add(program name: String, as id: String) {
        programs[name.lowercased()] = ProgramID(id)
    }
}

extension ReportMapping.Adjustment {
    /// The words of a mapping: `adjusted`, `converted`, `rolled_over:next`, `rolled_over:FY20-H2`,
    /// `skipped`; nil for any other.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        switch (parts.first, parts.count) {
        case ("adjusted", 1): self = .adjusted
        case ("converted", 1): self = .converted
        case ("skipped", 1): self = .skipped
        case ("rolled_over", 2):
            self = .rolledOver(to: parts[1] == "next" ? nil : PeriodLabel(parts[1]))
        default: return nil
        }
    }

    /// What the words can be.
    package static let expectation =
        "'adjusted', 'converted', 'rolled_over:next', 'rolled_over:' and a period, or 'skipped'"
}
