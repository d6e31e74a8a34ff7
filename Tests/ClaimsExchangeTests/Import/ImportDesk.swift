import ClaimsDomain
import ClaimsExchange
import ClaimsLedger
import Foundation

/// A ledger folder of its own to import into, removed with the value that holds it.
final class ImportDesk: Sendable {
    let path: String
    let ledger: Ledger
    /// The clock of every import.
    static let now = Instant(startOf: Day(since1970: 19_000))

    init() throws {
        let folder = FileManager.default.temporaryDirectory.path
        var template = Array("\(folder)/import-XXXXXX".utf8CString)
        let isMade = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map { mkdtemp($0) != nil } ?? false
        }
        guard isMade else { throw CocoaError(.fileWriteUnknown) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        ledger = try Ledger.create(
            "\(path)/ledger",
            NewLedger(ledgerID: "L-1", origin: "import.example", keyFile: "\(path)/ledger.key"))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func path(_ name: String) -> String { "\(path)/\(name)" }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
    }

    func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

    /// The ledger's bytes; none before its first event.
    func log() throws -> [UInt8] {
        let file = path("ledger/000000000001.jsonl")
        guard FileManager.default.fileExists(atPath: file) else { return [] }
        return Array(try Data(contentsOf: URL(fileURLWithPath: file)))
    }

    /// The ledger's lines.
    func lines() throws -> [String] {
        try log().split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    }

    /// How an import is run: what can be taken is, unless said otherwise.
    private func terms(_ isPartial: Bool, _ rejects: String?, _ now: Instant) -> ImportTerms {
        var terms = ImportTerms(now: now)
        (terms.isPartial, terms.rejects) = (isPartial, rejects.map(path))
        return terms
    }

    private func writer(isRehearsal: Bool) throws(LedgerError) -> LedgerWriter {
        try isRehearsal ? ledger.rehearsalWriter(in: path) : ledger.openWriter()
    }

    /// Imports a file of events; stops once `limit` records were read.
    func importEvents(
        _ name: String, defaultActor: Actor? = nil, limit: Int = .max, now: Instant = now,
        isPartial: Bool = true, rejects: String? = nil, isRehearsal: Bool = false
    ) throws(LedgerError) -> ImportSummary {
        let importer = EventsImport(
            path: path(name), terms(isPartial, rejects, now), defaultActor: defaultActor)
        var writer = try writer(isRehearsal: isRehearsal)
        var left = limit
        return try importer.run(into: &writer) {
            left -= 1
            return left <= 0
        }
    }

    /// Imports an XES log; stops once `limit` traces were read.
    func importXES(
        _ file: String, mapping: String, limit: Int = .max, now: Instant = now,
        isPartial: Bool = true, rejects: String? = nil, isRehearsal: Bool = false
    ) throws(LedgerError) -> ImportSummary {
        let importer = try XESImport(
            file: file, mapping: mapping, terms(isPartial, rejects, now))
        var writer = try writer(isRehearsal: isRehearsal)
        var left = limit
        return try importer.run(into: &writer) {
            left -= 1
            return left <= 0
        }
    }
}

extension ImportSummary {
    /// What was listed, a line each.
    var listedTexts: [String] { listed.map { "\($0.place) | \($0.what) | \($0.reason)" } }
}
