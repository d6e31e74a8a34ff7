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
    }
#endif
