import ClaimsDomain
import ClaimsLedger
import EventLog

/// Which claims a payment is for, as a report says that has `paymentId` beside `claimId`.
struct ClaimLinks: Sendable {
    /// The claims of each payment, in the order of the report.
    private(set) var claims: [String: [ClaimID]] = [:]

    /// No links.
    init() {}

    /// Reads a report, such as the earnings report; rows without one of the two say nothing.
    init(_ path: String, _ mapping: ReportMapping) throws(LedgerError) {
        do {
            var reader = TableReader(try ImportInput(path))
            var record = TableRecord()
            try reader.readHeader(into: &record)
            var columns = TableColumns(record, renamed: mapping.columns, file: reader.file)
            let payment = try columns.required("paymentId")
            let claim = try columns.required("claimId")
            while try reader.next(&record) {
                let (id, named) = (record.text(payment), ClaimID(record.text(claim)))
                guard !id.isEmpty, !named.text.isEmpty else { continue }
                if claims[id]?.contains(named) != true { claims[id, default: []].append(named) }
            }
        } catch let fault as TableFault {
            throw fault.worded
        } catch {
            throw LedgerError(error)
        }
    }
}
