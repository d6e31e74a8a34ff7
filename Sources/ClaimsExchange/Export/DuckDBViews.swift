import ClaimsCodec
import ClaimsDomain
package import ClaimsLedger
import EventLog

/// Views for DuckDB straight over the lines of the log, with the type of each column said.
///
/// Nothing is copied: a query reads the log as it is then. The columns are those of the schema
/// table. What events lead to (statuses, balances) is not in a line; the SQL script has that.
package struct DuckDBViews {
    private let files: String

    /// Views of a ledger, by the path it was opened with; throws for standard input.
    package init(of ledger: Ledger) throws(LedgerError) {
        switch ledger.location {
        // The segments are named by the sequence they begin with.
        case .folder(let path): files = "\(path)/[0-9]*.jsonl"
        case .file(let path): files = path
        case .shared(let address):
            throw LedgerError(
                .fault(
                    """
                    \(address): error: a view needs files to read, and a shared ledger has none
                      fix: make a replica with 'claims copy' and name its folder with --ledger
                    """, .notFound))
        case .standardInput:
            throw LedgerError(
                .fault(
                    """
                    error: a view needs a file to read, and standard input is none
                      fix: name the ledger with --ledger
                    """, .notFound))
        }
    }

    /// The script.
    package var text: String {
        let path = files.replacing("'", with: "''")
        return """
            -- Views over the lines of an incentive claims ledger, for DuckDB:
            --   claims export duckdb | duckdb ledger.duckdb
            -- Each query reads the log as it is then. Amounts are whole minor units, times in UTC.

            \(Self.events(path))
            \(Self.families)
            """
    }

    private static func events(_ path: String) -> String {
        let data = fields.map { name, type in "    \(quoted(name)) \(type)" }
            .joined(separator: ",\n")
        return """
            CREATE OR REPLACE VIEW events AS
            SELECT CAST(sequence AS BIGINT) AS sequence, id, type,
              url_decode(regexp_extract(source, '/programs/([^/]+)(/partners/[^/]+)?$', 1)) AS program,
              nullif(url_decode(regexp_extract(source, '/partners/([^/]+)$', 1)), '') AS partner,
              source, subject, time, recordedtime, authtype, authid, correlationid, causationid, data
            FROM read_json('\(path)', format = 'newline_delimited', columns = {
              sequence: 'VARCHAR', id: 'VARCHAR', type: 'VARCHAR', source: 'VARCHAR',
              subject: 'VARCHAR', time: 'TIMESTAMP', recordedtime: 'TIMESTAMP', authtype: 'VARCHAR',
              authid: 'VARCHAR', correlationid: 'VARCHAR', causationid: 'VARCHAR',
              data: 'STRUCT(
            \(data))'
            });

            """
    }

    /// Views of one kind of events each, with what they say as columns.
    private static let families = """
        CREATE OR REPLACE VIEW fund_events AS
        SELECT sequence, time, recordedtime, type, program, partner, subject AS period,
          data.currency AS currency, data."amountMinor" AS amount_minor,
          data."earnedOn" AS earned_on, data."toPeriod" AS to_period, data.reason AS reason,
          authid AS actor
        FROM events WHERE type LIKE 'funds.%';

        CREATE OR REPLACE VIEW claim_events AS
        SELECT sequence, time, recordedtime, type, program, partner, subject AS claim,
          data.currency AS currency, data."amountMinor" AS amount_minor, authid AS actor,
          data.role AS role
        FROM events WHERE type LIKE 'claim.%';

        CREATE OR REPLACE VIEW evidence AS
        SELECT sequence, time, program, partner, subject, data.evidence AS evidence,
          data.kind AS kind, data.filename AS filename, data."mediaType" AS media_type,
          data.size AS size, data.sha256 AS sha256, data.invoice AS invoice, data.metric AS metric
        FROM events WHERE type IN ('claim.evidence_attached', 'association.evidence_attached');

        CREATE OR REPLACE VIEW payments AS
        SELECT sequence, time, program, partner, subject AS claim, data.currency AS currency,
          CASE WHEN type = 'claim.reimbursed' THEN data."amountMinor"
               ELSE -data."amountMinor" END AS amount_minor,
          data."paymentReference" AS payment_reference, data."paidOn" AS paid_on
        FROM events WHERE type IN ('claim.reimbursed', 'claim.reimbursement_reversed');

        """
}

extension DuckDBViews {
    /// The members of `data` over all types of events, in the order of the schema table; one that
    /// is not the same type everywhere is JSON.
    static let fields: [(name: String, type: String)] = {
        var types: [(name: String, type: String)] = []
        for kind in EventKind.allCases {
            for field in EventSchema.fields(of: kind) {
                let type = duckDBType(of: field.type)
                if let place = types.firstIndex(where: { $0.name == field.name }) {
                    if types[place].type != type { types[place].type = "JSON" }
                } else {
                    types.append((field.name, type))
                }
            }
        }
        return types
    }()

    private static func duckDBType(of type: FieldType) -> String {
        switch type {
        // A decimal stays the text it is: no width is right for all.
        case .text, .identifier, .currency, .sha256, .decimal, .choice: "VARCHAR"
        case .amount, .signedAmount, .count, .upTo: "BIGINT"
        case .day: "DATE"
        case .instant: "TIMESTAMP"
        case .flag: "BOOLEAN"
        case .object(let fields):
            "STRUCT("
                + fields.map { "\(quoted($0.name)) \(duckDBType(of: $0.type))" }
                .joined(separator: ", ") + ")"
        case .list(let element, _): "\(duckDBType(of: element))[]"
        }
    }

    private static func quoted(_ name: String) -> String { "\"\(name)\"" }
}
