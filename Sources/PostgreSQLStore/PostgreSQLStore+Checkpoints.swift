#if PostgreSQL
    package import EventLog

    extension PostgreSQLStore {
        package func checkpoints() throws(LogFault) -> [StoredCheckpoint] {
            let rows = try ask { connection throws(SQLProblem) in
                try connection.query(
                    """
                    SELECT size, version, note FROM claims_checkpoint AS kept \
                    WHERE ledger = $1 AND version = (SELECT max(version) \
                    FROM claims_checkpoint AS other \
                    WHERE other.ledger = kept.ledger AND other.size = kept.size) ORDER BY size
                    """, [.text(self.address.ledger)])
            }
            return rows.compactMap { row in
                guard row.count == 3, let size = SQLValue.number(row[0]),
                    let version = SQLValue.number(row[1]), let note = row[2]
                else { return nil }
                return StoredCheckpoint(size: size, version: version, note: note)
            }
        }

        package func keep(_ checkpoint: StoredCheckpoint) throws(LogFault) -> Bool {
            do throws(SQLProblem) {
                let connection = try Connection(address, writes: true)
                var isNew = false
                try again { () throws(SQLProblem) in
                    isNew = try !connection.query(
                        """
                        INSERT INTO claims_checkpoint (ledger, size, version, note) \
                        VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING version
                        """,
                        [
                            .text(address.ledger), .number(checkpoint.size),
                            .number(checkpoint.version), .bytes(checkpoint.note),
                        ]
                    ).isEmpty
                }
                return isNew
            } catch {
                throw fault(error)
            }
        }
    }
#endif
