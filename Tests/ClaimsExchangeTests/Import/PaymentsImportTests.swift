import ClaimsDomain
import ClaimsExchange
import ClaimsLedger
import ClaimsProjections
import ClaimsTestSupport
import Testing

@Suite("Importing a payments report")
struct PaymentsImportTests {
    static let header =
        "participantID,programName,earned,earnedCurrencyCode,withheldTax,totalPayment,"
        + "paymentCurrencyCode,paymentID,paymentStatus,paymentStatusDescription,"
        + "paymentDate,claimId\n"

    /// One row; what a test does not say is that of a good one.
    static func row(
        _ id: String, _ earned: String, status: String = "Sent", on date: String = "2020-03-10",
        claim: String = "", partner: String = "100", program: String = "csp-indirect",
        currency: String = "USD", tax: String = "", total: String = "", paid: String = "",
        note: String = ""
    ) -> String {
        "\(partner),\(program),\(earned),\(currency),\(tax),\(total),\(paid),\(id),\(status),"
            + "\(note),\(date),\(claim)\n"
    }

    private static func desk(_ claims: [(String, Int64)] = [("CLM-1", 75_000)]) throws -> ReportDesk
    {
        let desk = try ReportDesk()
        let earned = FundsEarned(amount: usd(100_000), earnedOn: Samples.day("2019-12-01"))
        try desk.record([
            (.fundsEarned(earned), Samples.firstPeriod.text, ReportDesk.source)
        ])
        for (claim, cents) in claims { try desk.approve(claim, usd(cents)) }
        return desk
    }

    private static func byAmount() -> ReportDesk.Terms {
        var terms = ReportDesk.Terms()
        terms.matching.byAmount = true
        return terms
    }

