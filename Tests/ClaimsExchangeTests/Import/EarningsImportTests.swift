import ClaimsDomain
import ClaimsExchange
import ClaimsLedger
import ClaimsProjections
import ClaimsTestSupport
import Foundation
import Testing

@Suite("Importing an earnings report")
struct EarningsImportTests {
    static let header =
        "earningId,participantID,participantName,programName,earningType,earningAmount,"
        + "transactionCurrency,earningDate,calculationDate,lever,transactionId,customerName,"
        + "reasonCode,earningAmountUSD,claimId\n"

    /// One row; what a test does not say is that of a good one.
    static func row(
        _ id: String, _ amount: String = "10.00", partner: String = "100",
        program: String = "Program csp-indirect", type: String = "Coop", currency: String = "USD",
        date: String = "2019-12-01", calculated: String = "", lever: String = "",
        transaction: String = "", reason: String = "", dollars: String = "", claim: String = ""
    ) -> String {
        "\(id),\(partner),\"Harbor, Lane\",\(program),\(type),\(amount),\(currency),\(date),"
            + "\(calculated),\(lever),\(transaction),Contoso,\(reason),\(dollars),\(claim)\n"
    }

    @Test("co-op rows feed the fund of their usage period; the others are counted")
    func basics() throws {
        let desk = try ReportDesk()
        let text =
            Self.header + Self.row("E-1", "\"1,250.50\"", type: "Co-op")
            + Self.row("E-2", "7.00", type: "Rebate") + Self.row("E-3", "5.00", type: "coop")
            + Self.row("E-4", "8.00", date: "2020-01-01T00:00:00")
        let summary = try desk.importEarnings("\u{FEFF}" + text.replacing("\n", with: "\r\n"))
        #expect((summary.records, summary.taken, summary.repeated) == (4, 3, 0))
        #expect(summary.skipped == ["earning type 'Rebate'": 1])
        #expect(summary.appended == [.fundsEarned: 3])
        #expect(summary.sums.map(\.minorUnits) == [126_350])
        #expect(summary.ignoredColumns == ["customerName"])
        #expect(try desk.balance().earned == 125_550)
        #expect(try desk.balance(Samples.secondPeriod).earned == 800)
        #expect(try desk.desk.ledger.verify().isSound)
    }

    @Test("an event has the report's ids and facts, and no customer")
    func event() throws {
        let desk = try ReportDesk()
        _ = try desk.importEarnings(
            Self.header
                + Self.row(
                    "E-1", currency: "EUR", calculated: "2020-01-05T10:00:00", lever: "CSP Core",
                    transaction: "TX-9", dollars: "11.05", claim: "CLM-7"))
        #expect(
            try desk.desk.lines().last == #"{"specversion":"1.0","id":"E-1","#
                + #""source":"/programs/csp-indirect/partners/100","type":"funds.earned","#
                + #""subject":"FY20-H1","time":"2020-01-05T10:00:00Z","#
                + #""recordedtime":"2022-01-08T00:00:00Z","sequence":"000000000003","#
                + #""authtype":"system","authid":"import","correlationid":"TX-9","#
                + #""data":{"amountMinor":1000,"currency":"EUR","earnedOn":"2019-12-01","#
                + #""reference":"E-1","lever":"CSP Core","claimId":"CLM-7","#
                + #""earningAmountUSD":"11.05"}}"#)
    }

    @Test("columns stand in any order, under any spelling, in TSV too")
    func columns() throws {
        let desk = try ReportDesk()
        let summary = try desk.importEarnings(
            "EARNING TYPE\tearning_id\tParticipantId\tprogramname\tEarningAmount\t"
                + "TransactionCurrency\tEarningDate\nCoop\tE-1\t100\tcsp-indirect\t5\tusd\t"
                + "2019-12-01\n")
        #expect((summary.taken, summary.ignoredColumns) == (1, []))
        #expect(try desk.balance().earned == 500)
    }

    static let rejected: [(name: String, row: String, reason: String)] = [
        (
            "program", row("E-1", program: "Program csp-indirekt"),
            "program 'Program csp-indirekt' is not known to the ledger; the nearest is "
                + "'Program csp-indirect'; --map-program 'Program csp-indirekt=ID' maps it"
        ),
        ("no program", row("E-1", program: ""), "the row names no program"),
        (
            "partner", row("E-1", partner: "777"),
            "partner '777' is not enrolled in program 'csp-indirect'; --enroll enrolls the "
                + "partners the report names"
        ),
        ("no partner", row("E-1", partner: ""), "participantID is empty"),
        (
            "period", row("E-1", date: "2012-12-01"),
            "no usage period of program 'csp-indirect' is earned on 2012-12-01"
        ),
        (
            "date", row("E-1", date: "2019-02-30"),
            "earningDate is '2019-02-30', expected a date such as '2020-02-29'"
        ),
        (
            "future", row("E-1", calculated: "2999-01-01"),
            "its time 2999-01-01T00:00:00Z is in the future"
        ),
        ("id", row(""), "earningId is empty"),
        (
            "long id", row(String(repeating: "x", count: 201)),
            "earningId has 201 bytes, expected 1 to 200 without control characters"
        ),
        (
            "control", row("\"E\u{7}\""),
            "earningId has 2 bytes with control characters, expected 1 to 200 without control "
                + "characters"
        ),
        (
            "currency", row("E-1", currency: "USX"),
            "transactionCurrency is 'USX', expected an ISO 4217 code"
        ),
        (
            "amount", row("E-1", "ten"),
            "earningAmount is 'ten', expected a decimal such as '1250.00'"
        ),
        (
            "reason", row("E-1", reason: "Ops Adjustmend"),
            "reason code 'Ops Adjustmend' is not known; --reason-code 'Ops Adjustmend=...' maps it"
        ),
        (
            "rollover", row("E-1", "-5.00", reason: "Co-op Rollover"),
            "reason code 'Co-op Rollover' may be a rollover or a conversion; --reason-code says "
                + "which, such as --reason-code 'Co-op Rollover=rolled_over:next'"
        ),
        ("fields", "E-1,100\n", "the row has 2 fields, the header has 15"),
    ]

