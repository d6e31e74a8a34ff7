import ClaimsDomain
package import ClaimsLedger
package import ClaimsProjections

/// Exports the ledger as one SQL script for SQLite, PostgreSQL and DuckDB: tables, rows, views.
///
/// Only what the three agree on is used: names in lower case, `TEXT`, `BIGINT`, `BOOLEAN`, `DATE`
/// and `TIMESTAMP` (in UTC), `INSERT` with several rows, one transaction around all. Amounts are
/// whole minor units; `currencies` says how many decimals that is. A text is doubled quotes and
/// nothing else; a character that is not seen stands as its escape, but for tabs and line feeds,
/// and the exact text is in `events.data`.
package struct SQLScript {
    /// Rows of one `INSERT`: few enough to hold, enough that statements cost little.
    private static let rowsPerStatement = 256

    private let selection: Selection

    /// A script of the rows that a selection admits.
    package init(selection: Selection = Selection()) { self.selection = selection }

    /// Writes the script as of a viewpoint.
    package func write(
        _ ledger: Ledger, at viewpoint: Viewpoint, to output: ExportOutput
    ) throws -> Answer<Replay> {
        try output.write(Self.header)
        for table in LedgerTable.allCases { try output.write(Self.definition(of: table)) }
        var statements: [LedgerTable: Statement] = [:]
        let rows = LedgerRows(Set(LedgerTable.allCases), selection: selection) { table, values in
            try statements[table, default: Statement(table)].add(values, output)
        }
        let answer = try rows.tell(ledger, at: viewpoint)
        for table in LedgerTable.allCases { try statements[table]?.end(output) }
        try output.write(Self.about(answer))
        try output.write(Self.views)
        try output.write("COMMIT;\n")
        try output.finish()
        return answer
    }

    /// Rows of one table that make up a statement.
    private struct Statement {
        private let table: LedgerTable
        private let types: [LedgerTable.ColumnType]
        private var bytes: [UInt8] = []
        private var rows = 0

        init(_ table: LedgerTable) {
            self.table = table
            types = table.columns.map(\.type)
        }

        mutating func add(_ values: [TableValue], _ output: ExportOutput) throws {
            bytes.append(
                contentsOf: (rows == 0 ? "INSERT INTO \(table.rawValue) VALUES\n(" : ",\n(").utf8)
            for (index, value) in values.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                SQLText.append(value, as: types[index], to: &bytes)
            }
            bytes.append(UInt8(ascii: ")"))
            rows += 1
            if rows == SQLScript.rowsPerStatement { try end(output) }
        }

        mutating func end(_ output: ExportOutput) throws {
            guard rows > 0 else { return }
            bytes.append(contentsOf: ";\n".utf8)
            try output.write(bytes)
            bytes.removeAll(keepingCapacity: true)
            rows = 0
        }
    }
}

extension SQLScript {
    private static let header = """
        -- An incentive claims ledger as tables, for an empty database. One script for three:
        --   claims export sql | sqlite3 -bail ledger.db
        --   claims export sql | psql -q -v ON_ERROR_STOP=1 ledger
        --   claims export sql | duckdb -bail ledger.duckdb
        -- Amounts are whole minor units: divide by ten to the power of currencies.digits.
        -- Times are in UTC. What was asked for stands in the table 'export'.
        BEGIN;

        """

    /// The statement that makes a table, with a comment for each column.
    package static func definition(of table: LedgerTable) -> String {
        let columns = table.columns.map { column in
            let null = column.isRequired ? " NOT NULL" : ""
            return (
                text: "  \(SQLText.name(column)) \(SQLText.type(column.type))\(null)",
                summary: column.summary
            )
        }
        let key = table.key.map { SQLText.snakeCase($0) }.joined(separator: ", ")
        let lines = columns.map { "\($0.text), -- \($0.summary)\n" }.joined()
        return """

            -- \(table.summary)
            CREATE TABLE \(table.rawValue) (
            \(lines)  PRIMARY KEY (\(key))
            );

            """
    }

    private static func about(_ answer: Answer<Replay>) -> String {
        let viewpoint = answer.viewpoint
        let knownAt: String =
            switch viewpoint.knownAt {
            case nil: "NULL"
            case .sequence(let sequence): "'\(sequence)'"
            case .instant(let instant): "'\(instant)'"
            }
        let asOf = viewpoint.asOf.map { "'\($0)'" } ?? "NULL"
        return """

            -- What was asked for: NULL is the end of the log. Derived facts are as of 'moment'.
            CREATE TABLE export (
              as_of TEXT, known_at TEXT, moment TIMESTAMP NOT NULL, last_sequence BIGINT NOT NULL
            );
            INSERT INTO export VALUES
            (\(asOf),\(knownAt),'\(SQLText.timestamp("\(answer.moment)"))',\(answer.lastSequence));

            """
    }

    private static let views = """

        -- Postings as signed entries, two each: an entry adds to its bucket.
        CREATE VIEW entries AS
          SELECT sequence, number, program, partner, period, currency, claim, time,
                 from_bucket AS bucket, -amount_minor AS amount_minor FROM postings
          UNION ALL
          SELECT sequence, number, program, partner, period, currency, claim, time,
                 to_bucket AS bucket, amount_minor FROM postings;

        -- What the postings of each account add up to: the same figures as 'balances', with what has
        -- expired still in 'unclaimed'.
        CREATE VIEW posted AS
          SELECT program, partner, period, currency,
                 -SUM(CASE WHEN bucket = 'earned' THEN amount_minor ELSE 0 END) AS earned_minor,
                 -SUM(CASE WHEN bucket = 'adjusted' THEN amount_minor ELSE 0 END) AS adjusted_minor,
                 -SUM(CASE WHEN bucket = 'rolledIn' THEN amount_minor ELSE 0 END) AS rolled_in_minor,
                 SUM(CASE WHEN bucket = 'rolledOut' THEN amount_minor ELSE 0 END) AS rolled_out_minor,
                 SUM(CASE WHEN bucket = 'converted' THEN amount_minor ELSE 0 END) AS converted_minor,
                 SUM(CASE WHEN bucket = 'reserved' THEN amount_minor ELSE 0 END) AS reserved_minor,
                 SUM(CASE WHEN bucket = 'approved' THEN amount_minor ELSE 0 END) AS approved_minor,
                 SUM(CASE WHEN bucket = 'paid' THEN amount_minor ELSE 0 END) AS paid_minor,
                 SUM(CASE WHEN bucket = 'available' THEN amount_minor ELSE 0 END) AS unclaimed_minor
          FROM entries
          GROUP BY program, partner, period, currency;

        """
}
