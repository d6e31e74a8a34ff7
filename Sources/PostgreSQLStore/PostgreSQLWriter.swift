#if PostgreSQL
    package import EventLog
    import Synchronization

    /// Appends to a log on a server; each append is one transaction.
    package final class PostgreSQLWriter: SharedWriter {
        private let store: PostgreSQLStore
        private let remark: @Sendable (String) -> Void
        private let state: Mutex<State>

        private struct State {
            var connection: Connection?
            var head: Int64
            /// Whether the server can tell those who follow.
            var notifies = true
            /// Whether the server lets rows be streamed into the table.
            var copies = true
        }

        /// From so many lines on rows are streamed: one statement takes one round trip, and with
        /// fewer lines that is what counts.
        private static let manyLines = 500

        /// What is known of one append.
        private struct Attempt {
            let expected: Int64
            /// The first line, and how many there are, as far as they were sent.
            var firstLine: [UInt8] = []
            var lineCount: Int64 = 0
            /// Whether an earlier try may have arrived without our knowing.
            var mayHaveArrived = false
            var patience = Patience()
        }

        init(
            _ store: PostgreSQLStore, _ connection: Connection, head: Int64,
            remark: @escaping @Sendable (String) -> Void
        ) {
            self.store = store
            self.remark = remark
            state = Mutex(State(connection: connection, head: head))
        }

        package var head: Int64 { state.withLock { $0.head } }

        package func append(
            expecting expected: Int64,
            blocks: (([UInt8]) throws(LogFault) -> Void) throws(LogFault) -> Void
        ) throws(LogFault) -> Int64 {
            do {
                return try state.withLock { state in
                    var attempt = Attempt(expected: expected)
                    while true {
                        do {
                            return try self.append(blocks, &attempt, &state)
                        } catch let problem as SQLProblem {
                            try recover(from: problem, &attempt, &state)
                        }
                    }
                }
            } catch let problem as SQLProblem {
                throw store.fault(problem)
            } catch let fault as LogFault {
                throw fault
            } catch {
                preconditionFailure("an append throws faults and problems: \(error)")
            }
        }

        /// One try.
        private func append(
            _ blocks: (([UInt8]) throws(LogFault) -> Void) throws(LogFault) -> Void,
            _ attempt: inout Attempt, _ state: inout State
        ) throws -> Int64 {
            let connection = try state.connection ?? Connection(store.address, writes: true)
            state.connection = connection
            if attempt.mayHaveArrived {
                // Nothing else in the log has these bytes: they hold the id of their event.
                if try isFirst(attempt, connection) {
                    state.head = attempt.expected + attempt.lineCount
                    return state.head
                }
            }
            let end = try send(blocks, to: connection, &attempt, state)
            if let end {
                state.head = end
                return end
            }
            state.head = try store.head(connection)
            throw LogFault(
                .headMoved(expected: attempt.expected, head: state.head), in: store.name)
        }

        /// Sends the blocks, several of them in one transaction; nil when the head has moved.
        private func send(
            _ blocks: (([UInt8]) throws(LogFault) -> Void) throws(LogFault) -> Void,
            to connection: Connection, _ attempt: inout Attempt, _ state: State
        ) throws -> Int64? {
            var head = attempt.expected
            var waiting: [UInt8]?
            var isOpen = false
            var hasMoved = false
            var problem: (any Error)?
            attempt.lineCount = 0
            func begin() throws(SQLProblem) {
                if !isOpen { _ = try connection.query("BEGIN", prepares: false) }
                isOpen = true
            }
            func insert(_ block: [UInt8]) throws {
                let rows = try LineRows(block, file: store.name, firstSequence: head + 1)
                guard !rows.isEmpty else { return }
                if attempt.lineCount == 0 { attempt.firstLine = Array(rows.lines[0]) }
                attempt.lineCount += Int64(rows.lines.count)
                guard rows.lines.count <= LogLimits.highestSequence - head else {
                    throw LogFault(.sequenceOverLimit, in: store.name)
                }
                let isMany = state.copies && rows.lines.count >= Self.manyLines
                if isMany { try begin() }
                let add = isMany ? rows.copy : rows.insert
                let count = try add(head, store.address.ledger, connection, state.notifies)
                hasMoved = count == 0
                head += count
            }
            do {
                try blocks { (block: [UInt8]) throws(LogFault) in
                    defer { waiting = block }
                    guard let before = waiting, problem == nil, !hasMoved else { return }
                    do {
                        try begin()
                        try insert(before)
                    } catch {
                        problem = error
                    }
                }
                if let problem { throw problem }
                if let waiting, !hasMoved { try insert(waiting) }
                if isOpen {
                    _ = try connection.query(hasMoved ? "ROLLBACK" : "COMMIT", prepares: false)
                }
            } catch {
                if isOpen { _ = try? connection.query("ROLLBACK", prepares: false) }
                throw error
            }
            return hasMoved ? nil : head
        }

        private func isFirst(_ attempt: Attempt, _ connection: Connection) throws -> Bool {
            let rows = try connection.query(
                "SELECT line FROM claims_event WHERE ledger = $1 AND sequence = $2",
                [.text(store.address.ledger), .number(attempt.expected + 1)])
            return rows.first?.first == attempt.firstLine
        }

        /// Gets ready for another try after a problem, or throws what it comes to.
        private func recover(
            from problem: SQLProblem, _ attempt: inout Attempt, _ state: inout State
        ) throws {
            if problem.state == "42883", state.notifies {
                // A server that cannot tell others of an append.
                state.notifies = false
                return
            }
            if state.copies, ["0A000", "42601"].contains(problem.state) {
                // A server without streams of rows, or a table with row policies.
                state.copies = false
                return
            }
            if problem.isDuplicate, let connection = state.connection {
                state.head = try store.head(connection)
                // The row is ours where a try of ours arrived after we had looked.
                if state.head != attempt.expected, attempt.mayHaveArrived { return }
                guard state.head == attempt.expected else {
                    throw LogFault(
                        .headMoved(expected: attempt.expected, head: state.head),
                        in: store.name)
                }
                throw LogFault(
                    .server(
                        "an event of this id and source is in the log already",
                        fix: "look at what was appended since, then decide again", .conflict),
                    in: store.name)
            }
            guard problem.isPassing else { throw problem }
            if problem.state.hasPrefix("40"), !attempt.mayHaveArrived,
                let connection = state.connection
            {
                // Another writer was first; to wait and come again behind the same head is in vain.
                state.head = try store.head(connection)
                guard state.head == attempt.expected else {
                    throw LogFault(
                        .headMoved(expected: attempt.expected, head: state.head), in: store.name)
                }
            }
            if problem.isLost || problem.state == "25006" || problem.state.hasPrefix("57") {
                if !attempt.mayHaveArrived {
                    remark("the server went away: \(problem.message); trying again")
                }
                attempt.mayHaveArrived = attempt.lineCount > 0
                state.connection = nil
            }
            guard attempt.patience.waits() else { throw problem }
        }
    }

    extension PostgreSQLStore {
        package func openSharedWriter(
            waitMilliseconds: Int, remark: @escaping @Sendable (String) -> Void
        ) throws(LogFault) -> any SharedWriter {
            var patience =
                address.isCluster ? Patience() : Patience(limitMilliseconds: waitMilliseconds)
            while true {
                do throws(SQLProblem) {
                    let connection = try Connection(address, writes: true)
                    return PostgreSQLWriter(
                        self, connection, head: try head(connection), remark: remark)
                } catch {
                    guard error.isPassing, patience.waits() else { throw fault(error) }
                }
            }
        }
    }
#endif
