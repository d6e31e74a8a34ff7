#if PostgreSQL
    package import EventLog

    // What `doctor` looks at on a server. A question that another server than PostgreSQL does not
    // know is left out.
    extension PostgreSQLStore {
        /// So far the server's clock and this machine's may be apart: the time of recording is that
        /// of the machine that appends, and never goes back along the log.
        private static let clockToleranceMilliseconds: Int64 = 5_000
        /// How long a notification may take.
        private static let noticeMilliseconds: Int32 = 2_000

        package func examine(nowMilliseconds: Int64) throws(LogFault) -> [StoreCheck] {
            do throws(SQLProblem) {
                let connection = try Connection(address, writes: true)
                let clock = try clockCheck(connection, nowMilliseconds)
                return [
                    serverCheck(connection), encryptionCheck(connection), tableCheck(),
                    try rightsCheck(connection), isolationCheck(connection),
                    commitCheck(connection), clock, noticeCheck(),
                ]
            } catch {
                throw fault(error)
            }
        }

        /// The first field of the first row as text; nil where the server does not know the
        /// question.
        private func text(_ sql: String, _ connection: Connection) -> String? {
            guard let rows = try? connection.query(sql), let field = rows.first?.first ?? nil else {
                return nil
            }
            return String(decoding: field, as: UTF8.self)
        }

        private func serverCheck(_ connection: Connection) -> StoreCheck {
            let version = text("SELECT version()", connection) ?? "a server without a name"
            // What follows says for which machine it was built.
            let name = version.split(separator: " on ").first.map(String.init) ?? version
            let recovers = "SELECT CAST(pg_is_in_recovery() AS text)"
            let isStandby = text(recovers, connection) == "true"
            let readsOnly = text("SHOW transaction_read_only", connection) == "on"
            let onlyReads = isStandby || readsOnly
            return StoreCheck(
                "server", !onlyReads,
                onlyReads ? "\(name), which only reads" : "\(name), which takes writes")
        }

        private func encryptionCheck(_ connection: Connection) -> StoreCheck {
            guard let encryption = connection.encryption else {
                return StoreCheck(
                    "tls", connection.isLocal,
                    connection.isLocal
                        ? "none, to a server on this machine"
                        : "none: who is between can read and change what is sent; give "
                            + "'sslmode=verify-full' in the address")
            }
            let mode = connection.option("sslmode") ?? ""
            let isChecked = mode.hasPrefix("verify-")
            return StoreCheck(
                "tls", true,
                isChecked
                    ? "\(encryption), the server's certificate is checked (\(mode))"
                    : "\(encryption), but nobody checks whose server it is; give "
                        + "'sslmode=verify-full' in the address")
        }

        /// That the ledger could be opened says that they are of this version.
        private func tableCheck() -> StoreCheck {
            StoreCheck("tables", true, "version \(Self.version)")
        }

        /// What this user may do that nobody should who only appends.
        private func rightsCheck(_ connection: Connection) throws(SQLProblem) -> StoreCheck {
            let user = text("SELECT CAST(current_user AS text)", connection) ?? "?"
            func may(_ right: String, _ table: String) throws(SQLProblem) -> Bool {
                let rows = try connection.query(
                    "SELECT 1::bigint WHERE has_table_privilege('\(table)', '\(right)')")
                return !rows.isEmpty
            }
            var harmful: [String] = []
            // Documents may go one day, by their owner; these tables only grow.
            let tables = ["claims_event", "claims_checkpoint", "claims_ledger"]
            for right in ["UPDATE", "DELETE", "TRUNCATE"] {
                for table in tables where try may(right, table) {
                    harmful.append("\(right) \(table)")
                    break
                }
            }
            guard harmful.isEmpty else {
                return StoreCheck(
                    "rights", false,
                    "'\(user)' may \(harmful.joined(separator: ", ")); append as a user with the "
                        + "role '\(Self.writerRole)' and no other")
            }
            let appends = try may("INSERT", "claims_event")
            return StoreCheck(
                "rights", true,
                appends
                    ? "'\(user)' may read and append, and change nothing"
                    : "'\(user)' may read, and append nothing")
        }

        private func isolationCheck(_ connection: Connection) -> StoreCheck {
            let level = text("SHOW transaction_isolation", connection) ?? "not told"
            return StoreCheck(
                "isolation", level == "serializable",
                level == "serializable" ? level : "\(level), expected serializable")
        }

        /// What a commit waits for before it is told.
        private func commitCheck(_ connection: Connection) -> StoreCheck {
            guard let commit = text("SHOW synchronous_commit", connection) else {
                return StoreCheck("commits", true, "as the server does them: it does not tell")
            }
            for (setting, value) in [
                ("fsync", text("SHOW fsync", connection)), ("synchronous_commit", commit),
            ] where value == "off" {
                return StoreCheck(
                    "commits", false,
                    "\(setting) is off: an append that was told may be lost when the machine stops")
            }
            let standbys = text("SHOW synchronous_standby_names", connection) ?? ""
            let waits = !standbys.isEmpty && commit != "local"
            return StoreCheck(
                "commits", true,
                waits
                    ? "on the server's disk and on a standby ('\(standbys)') before they are told"
                    : "on the server's disk before they are told; on no standby: what is lost "
                        + "with it is lost")
        }

        private func clockCheck(
            _ connection: Connection, _ nowMilliseconds: Int64
        ) throws(SQLProblem) -> StoreCheck {
            let rows = try connection.query(
                "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)")
            let server = SQLValue.number(rows.first?.first ?? nil) ?? nowMilliseconds
            let difference = server - nowMilliseconds
            let isNear = difference.magnitude <= Self.clockToleranceMilliseconds.magnitude
            let text =
                isNear
                ? "less than \(Self.clockToleranceMilliseconds / 1_000) s from this machine's"
                : "\(difference.magnitude / 1_000) s \(difference > 0 ? "ahead of" : "behind") "
                    + "this machine's; set the one that is wrong"
            return StoreCheck("server clock", isNear, text)
        }

        /// Whether who follows hears of an append at once.
        private func noticeCheck() -> StoreCheck {
            let heard = try? { () throws(SQLProblem) -> Bool in
                let connection = try listening()
                _ = try connection.query(
                    "SELECT pg_notify('\(Self.channel)', $1)", [.text(address.ledger)])
                // It may have come with the answer.
                if try connection.drainNotifications() > 0 { return true }
                return connection.wait(milliseconds: Self.noticeMilliseconds)
            }()
            return StoreCheck(
                "notifications", true,
                heard == true
                    ? "who follows is told of an append at once"
                    : "none: who follows looks every so often (--poll)")
        }
    }
#endif