    @Test("what was sent pays its claim; the taxes stand beside")
    func sent() throws {
        let desk = try Self.desk()
        let text =
            Self.header
            + Self.row("P-1", "750.00", claim: "CLM-1", tax: "75.00", total: "675.00", paid: "USD")
        let summary = try desk.importPayments(text)
        #expect((summary.taken, summary.appended) == (1, [.claimReimbursed: 1]))
        #expect(
            try desk.desk.lines().last?.hasSuffix(
                #""subject":"CLM-1","time":"2020-03-10T00:00:00Z","#
                    + #""recordedtime":"2022-01-08T00:00:00Z","sequence":"000000000008","#
                    + #""authtype":"system","authid":"import","data":{"amountMinor":75000,"#
                    + #""currency":"USD","paymentReference":"P-1","paidOn":"2020-03-10","#
                    + #""withheldTax":"75.00","totalPayment":"675.00","#
                    + #""paymentCurrencyCode":"USD"}}"#) == true)
        #expect(try desk.balance().paid == 75_000)
        let again = try desk.importPayments(text)
        #expect((again.taken, again.repeated, again.appendedCount) == (0, 1, 0))
        #expect(try desk.desk.ledger.verify().findings.isEmpty)
    }

    @Test("paid out in another currency, both amounts are kept")
    func payout() throws {
        let desk = try Self.desk()
        _ = try desk.importPayments(
            Self.header
                + Self.row("P-1", "750.00", claim: "CLM-1", total: "690.00", paid: "EUR"))
        #expect(
            try desk.desk.lines().last?.contains(
                #""paidOn":"2020-03-10","payout":{"amountMinor":69000,"currency":"EUR"}"#) == true)
    }

    @Test("what came back undoes it, and what is sent again pays once more")
    func reversed() throws {
        let desk = try Self.desk()
        let sent = Self.row("P-1", "750.00", claim: "CLM-1")
        let back = Self.row("P-1", "750.00", status: "Reversed", on: "2020-03-12", note: "closed")
        let again = Self.row("P-1", "750.00", on: "2020-04-10")
        for (rows, paid) in [(sent, 75_000), (back, 0), (again, 75_000), (sent + back, 75_000)] {
            let summary = try desk.importPayments(Self.header + rows)
            #expect(summary.listedCount == 0)
            #expect(try desk.balance().paid == Int64(paid))
        }
        let whole = try desk.importPayments(Self.header + sent + back + again)
        #expect((whole.taken, whole.repeated) == (0, 3))
        let lines = try desk.desk.lines()
        #expect(lines.contains { $0.contains(#""reason":"Reversed: closed""#) })
        #expect(lines.contains { $0.contains(#""id":"P-1:CLM-1:2020-03-10:reversed""#) })
        #expect(try desk.desk.ledger.verify().findings.isEmpty)
    }

    @Test("sent, back and sent again in one file is the same as in three")
    func oneFile() throws {
        let (one, three) = (try Self.desk(), try Self.desk())
        let rows = [
            Self.row("P-1", "750.00", claim: "CLM-1"),
            Self.row("P-1", "750.00", status: "Rejected", on: "2020-03-12"),
            Self.row("P-1", "750.00", on: "2020-04-10"),
        ]
        _ = try one.importPayments(Self.header + rows.joined())
        for row in rows { _ = try three.importPayments(Self.header + row) }
        #expect(try one.desk.log() == three.desk.log())
    }

    static let statuses: [(status: String, skipped: String?)] =
        PaymentStatus.allCases.map { status in
            switch status.meaning {
            case .paid: (status.rawValue, nil)
            case .undone:
                (status.rawValue, "status '\(status.rawValue)' of what the ledger has not paid")
            case .waiting: (status.rawValue, "status '\(status.rawValue)'")
            }
        }

    @Test("of a claim that is not paid, only 'Sent' is recorded", arguments: statuses)
    func status(status: String, skipped: String?) throws {
        let desk = try Self.desk()
        let summary = try desk.importPayments(
            Self.header + Self.row("P-1", "750.00", status: status.uppercased(), claim: "CLM-1"))
        #expect(summary.skipped == (skipped.map { [$0: 1] } ?? [:]))
        #expect(summary.appendedCount == (skipped == nil ? 1 : 0))
    }

    static let rejected: [(row: String, reason: String)] = [
        (
            row("P-1", "750.00"),
            "payment 'P-1' names no claim; a column claimId, --links or --by-amount finds it"
        ),
        (
            row("P-1", "750.00", claim: "CLM-9"),
            "claim 'CLM-9' is not approved in the ledger, or not in it"
        ),
        (
            row("P-1", "750.00", claim: "CLM-1", partner: "200"),
            "the payment is of partner '200', claim 'CLM-1' of '100'"
        ),
        (
            row("P-1", "750.00", claim: "CLM-1", currency: "EUR"),
            "the payment is of currency 'EUR', claim 'CLM-1' of 'USD'"
        ),
        (
            row("P-1", "750.00", status: "Send", claim: "CLM-1"),
            "paymentStatus is 'Send', which is none of a payments report; the nearest is 'Sent'"
        ),
        (row("P-1", "750.00", on: "", claim: "CLM-1"), "paymentDate is empty"),
        (
            row("P-1", "0.00", claim: "CLM-1"),
            "earned is 0.00 USD, expected an amount above zero"
        ),
        (row("P-1", "", claim: "CLM-1"), "earned is empty"),
        (row("", "750.00", claim: "CLM-1"), "paymentID is empty"),
        (
            row("P-0", "11.00", status: "Reversed", claim: "CLM-0"),
            "payment 'P-0' came back with 11.00 USD; the ledger has 10.00 USD paid"
        ),
        (
            row("P-0", "11.00", claim: "CLM-0"),
            "payment 'P-0' is 11.00 USD here and 10.00 USD in the ledger; 'claims reconcile "
                + "payments' compares them"
        ),
        (
            row("P-1", "750.00", on: "2999-01-01", claim: "CLM-1"),
            "its time 2999-01-01T00:00:00Z is in the future"
        ),
    ]

    @Test("what cannot be taken is told, and keeps the file out", arguments: rejected)
    func rejects(row: String, reason: String) throws {
        let desk = try Self.desk([("CLM-1", 75_000), ("CLM-0", 1_000)])
        try desk.pay("CLM-0", usd(1_000), "P-0")
        let before = try desk.desk.log()
        let summary = try desk.importPayments(Self.header + row)
        #expect(summary.listed.map(\.reason) == [reason])
        #expect(try desk.desk.log() == before)
    }

    static let due: [(claims: [(String, Int64)], earned: String, paid: [String], reason: String?)] =
        [
            ([("A", 100), ("B", 200)], "2.00", ["B"], nil),
            ([("A", 100), ("B", 200)], "3.00", ["A", "B"], nil),
            (
                [("A", 100), ("B", 200)], "2.50", [],
                "on no claim of partner '100' just 2.50 USD is due"
            ),
            (
                [("A", 100), ("B", 100)], "1.00", [],
                "1.00 USD is due on 2 claims, such as 'A', 'B'"
            ),
        ]

    @Test("by amount, a payment finds the one claim it can be for", arguments: due)
    func byAmount(
        claims: [(String, Int64)], earned: String, paid: [String], reason: String?
    ) throws {
        let desk = try Self.desk(claims)
        let summary = try desk.importPayments(
            Self.header + Self.row("P-1", earned), Self.byAmount())
        #expect(summary.listed.map(\.reason) == (reason.map { [$0] } ?? []))
        let rows = try desk.desk.ledger.claims().value.rows
        #expect(rows.filter { $0.paid > 0 }.map(\.claim.text) == paid)
    }

    @Test("a report that links payments to claims says what each is for")
    func links() throws {
        let desk = try Self.desk([("A", 100), ("B", 200), ("C", 300)])
        try desk.desk.write(
            "paymentId,claimId,earningAmount\nP-1,A,1\nP-1,B,2\n,C,3\nP-2,C,\nP-3,A,\nP-3,B,\n",
            to: "links.csv")
        var terms = ReportDesk.Terms()
        terms.matching.links = desk.desk.path("links.csv")
        let summary = try desk.importPayments(
            Self.header + Self.row("P-1", "3.00") + Self.row("P-2", "1.00"), terms)
        #expect(summary.appended == [.claimReimbursed: 3])
        let rows = try desk.desk.ledger.claims().value.rows
        #expect(rows.map(\.paid) == [100, 200, 100])
        let more = try desk.importPayments(Self.header + Self.row("P-3", "3.00"), terms)
        #expect(
            more.listed.map(\.reason) == [
                "payment 'P-3' is 3.00 USD for 2 claims, on which 0.00 USD is due"
            ])
    }
}
