#if PostgreSQL
    package import EventLog
    import Synchronization

    /// A log in a table of a PostgreSQL server, or of one that speaks its protocol.
    ///
    /// Plain SQL under SERIALIZABLE, without extensions or advisory locks. The last row is the head
    /// of the ledger: an append names the sequence it goes behind, and the primary key lets one of
    /// several through, so that a writer needs to insert and select, and never to update.
    package final class PostgreSQLStore: SharedStore {
        /// Where it is.
        package let address: ServerAddress
        /// Sessions that nobody uses just now.
        private let idle = Mutex<[Connection]>([])
        /// The session that kept the last document, while nobody keeps another.
        let documentKeeper = Mutex<Connection?>(nil)

        /// How long a server may be away before that is an error.
        static let patienceMilliseconds = 30_000
        /// How many lines one page of a read has: enough that the round trips cost nothing.
        private static let pageLines: Int64 = 4_096
        /// How long who follows may be deaf to being stopped.
        private static let sliceMilliseconds = 100
        /// What a listener is told the name of a ledger by.
        static let channel = "claims_events"

        /// Names a store; nothing is connected to.
        package init(_ address: ServerAddress) { self.address = address }

        package var name: String { address.shown }

        /// Runs a question, again where the server went away in between; `patience` is for one that
        /// did answer before.
        func ask<Value>(
            _ patience: Patience? = nil, _ body: (Connection) throws(SQLProblem) -> Value
        ) throws(LogFault) -> Value {
            var patience = patience ?? Patience(isCluster: address.isCluster)
            while true {
                let kept = idle.withLock { $0.popLast() }
                do throws(SQLProblem) {
                    var connection = kept
                    if connection == nil { connection = try Connection(address, writes: false) }
                    guard let connection else { continue }
                    let value = try body(connection)
                    idle.withLock { $0.append(connection) }
                    return value
                } catch {
                    // A session that was kept may have ended long ago; a new one tells.
                    if error.isPassing, kept != nil || patience.waits() { continue }
                    throw fault(error)
                }
            }
        }

        /// What a problem means to the user.
        func fault(_ problem: SQLProblem) -> LogFault {
            let (fix, category): (String, LogFault.Category) =
                switch problem.state {
                case "": ("check the address and the server, then try again", .inputOutput)
                case "42P01": ("make the ledger with 'claims init'", .notFound)
                case "42501":
                    ("have the role granted to this user ('claims_writer')", .noPermission)
                case "53100": ("free some space on the server", .inputOutput)
                default: ("ask who runs the server", .inputOutput)
                }
            let state = problem.state.isEmpty ? "" : " (\(problem.state))"
            return LogFault(
                .server("the server says: \(problem.message)\(state)", fix: fix, category),
                in: name)
        }

        package func head() throws(LogFault) -> Int64 {
            try ask { connection throws(SQLProblem) in try self.head(connection) }
        }

        func head(_ connection: Connection) throws(SQLProblem) -> Int64 {
            let rows = try connection.query(
                "SELECT coalesce(max(sequence), 0) FROM claims_event WHERE ledger = $1",
                [.text(address.ledger)])
            return SQLValue.number(rows.first?.first ?? nil) ?? 0
        }

        /// Delivers the lines up to where the log ended when it began, some thousands at a time.
        ///
        /// From the second page on the server makes the next one while `body` has this one.
        @discardableResult
        package func read(
            from sequence: Int64, body: (LogChunk) throws -> ReadStep
        ) throws -> ReadEnd {
            precondition(sequence >= 1, "sequences count from 1")
            let head = try head()
            let ahead = ChunkAhead()
            var next = sequence
            var offset = 0
            while next <= head {
                let known = try ahead.take()
                let chunk = try known ?? page(from: next, through: head, byteOffset: offset)
                let end = chunk.end
                // Who looks for a few lines is done with the first page.
                if next > sequence, end.sequence <= head {
                    ahead.fetch { () throws(LogFault) in
                        try self.page(
                            from: end.sequence, through: head, byteOffset: end.byteOffset)
                    }
                }
                if try body(chunk) == .stop {
                    return ReadEnd(lastSequence: chunk.lastSequence, isStopped: true)
                }
                (next, offset) = (end.sequence, end.byteOffset)
            }
            return ReadEnd(lastSequence: head)
        }

        private func page(
            from first: Int64, through head: Int64, byteOffset: Int
        ) throws(LogFault) -> LogChunk {
            let last = min(head, first + Self.pageLines - 1)
            let rows = try ask { connection throws(SQLProblem) in
                try connection.query(
                    """
                    SELECT count(*), min(sequence), string_agg(line, '\\x0a'::bytea \
                    ORDER BY sequence) FROM (SELECT sequence, line FROM claims_event \
                    WHERE ledger = $1 AND sequence >= $2 AND sequence <= $3 \
                    ORDER BY sequence) AS page
                    """, [.text(self.address.ledger), .number(first), .number(last)])
            }
            let row = rows.first ?? []
            let count = SQLValue.number(row.first ?? nil) ?? 0
            guard row.count == 3, count == last - first + 1, var bytes = row[2] else {
                let start = row.count == 3 ? SQLValue.number(row[1]) ?? first : first
                throw damaged(
                    start == first
                        ? "a record of \(first) to \(last) is missing"
                        : "record \(first) is missing")
            }
            bytes.append(LineFeeds.byte)
            guard LineFeeds.count(in: bytes.span) == Int(count) else {
                throw damaged("a record of \(first) to \(last) has a line feed inside")
            }
            return LogChunk(
                bytes: bytes, firstSequence: first, lineCount: Int(count), file: name,
                firstLineInFile: Int(first), byteOffsetInFile: byteOffset)
        }

        private func damaged(_ what: String) -> LogFault {
            LogFault(.server(what, fix: "restore the table from a backup", .badData), in: name)
        }

        /// Looks every so often, and at once when the server tells of an append; stops within a
        /// tenth of a second.
        ///
        /// A server that goes away is waited for, up to 30 seconds from its last answer.
        package func follow(
            from sequence: Int64, pollMilliseconds: Int, shouldStop: () -> Bool,
            body: (LogChunk) throws -> ReadStep
        ) throws {
            var next = sequence
            var listener: Connection?
            var patience = Patience()
            while !shouldStop() {
                var isOver = false
                if listener == nil { listener = try? listening() }
                var isFault = false
                do {
                    let end = try read(from: next) { chunk in
                        isFault = true
                        isOver = try shouldStop() || body(chunk) == .stop
                        isFault = false
                        next = isOver ? next : chunk.lastSequence + 1
                        return isOver ? .stop : .next
                    }
                    next = max(next, end.lastSequence + 1)
                } catch {
                    // What `body` throws is no matter of the server.
                    guard !isFault, (error as? LogFault)?.category == .inputOutput,
                        patience.waits()
                    else { throw error }
                    listener = nil
                    continue
                }
                guard !isOver else { return }
                patience = Patience()
                let isTold = Self.wait(pollMilliseconds, listener, shouldStop)
                if isTold, (try? listener?.drainNotifications()) == nil { listener = nil }
            }
        }

        /// Waits until the listener is told of an append, or so long; asks `shouldStop` meanwhile.
        private static func wait(
            _ milliseconds: Int, _ listener: Connection?, _ shouldStop: () -> Bool
        ) -> Bool {
            var left = milliseconds
            while left > 0, !shouldStop() {
                let slice = min(left, sliceMilliseconds)
                left -= slice
                guard let listener else {
                    Patience.pause(milliseconds: slice)
                    continue
                }
                if listener.wait(milliseconds: Int32(slice)) { return true }
            }
            return false
        }

        /// A session that hears of appends; throws where the server has no such thing.
        func listening() throws(SQLProblem) -> Connection {
            let connection = try Connection(address, writes: false)
            _ = try connection.query("LISTEN \(Self.channel)", prepares: false)
            return connection
        }
    }
#endif