    @Test("one row that cannot be taken keeps all out, and says why", arguments: rejected)
    func rejects(name: String, row: String, reason: String) throws {
        let desk = try ReportDesk()
        let before = try desk.desk.log()
        let text = Self.header + Self.row("E-9") + row + Self.row("E-10")
        let summary = try desk.importEarnings(text)
        #expect(summary.listedTexts == ["line 3 | row | \(reason)"])
        #expect(summary.isRefused)
        #expect((summary.records, summary.taken, summary.appendedCount) == (3, 0, 0))
        #expect(try desk.desk.log() == before)
        let rest = try desk.importEarnings(text, .init(isPartial: true))
        #expect((rest.taken, rest.listedCount, rest.isRefused) == (2, 1, false))
        #expect(try desk.balance().earned == 2_000)
    }

    static let headers: [(header: String, fault: String)] = [
        (
            "earningIdd,participantID",
            "there is no column 'earningId'; the nearest one is 'earningIdd'"
        ),
        ("a,b", "there is no column 'earningId'"),
        ("earningId,EarningID,participantID", "column 'earningId' stands twice in the header"),
        ("earningId;participantID", "the columns are separated by semicolons"),
    ]

    @Test("a column that is missing or stands twice is told", arguments: headers)
    func header(header: String, fault: String) throws {
        let desk = try ReportDesk()
        let error = #expect(throws: LedgerError.self) { try desk.importEarnings("\(header)\n") }
        #expect(error?.description.contains(":1: error: \(fault)") == true, "\(fault)")
        #expect(error?.category == .badData)
    }

    @Test("a growth report says one earning in several rows; two amounts of it are an error")
    func growth() throws {
        let desk = try ReportDesk()
        let twice =
            Self.header + Self.row("E-1", transaction: "A")
            + Self.row("E-1", transaction: "B")
        let summary = try desk.importEarnings(twice)
        #expect((summary.taken, summary.repeated, summary.appendedCount) == (1, 1, 1))
        let other = try desk.importEarnings(
            Self.header + Self.row("E-2", "5") + Self.row("E-2", "6"))
        #expect(
            other.listedTexts == [
                "line 3 | row | earning 'E-2' is 6.00 USD here and 5.00 USD on line 2"
            ])
    }

    @Test("reason codes become adjustments, rollovers and conversions, as the mapping says")
    func reasonCodes() throws {
        let desk = try ReportDesk()
        var terms = ReportDesk.Terms()
        terms.mapping.reasonCodes["co-op rollover"] = .rolledOver(to: nil)
        terms.mapping.reasonCodes["to rebate"] = .converted
        terms.mapping.reasonCodes["other side"] = .skipped
        let summary = try desk.importEarnings(
            Self.header + Self.row("E-1", "100.00")
                + Self.row("E-2", "-20", reason: "ar compliance")
                + Self.row("E-3", "-30", reason: "Co-op Rollover")
                + Self.row("E-4", "-10", reason: "To rebate")
                + Self.row("E-5", "30", date: "2020-01-05", reason: "Other side")
                + Self.row("E-6", "-5"), terms)
        #expect(summary.listed.isEmpty)
        #expect(
            summary.appended == [
                .fundsEarned: 1, .fundsAdjusted: 2, .fundsRolledOver: 1, .fundsConverted: 1,
            ])
        #expect(summary.skipped == ["reason code 'Other side'": 1])
        let balance = try desk.balance()
        #expect((balance.earned, balance.adjusted) == (10_000, -2_500))
        #expect((balance.rolledOut, balance.converted) == (3_000, 1_000))
        #expect(try desk.balance(Samples.secondPeriod).rolledIn == 3_000)
        let above = try desk.importEarnings(
            Self.header + Self.row("E-7", "30", reason: "Co-op Rollover"), terms)
        #expect(
            above.listed.first?.reason
                == "30.00 USD of 'Co-op Rollover' is above zero: what moves leaves a fund; map the "
                + "code to 'adjusted' where the report has both sides")
        let restated = try desk.importEarnings(
            Self.header + Self.row("E-3", "-31", reason: "Co-op Rollover"), terms)
        #expect(
            restated.listed.first?.reason
                == "earning 'E-3' is 31.00 USD here; the ledger has 30.00 USD of it as "
                + "'funds.rolled_over', which a report cannot restate")
    }

    @Test("partners nobody has heard of are enrolled when that is asked for")
    func enroll() throws {
        let desk = try ReportDesk()
        let text = Self.header + Self.row("E-1", partner: "777") + Self.row("E-2", partner: "777")
        let summary = try desk.importEarnings(text, .init(enrolls: true))
        #expect(summary.appended == [.partnerEnrolled: 1, .fundsEarned: 2])
        let partners = try desk.desk.ledger.partners().value
        #expect(partners.map(\.partner.text) == ["100", "777"])
        #expect(partners.last?.name == "Harbor, Lane")
        #expect(try desk.importEarnings(text, .init(enrolls: true)).appendedCount == 0)
    }
}
