#if PostgreSQL
    import ClaimsCodec
    import EventLog

    /// Lines as rows of the table: each with the source and the id that its event says.
    struct LineRows {
        private(set) var lines: [ArraySlice<UInt8>] = []
        private var sources: [[UInt8]] = []
        private var ids: [[UInt8]] = []

        var isEmpty: Bool { lines.isEmpty }

        /// Takes lines apart; throws as `EventWriter.append` does, and at a line that is no event.
        init(_ block: [UInt8], file: String, firstSequence: Int64) throws(LogFault) {
            var start = 0
            while start < block.count {
                let number = lines.count + 1
                guard let end = LineFeeds.first(in: block.span, from: start) else {
                    throw Self.fault(.lineFeedMissing, number, start)
                }
                guard end > start else { throw Self.fault(.lineEmpty, number, start) }
                guard end - start <= LogLimits.lineBytes else {
                    throw Self.fault(.lineOverLimit(bytes: end - start), number, start)
                }
                let line = block[start..<end]
                guard let (source, id) = Self.identity(of: line) else {
                    throw Self.fault(
                        .server(
                            "the line is no event: it has no source and id",
                            fix: "append events only", .badData), number, start)
                }
                lines.append(line)
                sources.append(source)
                ids.append(id)
                start = end + 1
            }
        }

        private static func fault(
            _ problem: LogFault.Problem, _ line: Int, _ byteOffset: Int
        ) -> LogFault {
            LogFault(problem, in: "appended lines", line: line, byteOffset: byteOffset)
        }

        private static let beginning = Array(#"{"specversion":"1.0","id":""#.utf8)
        private static let between = Array(#","source":""#.utf8)
        private static let quote = UInt8(ascii: "\"")
        private static let backslash = UInt8(ascii: "\\")

        /// Source and id: by their place in a line of ours, by their names in any other.
        static func identity(of line: ArraySlice<UInt8>) -> (source: [UInt8], id: [UInt8])? {
            func text(from start: Int) -> ArraySlice<UInt8>? {
                let end = line[start...].firstIndex { $0 == quote || $0 == backslash }
                guard let end, line[end] == quote else { return nil }
                return line[start..<end]
            }
            if line.starts(with: beginning),
                let id = text(from: line.startIndex + beginning.count),
                line[(id.endIndex + 1)...].starts(with: between),
                let source = text(from: id.endIndex + 1 + between.count)
            {
                return (Array(source), Array(id))
            }
            guard let node = try? JSONNode(parsing: Array(line).span),
                let id = try? node.text("id"), let source = try? node.text("source")
            else { return nil }
            return (Array(source.utf8), Array(id.utf8))
        }

        /// Inserts them behind `head`, in one statement; returns how many: all or, when the log
        /// does not end there, none.
        func insert(
            behind head: Int64, ledger: String, _ connection: Connection, notifies: Bool
        ) throws(SQLProblem) -> Int64 {
            let told =
                notifies ? ", pg_notify('\(PostgreSQLStore.channel)', $1)" : ""
            let rows = try connection.query(
                """
                WITH added AS (INSERT INTO claims_event (ledger, sequence, source, id, line) \
                SELECT $1, $2 + e.place, e.source, e.id, e.line \
                FROM unnest($3, $4, $5) WITH ORDINALITY AS e(source, id, line, place) \
                WHERE $2 = (SELECT coalesce(max(sequence), 0) FROM claims_event \
                WHERE ledger = $1) RETURNING 1) SELECT count(*)\(told) FROM added
                """,
                [
                    .text(ledger), .number(head), .texts(sources), .texts(ids),
                    .manyBytes(lines),
                ])
            return SQLValue.number(rows.first?.first ?? nil) ?? 0
        }

        /// The same in a transaction that is open, for many lines: the rows are streamed, which
        /// costs the server a third less than a statement with them, but more round trips.
        func copy(
            behind head: Int64, ledger: String, _ connection: Connection, notifies: Bool
        ) throws(SQLProblem) -> Int64 {
            // Under SERIALIZABLE nobody appends between this question and the end.
            let told = notifies ? ", pg_notify('\(PostgreSQLStore.channel)', $1)" : ""
            let found = try connection.query(
                """
                SELECT coalesce(max(sequence), 0)\(told) FROM claims_event WHERE ledger = $1
                """, [.text(ledger)])
            guard SQLValue.number(found.first?.first ?? nil) == head else { return 0 }
            try connection.copy(
                """
                COPY claims_event (ledger, sequence, source, id, line) FROM STDIN \
                (FORMAT binary)
                """, copied(behind: head, ledger: Array(ledger.utf8)))
            return Int64(lines.count)
        }

        /// The server's binary form of rows: each with the number of its fields, and each field
        /// behind its length.
        private func copied(behind head: Int64, ledger: [UInt8]) -> [UInt8] {
            // A signature, which a transfer as text would break; no options, no more header.
            var bytes = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0] + [0, 0, 0, 0, 0, 0, 0, 0]
            let lineBytes = lines.reduce(0) { $0 + $1.count }
            bytes.reserveCapacity(2 * lineBytes)
            func add(_ field: some Collection<UInt8>) {
                SQLValue.write(Int32(field.count), to: &bytes)
                bytes += field
            }
            for place in lines.indices {
                SQLValue.write(Int16(5), to: &bytes)
                add(ledger)
                SQLValue.write(Int32(8), to: &bytes)
                SQLValue.write(head + Int64(place) + 1, to: &bytes)
                add(sources[place])
                add(ids[place])
                add(lines[place])
            }
            SQLValue.write(Int16(-1), to: &bytes)
            return bytes
        }
    }
#endif
