import ClaimsDomain
import ClaimsExchange
import ClaimsLedger
import ClaimsProjections
import Foundation

/// A generated ledger of its own, and what its exports write.
final class ExportDesk: Sendable {
    let ledger: Ledger
    private let folder: String

    init(events: Int64, seed: UInt64) throws {
        folder =
            FileManager.default.temporaryDirectory.appending(path: "export-\(UUID().uuidString)")
            .path
        var new = try GeneratedLedger.make(folder, events: events, seed: seed)
        while try new.writeNext() {}
        ledger = try Ledger.open(folder)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// The forms, by name.
    static let forms = [
        "hledger", "beancount", "sql", "xes", "associations", "ocel", "cloudevents",
    ]

    /// What an export writes.
    static func text(
        _ form: String, of ledger: Ledger, at viewpoint: Viewpoint = Viewpoint()
    ) throws -> String {
        var bytes: [UInt8] = []
        let output = ExportOutput { bytes += $0 }
        switch form {
        case "hledger": _ = try FundJournal(.hledger).write(ledger, at: viewpoint, to: output)
        case "beancount": _ = try FundJournal(.beancount).write(ledger, at: viewpoint, to: output)
        case "sql": _ = try SQLScript().write(ledger, at: viewpoint, to: output)
        case "xes": _ = try XESExport().write(ledger, at: viewpoint, to: output)
        case "associations":
            _ = try XESExport(cases: .association).write(ledger, at: viewpoint, to: output)
        case "ocel": _ = try OCELExport().write(ledger, at: viewpoint, to: output)
        default: _ = try CloudEventsBatch().write(ledger, at: viewpoint, to: output)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
