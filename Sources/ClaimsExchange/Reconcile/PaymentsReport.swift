import ClaimsDomain
package import ClaimsLedger
package import ClaimsProjections

/// A payments report to hold against the ledger.
package enum PaymentsReport {
    /// Compares every payment of a report with those of the ledger, as seen from a viewpoint.
    ///
    /// Throws at the first row that cannot be read: what is not compared must not look equal. One
    /// pass over the log, one over the file; the file's rows are in memory.
    package static func reconcile(
        _ path: String, with ledger: Ledger, _ mapping: ReportMapping,
        _ scope: ReconciliationScope, at viewpoint: Viewpoint
    ) throws(LedgerError) -> Answer<Reconciliation> {
        let (book, log) = try PaymentBook.read(ledger, at: viewpoint)
        var reconciler = Reconciler(book, scope)
        let sha256: String
        do {
            let input = try ImportInput(path)
            sha256 = try input.sha256()
            var reader = TableReader(input)
            var record = TableRecord()
            try reader.readHeader(into: &record)
            let width = record.count
            var columns = TableColumns(record, renamed: mapping.columns, file: reader.file)
            var reading = PaymentReading(
                columns: try PaymentColumns(&columns),
                directory: ReportDirectory(log.replay.state, mapping), needsProgram: false)
            while try reader.next(&record) {
                if record.isBlank { continue }
                do throws(CellProblem) {
                    guard record.count == width else { throw .width(record.count, width) }
                    reconciler.add(try reading.read(record))
                } catch {
                    throw LedgerError(
                        .fault(
                            """
                            \(reader.file):\(record.line): error: \(error.text)
                              at byte \(record.byteOffset)
                              fix: correct the row; a comparison that leaves rows out says nothing
                            """, .badData))
                }
            }
        } catch let fault as TableFault {
            throw fault.worded
        } catch {
            throw LedgerError(error)
        }
        var found = reconciler.finish()
        found.reportSHA256 = sha256
        return Answer(found, of: log)
    }
}
