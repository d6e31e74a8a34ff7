import ArgumentParser
import ClaimsDomain
import ClaimsLedger

/// A document and what is known of it.
struct EvidenceOptions: ParsableArguments {
    @Argument(help: "The document.") var file: String
    @Option(help: "The kind of document.") var kind: EvidenceKind
    @Option(
        help: ArgumentHelp(
            "The document's id in the claim; without it one made of its hash.", valueName: "id"))
    var evidence: String?
    @Option(
        help: ArgumentHelp(
            "Such as application/pdf; by the name's ending without it.", valueName: "type"))
    var mediaType: String?
    @Option(help: "What it shows.") var note: String?
    @Option(
        help: ArgumentHelp(
            "The date the document bears, such as that of a signature.", valueName: "date"))
    var datedOn: String?
    @Option(help: ArgumentHelp("The invoice's number.", valueName: "number"))
    var invoiceNumber: String?
    @Option(help: ArgumentHelp("Who issued it.", valueName: "vendor")) var invoiceVendor: String?
    @Option(help: ArgumentHelp("The invoice's date.", valueName: "date")) var invoiceDate: String?
    @Option(help: ArgumentHelp("The invoice's total.", valueName: "decimal"))
    var invoiceAmount: String?
    @Option(help: ArgumentHelp("The currency of the total.", valueName: "code"))
    var invoiceCurrency: String?
    @Option(help: ArgumentHelp("What was measured.", valueName: "name")) var metricName: String?
    @Option(help: ArgumentHelp("The number or summary.", valueName: "value"))
    var metricValue: String?

    @Flag(help: "The original on paper was handed in with it.") var original = false
    @Flag(help: "Keep a copy of the document in the ledger's vault, by its SHA-256.")
    var store = false

    /// Attaches the document by the command that `command` makes of it, and keeps a copy if that is
    /// asked for.
    func run(_ write: WriteOptions, _ command: (EvidenceAttached) -> Command) throws {
        let attached = try attached()
        let command = command(attached)
        guard store, !write.dryRun else { return try write.run { _ in command } }
        let ledger = try write.ledger.open()
        let vault = try ledger.vault()
        // Where it would stay for good, nothing is kept for a command that would be refused.
        if !vault.canDiscard { _ = try ledger.rehearse(command, write.context()) }
        // Before the event, so that no event says of a document that it is there and it is not.
        let isNew = try vault.store(file, sha256: attached.sha256)
        do {
            try write.give(write.submit { _ in command })
        } catch {
            if isNew { vault.discard(attached.sha256) }
            throw error
        }
    }

    func attached() throws -> EvidenceAttached {
        let document = try EvidenceFile.describe(file)
        let id = try evidence.map { try NewIdentifier.check($0, kind: "evidence") as EvidenceID }
        return EvidenceAttached(
            evidence: id ?? document.evidence, kind: kind, filename: document.filename,
            mediaType: mediaType ?? document.mediaType, size: document.size,
            sha256: document.sha256, note: note, invoice: try invoice(), metric: try metric(),
            original: original ? true : nil,
            datedOn: try datedOn.map { try DayOption.day($0, option: "--dated-on") })
    }

    private func invoice() throws -> EvidenceAttached.Invoice? {
        let parts = [invoiceNumber, invoiceVendor, invoiceDate, invoiceAmount, invoiceCurrency]
        guard parts.contains(where: { $0 != nil }) else { return nil }
        guard let invoiceNumber, let invoiceVendor, let invoiceDate, let invoiceAmount,
            let invoiceCurrency
        else {
            throw ValidationError(
                "an invoice needs all of --invoice-number, --invoice-vendor, --invoice-date, "
                    + "--invoice-amount and --invoice-currency")
        }
        let currency = try AmountOptions.currency(invoiceCurrency)
        return EvidenceAttached.Invoice(
            number: invoiceNumber, vendor: invoiceVendor,
            date: try DayOption.day(invoiceDate, option: "--invoice-date"),
            amount: try AmountOptions.money(invoiceAmount, currency, option: "--invoice-amount"))
    }

    private func metric() throws -> EvidenceAttached.Metric? {
        guard metricName != nil || metricValue != nil else { return nil }
        guard let metricName, let metricValue else {
            throw ValidationError("a metric needs both --metric-name and --metric-value")
        }
        return EvidenceAttached.Metric(name: metricName, value: metricValue)
    }
}
