import ClaimsDomain
import ClaimsLedger
import ClaimsProjections
import ClaimsTestSupport
import Testing

@Suite("The month ends of a report, over random histories")
struct ReportMonthsTests {
    @Test(
        "each month end is what the ledger says as of it, also where claims go back in time",
        arguments: IndexLawTests.seeds)
    func months(seed: UInt64) throws {
        let history = try IndexLawTests.history(seed)
        let desk = try IndexDesk(history.entries.map(\.line))
        defer { withExtendedLifetime(desk) {} }
        let ledger = desk.replayed
        var generator = SeededGenerator(seed: seed &+ 3)
        for viewpoint in [Viewpoint(), randomViewpoint(history, &generator)] {
            let answer = try ledger.report(at: viewpoint)
            for month in answer.value.months.indices {
                try expectSame(answer, month: month, ledger)
            }
        }
    }

    private func expectSame(
        _ answer: Answer<LedgerReport>, month: Int, _ ledger: Ledger
    ) throws {
        let report = answer.value
        let (day, moment) = report.months[month]
        let point = Viewpoint(asOf: moment, knownAt: .sequence(answer.lastSequence))
        var balances: [FundAccount: BalanceRow] = [:]
        for row in try ledger.balances(at: point).value.rows {
            let account = FundAccount(
                program: try #require(row.program), partner: try #require(row.partner),
                period: try #require(row.period), currency: row.currency)
            balances[account] = row
        }
        for course in report.accounts {
            let row = balances.removeValue(forKey: course.account)
            for bucket in Bucket.inReportOrder {
                #expect(
                    course.figure(of: bucket, month: month) == row?.figure(of: bucket),
                    "\(course.account) \(bucket) at \(moment)")
            }
        }
        #expect(balances.isEmpty)
        var claims: [ClaimID: ClaimRow] = [:]
        for row in try ledger.claims(at: point).value.rows { claims[row.claim] = row }
        for course in report.claims {
            let row = claims.removeValue(forKey: course.row.claim)
            let stand = course.stands.last { $0.day <= day }
            #expect(stand?.status == row?.status, "\(course.row.claim) at \(moment)")
            #expect(stand?.currency == row?.currency)
            #expect(stand?.amount == row?.amount)
            #expect(stand?.approved == row?.approved)
            #expect(stand?.paid == row?.paid)
        }
        #expect(claims.isEmpty)
    }

    @Test("the movements of an account add up to what it holds", arguments: IndexLawTests.seeds)
    func causes(seed: UInt64) throws {
        let history = try IndexLawTests.history(seed)
        let desk = try IndexDesk(history.entries.map(\.line))
        defer { withExtendedLifetime(desk) {} }
        let ledger = desk.replayed
        for course in try ledger.report().value.accounts {
            for bucket in Bucket.inReportOrder {
                let sum = course.causes.reduce(Int64(0)) {
                    $0 &+ bucket.change(by: $1.amount, from: $1.from, to: $1.to)
                }
                #expect(sum == course.row.figure(of: bucket), "\(course.account) \(bucket)")
            }
        }
    }

    @Test("the timelines of all claims in one pass are the histories of each", arguments: 0..<20)
    func timelines(seed: UInt64) throws {
        let history = try IndexLawTests.history(seed)
        let desk = try IndexDesk(history.entries.map(\.line))
        defer { withExtendedLifetime(desk) {} }
        let ledger = desk.replayed
        var generator = SeededGenerator(seed: seed &+ 4)
        for viewpoint in [Viewpoint(), randomViewpoint(history, &generator)] {
            let answer = try ledger.report(at: viewpoint)
            let courses = answer.value.claims
            let claims = courses.map(\.row.claim)
            let chosen = Set(claims.filter { _ in !generator.oneIn(3) })
            let timelines = try ledger.timelines(of: chosen, with: answer)
            for course in courses {
                try expectSince(course)
                let claim = course.row.claim
                let timeline = timelines[claim]
                guard chosen.contains(claim) else {
                    #expect(timeline == nil)
                    continue
                }
                let whole = try ledger.history(of: claim, at: viewpoint).value
                #expect(timeline?.steps ?? [] == whole.steps, "\(claim) at \(viewpoint)")
                #expect(timeline?.events.map(\.sequence) ?? [] == whole.steps.map(\.sequence))
            }
        }
    }

    @Test(
        "the associations are those of their register, each with the day of its status",
        arguments: IndexLawTests.seeds)
    func associations(seed: UInt64) throws {
        let history = try IndexLawTests.history(seed)
        let desk = try IndexDesk(history.entries.map(\.line))
        defer { withExtendedLifetime(desk) {} }
        let ledger = desk.replayed
        var generator = SeededGenerator(seed: seed &+ 5)
        for viewpoint in [Viewpoint(), randomViewpoint(history, &generator)] {
            let shown = try ledger.report(at: viewpoint).value.associations
            #expect(try shown.map(\.row) == ledger.associations(at: viewpoint).value.rows)
            for association in shown {
                let steps = try ledger.history(of: association.row.association, at: viewpoint)
                    .value.steps
                let last = try #require(steps.last { $0.statusBefore != $0.statusAfter })
                #expect(association.since == last.occurredAt.day, "\(viewpoint)")
            }
        }
    }

    /// It has had its status since then, and had another one before.
    private func expectSince(_ course: ClaimCourse) throws {
        let since = try #require(course.since)
        let status = try #require(course.stands.last?.status)
        #expect(course.stands.allSatisfy { $0.day < since || $0.status == status })
        let before = course.stands.last { $0.day < since }
        #expect(before?.status != status)
        #expect((course.account == nil) == (course.row.currency == nil))
    }
}
