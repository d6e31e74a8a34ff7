import ClaimsDomain
import ClaimsLedger
import ClaimsProjections
import Foundation
import Testing

@testable import ClaimsExchange

@Suite("Names of accounts")
struct JournalNameTests {
    static let components: [(id: String, beancount: String, hledger: String)] = [
        ("csp-direct", "Csp-direct", "csp-direct"), ("FY20-H1", "FY20-H1", "FY20-H1"),
        ("4567890", "4567890", "4567890"), ("Csp-direct", "X-x43sp-direct", "Csp-direct"),
        ("p-1", "X-x70-1", "p-1"), ("P-1", "P-1", "P-1"), ("a", "X-x61", "a"), ("A", "A", "A"),
        ("xy", "X-x78y", "xy"), ("X", "X-x58", "X"), ("X-x43sp", "X-x58-x2Dx43sp", "X-x43sp"),
        ("a:b c", "X-x61-x3Ab-x20c", "a%3Ab%20c"), ("ab_c", "Ab-x5Fc", "ab_c"),
        ("é1", "X-xC3-xA91", "%C3%A91"), ("50%", "50-x25", "50%25"), ("-x", "X-x2Dx", "-x"),
        ("a-", "X-x61-", "a-"), ("", "X", "%"),
    ]

    @Test("an id is a name each tool takes", arguments: components)
    func component(_ names: (id: String, beancount: String, hledger: String)) throws {
        #expect(BeancountFormat.component(names.id) == names.beancount)
        #expect(HledgerFormat.component(names.id) == names.hledger)
        #expect(names.beancount.wholeMatch(of: /[A-Z0-9][A-Za-z0-9-]*/) != nil)
    }

    @Test("no two ids have one name")
    func injective() {
        let letters = ["a", "x", "A", "X", "-", "x", "2", "D", "_", "é", ":"]
        var ids = [""]
        for _ in 0..<4 { ids += ids.flatMap { id in letters.map { id + $0 } } }
        let unique = Set(ids)
        #expect(unique.count > 10_000)
        #expect(Set(unique.map(BeancountFormat.component)).count == unique.count)
        #expect(Set(unique.map(HledgerFormat.component)).count == unique.count)
    }
}

@Suite("The funds as books")
struct FundJournalTests {
    private static let desk = Result { try ExportDesk(events: 6_000, seed: 3) }

    static let moments = ["2019-12-31", "2020-03-31", "2020-08-16", "2021-12-31"]

    @Test("transactions balance, and their sums are the balances", arguments: moments)
    func sums(_ day: String) throws {
        let ledger = try Self.desk.get().ledger
        let end = Instant(endOf: try #require(Day(day)))
        let text = try ExportDesk.text("hledger", of: ledger, at: Viewpoint(asOf: end))
        var sums: [String: Int64] = [:]
        for entry in text.components(separatedBy: "\n\n") {
            var total: Int64 = 0
            for line in entry.split(separator: "\n") where line.hasPrefix("    ") {
                let words = line.split(separator: " ")
                guard words.count == 3, words[0] != ";" else { continue }
                let units = try #require(Int64(words[1].replacing(".", with: "")))
                total += units
                sums["\(words[0]) \(words[2])", default: 0] += units
            }
            #expect(total == 0, "\(entry)")
        }
        var wanted: [String: Int64] = [:]
        for row in try ledger.balances(at: Viewpoint(asOf: end)).value.rows {
            let account = FundAccount(
                program: try #require(row.program), partner: try #require(row.partner),
                period: try #require(row.period), currency: row.currency)
            let balance = row.balance
            let units: [JournalLeaf: Int64] = [
                .earned: -balance.earned, .adjusted: -balance.adjusted,
                .rolledIn: -balance.rolledIn, .rolledOut: balance.rolledOut,
                .available: row.available, .reserved: balance.reserved, .due: balance.due,
                .paid: balance.paid, .converted: balance.converted, .expired: row.expired,
            ]
            for (leaf, units) in units where units != 0 {
                wanted["\(HledgerFormat().name(account, leaf)) \(row.currency)"] = units
            }
        }
        #expect(sums.filter { $0.value != 0 } == wanted)
        #expect(wanted.count > 20)
    }

    @Test(
        "each account is asserted when its period and its claim deadline are over, and at the end")
    func assertions() throws {
        let text = try ExportDesk.text("hledger", of: try Self.desk.get().ledger)
        let titles = text.split(separator: "\n").filter { $0.contains(": coop-") }
        #expect(titles.contains { $0.hasPrefix("2020-06-30 * end of the usage period: ") })
        #expect(titles.contains { $0.hasPrefix("2020-08-15 * claim deadline: ") })
        let accounts = try Self.desk.get().ledger.balances().value.rows.count
        #expect(titles.count { $0.contains("end of the export") } == accounts)
    }

    @Test("a day's own postings are in what is asserted for it, later ones are not")
    func cut() throws {
        let day = Day(since1970: 18_000)
        let account = FundAccount(
            program: ProgramID("p"), partner: PartnerID("1"), period: PeriodLabel("H1"),
            currency: try #require(Currency(code: "USD")))
        let range = DayRange(first: day, last: day)
        let period = UsagePeriod(
            label: PeriodLabel("H1"), earned: range, usage: range,
            claiming: DayRange(first: day, last: day.adding(days: 45)),
            instants: UsagePeriod.Instants(
                earnedFrom: .earliest, earnedBefore: .latest, usageFrom: .earliest,
                usageBefore: .latest, claimFrom: .earliest, claimBefore: .latest))
        var books = JournalAccount(account, on: day, period: period)
        books.post(5, to: .available, on: day)
        books.post(7, to: .available, on: day.adding(days: 1))
        books.post(11, to: .available, on: day.adding(days: 46))
        books.post(1, to: .available, on: day.adding(days: -9))
        let place = JournalLeaf.available.rawValue
        #expect(books.cuts.map { $0.units[place] } == [6, 13])
        #expect(books.units[place] == 24)
        #expect(books.firstDay == day.adding(days: -9))
        #expect(books.lastAvailable == day.adding(days: 46))
        #expect(books.used == [.available])
    }
}
