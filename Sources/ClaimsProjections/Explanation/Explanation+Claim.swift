public import ClaimsDomain

/// What one event added to a figure.
public struct FigureLine: Equatable, Sendable {
    /// Its place in the log.
    public let sequence: Int64
    /// Its kind.
    public let kind: EventKind
    /// Signed minor units.
    public let change: Int64
}

/// One figure of a claim with the lines that add up to it.
public struct ExplainedFigure: Equatable, Sendable {
    /// `amount`, `reserved`, `approved`, `paid` or `due`.
    public let name: String
    /// nil for a claim that is only mentioned, never created.
    public let currency: Currency?
    /// What the claim's state says, in minor units.
    public let value: Int64
    /// In the order of the log.
    public let lines: [FigureLine]

    /// What the lines add up to; modulo 2^64, so that a hostile log cannot stop it.
    public var sum: Int64 { lines.reduce(0) { $0 &+ $1.change } }

    /// Whether the lines explain the figure.
    public var addsUp: Bool { sum == value }
}

/// Why a claim stands where it stands.
public struct ClaimExplanation: Sendable {
    /// Where it stands.
    public let row: ClaimRow
    /// Its events, in the order recorded.
    public let steps: [TrailStep]
    /// The sequence of the event that led to the status it has in the log.
    public let statusSince: Int64?
    /// The deadline of its usage period; nil when no rules know the period.
    public let deadline: DeadlineRule?
    /// Amount, reserved, approved, paid and due.
    public let figures: [ExplainedFigure]

    /// The deadline that makes its draft read as expired, which no event does.
    public var expiredBy: DeadlineRule? { row.status == ClaimRegister.expired ? deadline : nil }

    /// Whether the events lead to the status, and their lines to every figure.
    public var addsUp: Bool {
        let last = steps.last?.statusAfter
        let isReached =
            row.status == ClaimRegister.expired
            ? last == ClaimStatus.editing.rawValue && deadline != nil : last == row.status
        return isReached && figures.allSatisfy(\.addsUp)
    }
}

extension TrailStep {
    /// What was done to the claim; nil for an event of something else.
    public var action: ClaimAction? { ClaimAction(kind) }

    /// The row of the transition table that led on; nil where the table does not allow the action
    /// in the status the event found.
    public var transition: ClaimTransition? {
        ClaimTransition.table.first { $0.action == action && $0.from.rawValue == statusBefore }
    }
}

/// Gathers the explanation of one claim, to be fed with every fact of a replay.
package struct ClaimExplainer {
    private let claim: ClaimID
    private var trail: AuditTrail
    private var amount: Int64 = 0
    private var currency: Currency?
    private var amountLines: [FigureLine] = []

    /// The explanation of a claim.
    package init(of claim: ClaimID) {
        self.claim = claim
        trail = AuditTrail(of: claim)
    }

    /// Takes note of a fact that `state` has just applied, if it is about this claim.
    package mutating func note(_ fact: Fact, in state: LedgerState) {
        let before = trail.steps.count
        trail.note(fact, in: state)
        guard trail.steps.count > before, let record = state.claim(claim) else { return }
        if record.currency != currency {
            // Amounts of two currencies never meet: what was asked in the old one is gone.
            currency = record.currency
            amount = 0
            amountLines = []
        }
        let now = record.submittedAt == nil ? record.amount : record.submitted
        guard now != amount else { return }
        amountLines.append(
            FigureLine(sequence: fact.sequence, kind: fact.kind, change: now &- amount))
        amount = now
    }

    /// The explanation from the viewpoint of the replay that was followed; nil when nothing of the
    /// claim had happened.
    package func explanation(in replay: Replay) -> ClaimExplanation? {
        guard let row = ClaimRegister.row(of: claim, in: replay),
            let record = replay.state.claim(claim)
        else { return nil }
        let held = record.holding.map { replay.state.account($0).currency } ?? row.currency
        let buckets: [(Bucket, Int64)] = [
            (.reserved, record.reserved), (.approved, row.approved), (.paid, row.paid),
            (.due, row.approved &- row.paid),
        ]
        let asked = ExplainedFigure(
            name: "amount", currency: row.currency, value: row.amount, lines: amountLines)
        return ClaimExplanation(
            row: row, steps: trail.steps,
            statusSince: trail.steps.last { $0.statusBefore != $0.statusAfter }?.sequence,
            deadline: replay.deadlineRule(row.period, of: row.program),
            figures: [asked]
                + buckets.map { bucket, value in
                    ExplainedFigure(
                        name: bucket.rawValue, currency: held, value: value,
                        lines: lines(of: bucket, in: held))
                })
    }

    /// What the claim's postings in one currency did to a bucket, an event a line.
    private func lines(of bucket: Bucket, in currency: Currency?) -> [FigureLine] {
        trail.steps.compactMap { step in
            let change = step.postings.reduce(Int64(0)) { sum, posting in
                guard posting.amount.currency == currency else { return sum }
                return sum
                    &+ bucket.change(
                        by: posting.amount.minorUnits, from: posting.from, to: posting.to)
            }
            return change == 0
                ? nil : FigureLine(sequence: step.sequence, kind: step.kind, change: change)
        }
    }
}
