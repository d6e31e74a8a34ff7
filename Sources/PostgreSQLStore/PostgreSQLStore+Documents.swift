#if PostgreSQL
    package import EventLog
    import Synchronization

    extension PostgreSQLStore {
        package func documents() throws(LogFault) -> [String] {
            let rows = try ask { connection throws(SQLProblem) in
                try connection.query(
                    "SELECT sha256 FROM claims_document WHERE ledger = $1 AND part = 1 "
                        + "ORDER BY sha256", [.text(self.address.ledger)])
            }
            return rows.compactMap { row in
                (row.first ?? nil).map { String(decoding: $0, as: UTF8.self) }
            }
        }

        /// A question for each piece: a document may be larger than what fits in memory.
        ///
        /// A server that goes away meanwhile is waited for.
        package func readDocument(
            _ sha256: String, body: ([UInt8]) throws -> Void
        ) throws {
            var part: Int64 = 1
            while true {
                let rows = try ask(Patience()) { connection throws(SQLProblem) in
                    try connection.query(
                        "SELECT content FROM claims_document WHERE ledger = $1 "
                            + "AND sha256 = $2 AND part = $3",
                        [.text(self.address.ledger), .text(sha256), .number(part)])
                }
                guard let row = rows.first, let content = row.first ?? nil else { return }
                try body(content)
                part += 1
            }
        }

        /// A server that goes away meanwhile is waited for.
        package func keepDocument(
            _ sha256: String, pieces: (([UInt8]) throws -> Void) throws -> Void
        ) throws -> Bool {
            var patience = Patience()
            var meetings = Patience(limitMilliseconds: Self.meetingMilliseconds)
            while true {
                let kept = documentKeeper.withLock { $0.take() }
                do {
                    let connection = try kept ?? Connection(address, writes: true)
                    try keep(sha256, pieces, connection)
                    documentKeeper.withLock { $0 = connection }
                    return true
                } catch let problem as SQLProblem {
                    if problem.isDuplicate { return false }
                    let isMeeting = Self.meetings.contains(problem.state)
                    guard
                        isMeeting
                            ? meetings.waits()
                            : problem.isPassing && (kept != nil || patience.waits())
                    else { throw fault(problem) }
                }
            }
        }

        /// One try; a transaction that is not committed ends with its session.
        private func keep(
            _ sha256: String, _ pieces: (([UInt8]) throws -> Void) throws -> Void,
            _ connection: Connection
        ) throws {
            _ = try connection.query("BEGIN", prepares: false)
            var part: Int64 = 0
            try pieces { piece in
                part += 1
                _ = try connection.query(
                    "INSERT INTO claims_document (ledger, sha256, part, content) "
                        + "VALUES ($1, $2, $3, $4)",
                    [
                        .text(self.address.ledger), .text(sha256), .number(part),
                        .bytes(piece),
                    ])
            }
            _ = try connection.query("COMMIT", prepares: false)
        }
    }
#endif
