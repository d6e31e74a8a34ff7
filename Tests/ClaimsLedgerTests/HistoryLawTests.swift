import ClaimsCodec
import ClaimsDomain
import ClaimsProjections
import ClaimsTestSupport
import Testing

@testable import ClaimsLedger

@Suite("Laws of histories, over random ones")
struct HistoryLawTests {
    static let seeds = UInt64(0)..<300

    @Test("a line that was read and is written again is the same bytes", arguments: seeds)
    func encoded(seed: UInt64) throws {
        var reader = EventReader()
        for entry in try ModelTests.history(seed).entries {
            let event = try reader.read(entry.line.span)
            guard event == entry.event, EventWriter.line(event) == entry.line else {
                Issue.record("sequence \(event.sequence)")
                return
            }
        }
    }

    @Test(
        "events of unrelated claims may come in any order: each claim stays as it is",
        arguments: seeds)
    func permuted(seed: UInt64) throws {
        let history = try ModelTests.history(seed)
        var generator = SeededGenerator(seed: seed &+ 8_000)
        let ordered = history.entries.map(\.event)
        let permuted = Self.permuted(ordered, &generator)
        #expect(permuted.count == ordered.count)
        let desk = try LawDesk()
        for asOf in [nil, randomViewpoint(history, &generator).asOf] {
            let viewpoint = Viewpoint(asOf: asOf)
            #expect(
                try desk.told(permuted, viewpoint) == desk.told(ordered, viewpoint),
                "\(viewpoint)")
        }
    }

    /// The claims' events in another order among each other; each claim's own keep theirs, and
    /// what is no claim's stays in its place.
    ///
    /// What was recorded never decreases, and nothing is recorded before it happened.
    private static func permuted(
        _ events: [Event], _ generator: inout SeededGenerator
    ) -> [Event] {
        let ofClaims = events.filter { $0.kind.subjectKind == .claim }
        var turns = ofClaims.map(\.content.subject).shuffled(using: &generator)
        var waiting = Dictionary(grouping: ofClaims, by: \.content.subject)
        var recordedAt = Instant.earliest
        return events.compactMap { event in
            var next = event
            if event.kind.subjectKind == .claim {
                guard let first = waiting[turns.removeLast()]?.removeFirst() else { return nil }
                next = first
            }
            recordedAt = max(recordedAt, event.recordedAt, next.content.occurredAt)
            next.recordedAt = recordedAt
            next.sequence = event.sequence
            return next
        }
    }

    @Test("a payment and its reversal leave every balance as it was", arguments: seeds)
    func reversed(seed: UInt64) throws {
        let start = try ModelTests.history(seed)
        var generator = SeededGenerator(seed: seed &+ 9_000)
        let claims = start.state.claims.filter { $0.currency != nil }
        guard !claims.isEmpty else { return }
        let claim = generator.pick(claims)
        let currency = try #require(claim.currency)
        let amount = Money(minorUnits: generator.number(1...900_000), currency: currency)
        let (before, after) = try Self.recording(
            on: claim, in: start,
            .claimReimbursed(
                Reimbursed(
                    amount: amount, paymentReference: "P", paidOn: Samples.day("2020-04-17"))),
            .claimReimbursementReversed(
                ReimbursementReversed(amount: amount, paymentReference: "P", reason: "returned")))
        #expect(after.balances == before.balances)
        let paid = zip(before.claims, after.claims).allSatisfy { $0.paid == $1.paid }
        #expect(paid)
    }

    @Test("a correction and its opposite leave what is available as it was", arguments: seeds)
    func corrected(seed: UInt64) throws {
        let start = try ModelTests.history(seed)
        var generator = SeededGenerator(seed: seed &+ 10_000)
        let amount = usd(generator.number(1...900_000))
        func adjusted(_ amount: Money) -> EventPayload {
            .fundsAdjusted(FundsAdjusted(amount: amount, reasonCode: "ops", reason: "why"))
        }
        let (before, after) = try Self.recording(
            on: nil, in: start, adjusted(amount), adjusted(amount.negated))
        #expect(after == before)
    }

    /// What a ledger says before and after two more events, at one later moment.
    private static func recording(
        on claim: ClaimRecord?, in start: TestLedger, _ payloads: EventPayload...
    ) throws -> (before: LawDesk.Told, after: LawDesk.Told) {
        var ledger = start
        let names = start.state.names
        let source = claim.map {
            Source(
                program: ProgramID(names.text($0.program)),
                partner: PartnerID(names.text($0.partner)))
        }
        for payload in payloads {
            try ledger.record(
                payload, subject: claim.map { names.text($0.claim) },
                source: source ?? Samples.source)
        }
        let viewpoint = Viewpoint(asOf: ledger.now)
        let desk = try LawDesk()
        return (
            try desk.told(start.entries.map(\.event), viewpoint),
            try desk.told(ledger.entries.map(\.event), viewpoint)
        )
    }
}

/// A file of events and what a ledger says of its claims and funds, whatever their sequences are.
private struct LawDesk {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    struct Told: Equatable {
        var claims: [ClaimRow]
        /// Of accounts that hold something or once did.
        var balances: [BalanceRow]
        /// What each claim's figures are and came to be, by claim.
        var figures: [String]
    }

    func told(_ events: [Event], _ viewpoint: Viewpoint) throws -> Told {
        try scratch.write(
            events.flatMap { EventWriter.line($0) + [0x0A] }, to: "events.jsonl")
        let ledger = try Ledger.open(scratch.path("events.jsonl"))
        var explainers = Set(
            events.filter { $0.kind.subjectKind == .claim }.map(\.content.subject)
        ).sorted().map { ClaimExplainer(of: ClaimID($0)) }
        let replay = try ledger.replay(viewpoint) { state, fact, _ in
            for place in explainers.indices { explainers[place].note(fact, in: state) }
        }.replay
        let figures = explainers.compactMap { $0.explanation(in: replay)?.figures }.joined()
        return Told(
            claims: ClaimRegister(replay).rows,
            balances: FundBalances(replay).rows.filter { row in
                Bucket.allCases.contains { row.figure(of: $0) != 0 }
            },
            figures: figures.map { "\($0.name) \($0.value) \($0.lines.map(\.change))" })
    }
}
