import ArgumentParser
import ClaimsLedger
import ClaimsReports

struct RetentionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention", abstract: "Show which originals must be kept, and which may go.",
        discussion: """
            Computed for the moment of --as-of, without it for the last event known. Originals of \
            a claim that is open, or whose payment is not final, are always kept. 'Stored' counts \
            the documents in the ledger's vault today, named by their SHA-256.

            Examples:
              claims retention --as-of now
              claims retention --partner 4567890 --as-of 2022-03-01 --format json
            """)

    @OptionGroup var filter: FilterOptions
    @OptionGroup var read: ReadOptions

    func run() throws {
        let ledger = try read.ledger.open()
        let answer = try ledger.retention(
            try filter.selection(zone: read.point.zone), at: try read.viewpoint())
        // Nobody knows what lay in the vault at another time: the log says what was attached only.
        let vault = try? Ledger.open(read.ledger.path).vault()
        let isStored = try vault?.contents()
        try read.give(answer, retentionTable(answer) { isStored?($0) ?? false })
    }
}
