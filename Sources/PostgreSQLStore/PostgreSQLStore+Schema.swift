#if PostgreSQL
    package import EventLog

    extension PostgreSQLStore {
        /// The role that appends: it may insert and select, nothing else.
        static let writerRole = "claims_writer"

        /// What the tables are called in `claims_schema`; another form is another number.
        ///
        /// The tables of version 1 had no such table.
        static let version: Int64 = 2

        /// Runs once for a database; a table that is there stays as it is.
        ///
        /// Keys are compared by their bytes: an index in a collation of the operating system may
        /// not hold any more after an update of it.
        private static let tables = [
            "CREATE TABLE IF NOT EXISTS claims_schema (version bigint PRIMARY KEY)",
            """
            CREATE TABLE IF NOT EXISTS claims_ledger (ledger text COLLATE "C" PRIMARY KEY, \
            settings bytea NOT NULL)
            """,
            """
            CREATE TABLE IF NOT EXISTS claims_event (ledger text COLLATE "C" NOT NULL, \
            sequence bigint NOT NULL CHECK (sequence >= 1), source text COLLATE "C" NOT NULL, \
            id text COLLATE "C" NOT NULL, line bytea NOT NULL, PRIMARY KEY (ledger, sequence), \
            CONSTRAINT claims_event_id UNIQUE (ledger, source, id))
            """,
            """
            CREATE TABLE IF NOT EXISTS claims_checkpoint (ledger text COLLATE "C" NOT NULL, \
            size bigint NOT NULL, version bigint NOT NULL CHECK (version >= 1), \
            note bytea NOT NULL, PRIMARY KEY (ledger, size, version))
            """,
            """
            CREATE TABLE IF NOT EXISTS claims_document (ledger text COLLATE "C" NOT NULL, \
            sha256 text COLLATE "C" NOT NULL, part bigint NOT NULL CHECK (part >= 1), \
            content bytea NOT NULL, PRIMARY KEY (ledger, sha256, part))
            """,
            "INSERT INTO claims_schema (version) VALUES (\(version)) ON CONFLICT DO NOTHING",
        ]

        /// What a role of those who append may do with which table.
        private static let rights = [
            ("SELECT", "claims_schema"), ("SELECT", "claims_ledger"),
            ("SELECT, INSERT", "claims_event"), ("SELECT, INSERT", "claims_checkpoint"),
            ("SELECT, INSERT", "claims_document"),
        ]

        package func settings() throws(LogFault) -> [UInt8]? {
            let row = try ask { connection throws(SQLProblem) -> [[UInt8]?]? in
                do throws(SQLProblem) {
                    return try connection.query(
                        """
                        SELECT settings, (SELECT max(version) FROM claims_schema) \
                        FROM claims_ledger WHERE ledger = $1
                        """, [.text(self.address.ledger)]
                    ).first
                } catch {
                    guard error.state == Self.noTable else { throw error }
                    return try self.isOld(connection) ? [nil, nil] : nil
                }
            }
            guard let row else { return nil }
            let found = SQLValue.number(row.last ?? nil) ?? 1
            guard found == Self.version else { throw otherVersion(found) }
            return row.first ?? nil
        }

        static let noTable = "42P01"

        /// Whether the tables are there, but none that says of what version they are.
        private func isOld(_ connection: Connection) throws(SQLProblem) -> Bool {
            do throws(SQLProblem) {
                _ = try connection.query("SELECT ledger FROM claims_ledger LIMIT 1")
                return true
            } catch {
                // No such table: a database without ledgers.
                guard error.state == Self.noTable else { throw error }
                return false
            }
        }

        private func otherVersion(_ found: Int64) -> LogFault {
            LogFault(
                .server(
                    "the tables are of version \(found), this program's are of version "
                        + "\(Self.version)",
                    fix: found > Self.version
                        ? "use the newer program that made them"
                        : "'claims copy' each ledger into a folder with the program that made "
                            + "them, drop the tables, and copy the folders back with this one",
                    .badData), in: name)
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
        static let meetings: Set<String> = ["XX000", "23505", "42710", "42P07", "40001"]

        /// How long such meetings may go on.
        static let meetingMilliseconds = 5_000

        func again(_ body: () throws(SQLProblem) -> Void) throws(SQLProblem) {
            var patience = Patience(limitMilliseconds: Self.meetingMilliseconds)
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
            for (rights, table) in Self.rights {
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
    }
#endif
