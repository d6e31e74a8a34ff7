import ClaimsDomain
import ClaimsExchange
import ClaimsLedger
import ClaimsTestSupport
import Foundation
import Testing

@Suite("Laws of importing an earnings report")
struct EarningsLawTests {
    private typealias Rows = EarningsImportTests

    /// A report of some earnings with amounts of this seed.
    private static func report(_ amounts: [Int64?]) -> String {
        Rows.header
            + amounts.enumerated().compactMap { index, amount in
                amount.map { Rows.row("E-\(index)", "\(Money.usd($0))") }
            }.joined()
    }

    @Test("importing again appends nothing, whatever the order of the rows", arguments: 0..<20)
    func twice(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let desk = try ReportDesk()
        let amounts = (0..<20).map { _ in Int64?.random(in: -5_000...50_000, using: &generator) }
        let text = Self.report(amounts)
        let first = try desk.importEarnings(text)
        #expect((first.taken, first.listedCount) == (20, 0))
        let log = try desk.desk.log()
        var rows = text.split(separator: "\n").dropFirst().map(String.init)
        rows.shuffle(using: &generator)
        let again = try desk.importEarnings(Rows.header + rows.joined(separator: "\n"))
        #expect((again.taken, again.repeated, again.appendedCount) == (0, 20, 0))
        #expect(try desk.desk.log() == log)
    }

    @Test("earnings restated any number of times end as the last report says", arguments: 0..<20)
    func restated(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let desk = try ReportDesk()
        var last = [Int64?](repeating: nil, count: 8)
        for _ in 0..<5 {
            let report = last.map { _ in
                Bool.random(using: &generator)
                    ? Int64?.random(in: -2_000...20_000, using: &generator) : nil
            }
            let summary = try desk.importEarnings(Self.report(report))
            #expect(summary.listedCount == 0)
            let changed = zip(report, last).count { $0 != nil && $0 != $1 }
            #expect((summary.taken, summary.appendedCount) == (changed, changed))
            for (index, amount) in report.enumerated() where amount != nil { last[index] = amount }
        }
        let balance = try desk.balance()
        #expect(balance.earned + balance.adjusted == last.reduce(0) { $0 + ($1 ?? 0) })
        #expect(try desk.desk.ledger.verify().isSound)
    }

    @Test("a restatement says what it was, and comes back to it")
    func restatement() throws {
        let desk = try ReportDesk()
        for amount in ["10.00", "12.50", "10.00"] {
            #expect(try desk.importEarnings(Rows.header + Rows.row("E-1", amount)).taken == 1)
        }
        let lines = try desk.desk.lines()
        #expect(
            lines.last?.contains(
                #""id":"restated:E-1:2""#) == true
                && lines.last?.contains(
                    #""data":{"amountMinor":-250,"currency":"USD","#
                        + #""reasonCode":"Restated earning","#
                        + #""reason":"earning 'E-1' restated from 12.50 USD to 10.00 USD","#
                        + #""reference":"E-1"}"#) == true
        )
        #expect(try desk.balance().adjusted == 0)
    }

    @Test("an earning entered by hand under its reference is not imported on top of it")
    func byHand() throws {
        let desk = try ReportDesk()
        let earned = FundsEarned(
            amount: usd(900), earnedOn: Samples.day("2019-12-01"), reference: "E-1")
        let corrected = FundsAdjusted(
            amount: usd(-100), reasonCode: "hand", reason: "a mistake", reference: "E-1")
        try desk.record([
            (.fundsEarned(earned), Samples.firstPeriod.text, ReportDesk.source),
            (.fundsAdjusted(corrected), Samples.firstPeriod.text, ReportDesk.source),
        ])
        let same = try desk.importEarnings(Rows.header + Rows.row("E-1", "9.00"))
        #expect((same.repeated, same.taken) == (1, 0))
        let other = try desk.importEarnings(Rows.header + Rows.row("E-1", "10.00"))
        #expect(other.sums.map(\.minorUnits) == [100])
    }

    @Test("an earning keeps its place: another period, partner or currency is told")
    func otherPlace() throws {
        let desk = try ReportDesk()
        _ = try desk.importEarnings(
            Rows.header + Rows.row("E-1") + Rows.row("E-2", partner: "777"),
            .init(enrolls: true))
        let rows = [
            Rows.row("E-1", date: "2020-01-05"), Rows.row("E-1", partner: "777"),
            Rows.row("E-1", currency: "EUR"),
        ]
        let summary = try desk.importEarnings(Rows.header + rows.joined())
        #expect(
            summary.listed.map(\.reason) == [
                "earning 'E-1' is of period 'FY20-H2' here and of 'FY20-H1' in the ledger",
                "earning 'E-1' is of partner '777' here and of '100' in the ledger",
                "earning 'E-1' is of currency 'EUR' here and of 'USD' in the ledger",
            ])
    }

