import ClaimsDomain
import ClaimsExchange
import ClaimsLedger
import ClaimsProjections
import Foundation
import Testing

@Suite("Importing the domestic declarations of BPI Challenge 2020")
struct DomesticDeclarationsImportTests {
    private static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let packed = root.appending(
        path: "../shared/data/bpi2020/DomesticDeclarations.xes.gz"
    ).standardizedFileURL
    private static let mapping = root.appending(path: "tools/xes/domestic-declarations.json")

    /// What is counted from the text of the log, without any of our readers.
    private struct Figures {
        var traces = 0
        var events = 0
        /// Of each claim's first event, rounded half up.
        var cents: Int64 = 0
        var payments = 0
        var paidCents: Int64 = 0
        /// Claims begun, and payments made, before July 2018 in UTC.
        var claimsByThen = 0
        var paymentsByThen = 0

        private static let pattern = [
            "<(/?(?:trace|event))>",
            #"key="(\(case\)_Amount|concept:name|time:timestamp)" value="([^"]*)""#,
        ].joined(separator: "|")

        init(_ log: String) throws {
            let text = log as NSString
            let expression = try NSRegularExpression(pattern: Self.pattern)
            var event: (amount: String, activity: String, time: String) = ("", "", "")
            var first: (time: String, amount: Int64) = ("~", 0)
            func part(_ match: NSTextCheckingResult, _ group: Int) -> String {
                let range = match.range(at: group)
                return range.location == NSNotFound ? "" : text.substring(with: range)
            }
            for match in expression.matches(
                in: log, range: NSRange(location: 0, length: text.length))
            {
                switch part(match, 1) + part(match, 2) {
                case "trace": first = ("~", 0)
                case "event": events += 1
                case "(case)_Amount": event.amount = part(match, 3)
                case "concept:name": event.activity = part(match, 3)
                case "time:timestamp": event.time = part(match, 3)
                case "/event":
                    let found = (try Self.utc(event.time), try Self.cents(event.amount))
                    if found.0 < first.time { first = found }
                    if event.activity == "Payment Handled" { add(payment: found.1, at: found.0) }
                case "/trace":
                    traces += 1
                    cents += first.amount
                    if first.time < Self.then { claimsByThen += 1 }
                default: break
                }
            }
        }

        private static let then = "2018-07-01T00:00:00.000Z"

        private mutating func add(payment cents: Int64, at time: String) {
            payments += 1
            paidCents += cents
            if time < Self.then { paymentsByThen += 1 }
        }

        /// By hand: whole euros, two digits, and the third decides.
        private static func cents(_ text: String) throws -> Int64 {
            let parts = text.split(separator: ".").map(String.init)
            let fraction = (parts.count > 1 ? parts[1] : "") + "000"
            let cents = try #require(Int64(parts[0] + fraction.prefix(2)))
            let third = try #require(fraction.dropFirst(2).first?.wholeNumberValue)
            return cents + (third >= 5 ? 1 : 0)
        }

        private static func utc(_ text: String) throws -> String {
            let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
            return try style.parse(text).formatted(style)
        }
    }

    @Test("all 55,628 records are taken, once, and the sums are those of the text")
    func whole() throws {
        guard FileManager.default.fileExists(atPath: Self.packed.path) else {
            let isCI = ProcessInfo.processInfo.environment["CI"] == "true"
            #expect(!isCI, "\(Self.packed.lastPathComponent) is missing, and CI leaves nothing out")
            if !isCI { print("notice: left out: \(Self.packed.lastPathComponent) is not here") }
            return
        }
        let desk = try ImportDesk()
        let text = try Self.unpack(to: desk.path("log.xes"))
        let figures = try Figures(text)
        #expect((figures.traces, figures.events) == (10_357, 55_628))

        let first = try desk.importXES(desk.path("log.xes"), mapping: Self.mapping.path)
        #expect((first.records, first.taken, first.repeated) == (55_628, 55_628, 0))
        #expect(first.listed.isEmpty)
        #expect(first.appended[.claimCreated] == figures.traces)
        #expect(first.appended[.claimReimbursed] == figures.payments)

        try Self.check(desk.ledger, figures, events: first.appendedCount)

        let head = try desk.ledger.treeHead()
        let second = try desk.importXES(desk.path("log.xes"), mapping: Self.mapping.path)
        #expect((second.records, second.taken, second.repeated) == (55_628, 0, 55_628))
        #expect(second.listed.isEmpty)
        #expect(try desk.ledger.treeHead() == head)
    }

    private static func check(_ ledger: Ledger, _ figures: Figures, events: Int) throws {
        let summary = try ledger.summary().answer.value
        #expect(summary.claims == figures.traces)
        // And the program.
        #expect(summary.events == Int64(events + 1))
        let rows = try ledger.claims().value.rows
        #expect(rows.count == figures.traces)
        #expect(rows.allSatisfy { $0.currency?.code == "EUR" })
        #expect(rows.reduce(0) { $0 + $1.amount } == figures.cents)
        #expect(rows.reduce(0) { $0 + $1.paid } == figures.paidCents)
        let funds = try ledger.balances(grouping: .program).value.rows
        #expect(funds.map(\.balance.paid) == [figures.paidCents])
        let then = Viewpoint(asOf: Instant("2018-06-30T23:59:59.999Z"))
        let earlier = try ledger.claims(at: then)
        #expect(earlier.moment == then.asOf)
        #expect(earlier.value.rows.count == figures.claimsByThen)
        #expect(figures.claimsByThen > 0 && figures.claimsByThen < figures.traces)
        let paid = try ledger.summary(at: then).answer.value.eventsByKind
            .first { $0.kind == .claimReimbursed }
        #expect(paid?.count == Int64(figures.paymentsByThen))
    }

    /// The text of the log, which is also written to a file.
    private static func unpack(to path: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", packed.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        try data.write(to: URL(fileURLWithPath: path))
        return String(decoding: data, as: UTF8.self)
    }
}
