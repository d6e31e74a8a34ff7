import ClaimsDomain
import ClaimsExchange
import ClaimsLedger
import ClaimsTestSupport
import EventLog
import Foundation

/// Imports a table as a report of earnings and as one of payments, whatever it is.
///
/// What was taken can be replayed, and the same report again adds nothing.
enum TableTrial {
    static func run(_ bytes: [UInt8]) {
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path))
        } catch {
            preconditionFailure("\(error)")
        }
        for kind in Kind.allCases {
            let ledger = LedgerOnDisk.open(SimulatedFileSystem(LedgerOnDisk.indexed))
            guard (try? take(kind, into: ledger)) != nil else { continue }
            precondition((try? ledger.balances()) != nil, "what was taken cannot be replayed")
            let again = try? take(kind, into: ledger)
            precondition(again == 0, "the same report again: \(String(describing: again)) events")
        }
    }

    private enum Kind: CaseIterable { case earnings, payments }

    /// Imports the file; returns how many events it added.
    private static func take(_ kind: Kind, into ledger: Ledger) throws -> Int64 {
        var terms = ImportTerms(now: now)
        terms.isPartial = true
        let options = ReportImportOptions(actor: Actor(kind: .system, id: "fuzz"), terms)
        var report =
            switch kind {
            case .earnings:
                try ReportImport.earnings(path, of: ledger, options, enrolls: true)
            case .payments:
                try ReportImport.payments(path, of: ledger, options, PaymentMatching())
            }
        try report.check { _ in true }
        var writer = try ledger.openWriter()
        let before = writer.head
        try report.record(into: &writer) { _ in true }
        return writer.head - before
    }

    private static let now = Instant(startOf: Day(since1970: 19_000))

    private static let path: String = {
        let folder = FileManager.default.temporaryDirectory.path
        return "\(folder)/claims-fuzz-\(ProcessInfo.processInfo.processIdentifier).csv"
    }()
}