    @Test("the rejects file, corrected, brings in the rest, guarded cells as they were")
    func rejects() throws {
        let desk = try ReportDesk()
        let bad =
            Rows.row("=E-2", "5.00", partner: "999") + Rows.row("E-3", "-7.00", partner: "999")
            + Rows.row("E-4", "\"a\nb\"")
        let text = Rows.header + Rows.row("E-1") + bad
        let first = try desk.importEarnings(
            text, .init(isPartial: true, rejects: "rejects.csv"))
        #expect((first.taken, first.listedCount) == (1, 3))
        let path = URL(fileURLWithPath: desk.desk.path("rejects.csv"))
        let rejects = try String(contentsOf: path, encoding: .utf8)
        let lines = rejects.split(separator: "\n").map(String.init)
        #expect(lines[0] == "rejectLine,rejectReason," + Rows.header.dropLast())
        #expect(
            lines[1]
                == "3,\"partner '999' is not enrolled in program 'csp-indirect'; --enroll enrolls "
                + "the partners the report names\",'=E-2,999,\"Harbor, Lane\",Program csp-indirect,"
                + "Coop,"
                + "5.00,USD,2019-12-01,,,,Contoso,,,")
        #expect(lines[2].contains(",E-3,999,") && lines[2].contains(",-7.00,"))
        let corrected = rejects.replacing(",999,", with: ",100,").replacing(
            "\"a\nb\"", with: "1.00")
        let second = try desk.importEarnings(corrected, .init(rejects: "rejects.csv"))
        #expect(
            (second.taken, second.listedCount, second.ignoredColumns) == (3, 0, ["customerName"]))
        #expect(try desk.desk.lines().contains { $0.contains(#""id":"=E-2""#) })
        // Nothing was left out: the file says so.
        #expect(
            try String(contentsOf: path, encoding: .utf8)
                == "rejectLine,rejectReason," + Rows.header)
        let whole = try desk.importEarnings(
            text.replacing(",999,", with: ",100,").replacing("\"a\nb\"", with: "1.00"))
        #expect((whole.taken, whole.repeated) == (0, 4))
    }

    @Test("a rehearsal counts the same and appends nothing")
    func rehearsal() throws {
        let desk = try ReportDesk()
        let text = Self.report([100, 200, -300])
        let before = try desk.desk.log()
        let rehearsed = try desk.importEarnings(text, .init(isRehearsal: true))
        #expect(try desk.desk.log() == before)
        #expect(try desk.importEarnings(text) == rehearsed)
    }

    @Test("stopped while it checks, it records nothing; later, what it says", arguments: 0...3)
    func stopped(after steps: Int) throws {
        let desk = try ReportDesk()
        let text = Self.report((0..<2_500).map { Int64($0) })
        let before = try desk.desk.log()
        let summary = try desk.importEarnings(text, .init(limit: steps))
        #expect(summary.isInterrupted)
        if steps < 3 { #expect(try desk.desk.log() == before) }
        let rest = try desk.importEarnings(text)
        #expect(!rest.isInterrupted)
        #expect(rest.repeated == summary.taken)
        #expect(try desk.balance().earned == (0..<2_500).reduce(0, +))
    }

    @Test("amounts whose sum the ledger could not keep are told before anything is recorded")
    func huge() throws {
        let desk = try ReportDesk()
        let most = "90071992547409.91"
        let summary = try desk.importEarnings(
            Rows.header + Rows.row("E-1", most) + Rows.row("E-2", "0.01"))
        #expect(
            summary.listed.map(\.reason) == [
                "the report's amounts in USD add up to more than the ledger keeps"
            ])
    }

    @Test("many rejected rows are counted, and only some are kept to be shown")
    func many() throws {
        let desk = try ReportDesk()
        let rows = (0..<1_200).map { Rows.row("E-\($0)", partner: "x\($0)") }.joined()
        let summary = try desk.importEarnings(Rows.header + rows, .init(rejects: "r.csv"))
        #expect((summary.listedCount, summary.listed.count) == (1_200, 1_000))
        #expect(summary.unlistedReasons.values.reduce(0, +) == 200)
        let file = try String(
            contentsOf: URL(fileURLWithPath: desk.desk.path("r.csv")), encoding: .utf8)
        #expect(file.split(separator: "\n").count == 1_201)
    }
}

extension Money {
    /// An amount in dollars without its code.
    fileprivate static func usd(_ cents: Int64) -> String {
        Money(minorUnits: cents, currency: Samples.currency("USD")).decimal
    }
}

extension Int64? {
    fileprivate static func random(
        in range: ClosedRange<Int64>, using generator: inout SeededGenerator
    ) -> Int64? {
        Int64.random(in: range, using: &generator)
    }
}
