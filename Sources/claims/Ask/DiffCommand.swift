import ArgumentParser
import ClaimsDomain
import ClaimsLedger
import ClaimsProjections
import ClaimsReports

struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show what changed between two points, and by which events.",
        discussion: """
            The points are two dates by what had happened, or with --axis known-at two points of \
            what the ledger knew; --known-at or --as-of holds the other axis still.

            Examples:
              claims diff --from 2020-02-29 --to 2020-03-31 --partner 4567890
              claims diff --axis known-at --from 1200 --to now --claim CLM-1042
            """)

    @Option(
        help: ArgumentHelp(
            "The first point: a time, a date (its end), 'now', or a sequence of the known-at axis.",
            valueName: "when"))
    var from: String
    @Option(
        help: ArgumentHelp(
            "The second point; the end of the log without it.", valueName: "when"))
    var to: String?
    @Option(help: "What the points are of: what had happened, or what was known.")
    var axis: DiffAxis = .asOf
    @OptionGroup var filter: ClaimFilterOptions
    @OptionGroup var read: ReadOptions

    func run() throws {
        let first = try point(from, option: "--from")
        let second = try point(to, option: "--to")
        let answer = try read.ledger.open().difference(from: first, to: second, filter.selection)
        try read.give(answer.to, differenceTable(answer))
    }

    /// A point on the axis, the other axis as the options of every question say.
    private func point(_ text: String?, option: String) throws -> Viewpoint {
        var viewpoint = try read.viewpoint()
        let zone = try ZoneOption.zone(read.point.zone)
        switch axis {
        case .asOf:
            guard read.point.asOf == nil else { throw Self.axisTaken("--as-of") }
            viewpoint.asOf = try text.map { try Moment.end($0, zone, option: option) }
        case .knownAt:
            guard read.point.knownAt == nil else { throw Self.axisTaken("--known-at") }
            viewpoint.knownAt = try text.map { text in
                if text.utf8.count < 13, let sequence = Int64(text), sequence >= 0 {
                    return .sequence(sequence)
                }
                return .instant(try Moment.end(text, zone, option: option))
            }
        }
        return viewpoint
    }

    private static func axisTaken(_ option: String) -> ValidationError {
        ValidationError("\(option) is the axis of --from and --to; leave it out, or name the other")
    }
}

/// Which of the two time axes a difference runs along.
enum DiffAxis: String, CaseIterable, ExpressibleByArgument {
    case asOf = "as-of"
    case knownAt = "known-at"
}
