#if PostgreSQL
    package import EventLog

    extension PostgreSQLStore {
        /// The role that appends: it may insert and select, nothing else.
        static let writerRole = "claims_writer"

        /// Runs once for a database; a table that is there stays as it is.
        private static let tables = [
            """
            CREATE TABLE IF NOT EXISTS claims_ledger (ledger text PRIMARY KEY, \
            settings bytea NOT NULL)
            """,
            """
            CREATE TABLE IF NOT EXISTS claims_event (ledger text NOT NULL, \
            sequence bigint NOT NULL CHECK (sequence >= 1), source text NOT NULL, \
            id text NOT NULL, line bytea NOT NULL, PRIMARY KEY (ledger, sequence), \
            CONSTRAINT claims_event_id UNIQUE (ledger, source, id))
            """,
            """
            CREATE TABLE IF NOT EXISTS claims_checkpoint (ledger text NOT NULL, \
            size bigint NOT NULL, note bytea NOT NULL, PRIMARY KEY (ledger, size))
            """,
        ]

        package func settings() throws(LogFault) -> [UInt8]? {
            let rows = try ask { connection throws(SQLProblem) -> [[[UInt8]?]] in
                do throws(SQLProblem) {
                    return try connection.query(
                        "SELECT settings FROM claims_ledger WHERE ledger = $1",
                        [.text(self.address.ledger)])
                } catch {
                    // No such table: a database without ledgers.
                    if error.state == "42P01" { return [] }
                    throw error
                }
            }
            return rows.first?.first ?? nil
        }

        package func create(settings: [UInt8]) throws(LogFault) -> [String] {
            if try self.settings() != nil { throw exists }
            var advice: [String] = []
            do throws(SQLProblem) {
                let connection = try Connection(address, writes: true)
                try makeTables(connection)
                do throws(SQLProblem) {
                    try again { () throws(SQLProblem) in try grant(connection) }
                } catch {
                    guard error.state == "42501" else { throw error }
                    advice.append(
                        "this user may not make roles: have the administrator make the role "
                            + "'\(Self.writerRole)' and grant it to those who append")
                }
                _ = try connection.query(
                    "INSERT INTO claims_ledger (ledger, settings) VALUES ($1, $2)",
                    [.text(address.ledger), .bytes(settings)])
            } catch {
                throw error.isDuplicate ? exists : fault(error)
            }
            return advice
        }

        private func makeTables(_ connection: Connection) throws(SQLProblem) {
            try again { () throws(SQLProblem) in
                for table in Self.tables { _ = try connection.query(table, prepares: false) }
            }
        }

        /// Two who make ledgers in one database at once meet in the server's catalogue, which it
        /// tells in these ways; the second try finds what the other one has made.
        private static let meetings: Set<String> = ["XX000", "23505", "42710", "42P07", "40001"]

        private func again(_ body: () throws(SQLProblem) -> Void) throws(SQLProblem) {
            var patience = Patience(limitMilliseconds: 5_000)
            while true {
                do throws(SQLProblem) {
                    return try body()
                } catch {
                    guard Self.meetings.contains(error.state), patience.waits() else {
                        throw error
                    }
                }
            }
        }

        private func grant(_ connection: Connection) throws(SQLProblem) {
            let known = try connection.query(
                "SELECT 1::bigint FROM pg_roles WHERE rolname = $1", [.text(Self.writerRole)])
            if known.isEmpty {
                _ = try connection.query("CREATE ROLE \(Self.writerRole)", prepares: false)
            }
            for (rights, table) in [
                ("SELECT", "claims_ledger"), ("SELECT, INSERT", "claims_event"),
                ("SELECT, INSERT", "claims_checkpoint"),
            ] {
                _ = try connection.query(
                    "GRANT \(rights) ON \(table) TO \(Self.writerRole)", prepares: false)
            }
        }

        private var exists: LogFault {
            LogFault(
                .server(
                    "the database holds a ledger '\(address.ledger)' already",
                    fix: "name another one with '?ledger=NAME'", .cannotCreate), in: name)
        }

        package func checkpoints() throws(LogFault) -> [StoredCheckpoint] {
            let rows = try ask { connection throws(SQLProblem) in
                try connection.query(
                    "SELECT size, note FROM claims_checkpoint WHERE ledger = $1 ORDER BY size",
                    [.text(self.address.ledger)])
            }
            return rows.compactMap { row in
                guard row.count == 2, let size = SQLValue.number(row[0]), let note = row[1]
                else { return nil }
                return StoredCheckpoint(size: size, note: note)
            }
        }

        package func keep(_ checkpoint: StoredCheckpoint) throws(LogFault) {
            do throws(SQLProblem) {
                _ = try Connection(address, writes: true).query(
                    "INSERT INTO claims_checkpoint (ledger, size, note) VALUES ($1, $2, $3) "
                        + "ON CONFLICT DO NOTHING",
                    [.text(address.ledger), .number(checkpoint.size), .bytes(checkpoint.note)])
            } catch {
                throw fault(error)
            }
        }
    }
#endif
