#if PostgreSQL
    import CLibPQ
    import EventLog

    #if canImport(Darwin)
        import Darwin
    #elseif canImport(Musl)
        import Musl
    #else
        import Glibc
    #endif

    /// One session with the server; all there is of the client library is in here.
    ///
    /// One thread uses it at a time.
    @safe
    final class Connection: @unchecked Sendable {
        private let raw: OpaquePointer
        private let address: ServerAddress
        /// The names of statements that the server knows already.
        private var prepared: [String: String] = [:]

        /// After so long without an answer the server counts as gone.
        private static let answerMilliseconds: Int32 = 30_000
        /// What holds unless the address says otherwise; it comes first, so that the address wins.
        private static let defaults = [
            ("fallback_application_name", "claims"), ("connect_timeout", "5"),
            ("keepalives_idle", "5"), ("tcp_user_timeout", "10000"),
        ]

        /// How much of a copy goes into one message: the client library holds all of it once more.
        private static let copyBytes = 1 << 18

        /// What each session begins with; notices are for those who make tables by hand.
        private static let settings = [
            "SET client_min_messages = warning",
            "SET default_transaction_isolation = 'serializable'",
        ]

        /// Connects; `writes`: only to a server that takes what is written.
        init(_ address: ServerAddress, writes: Bool) throws(SQLProblem) {
            self.address = address
            var pairs = Self.defaults
            // A cluster has servers that only read.
            if writes, address.isCluster { pairs.append(("target_session_attrs", "read-write")) }
            pairs.append(("dbname", address.url))
            pairs.append(("client_encoding", "UTF8"))
            let connected = unsafe Self.connect(pairs)
            guard let raw = unsafe connected else {
                throw SQLProblem(state: "", message: "no memory", isLost: true)
            }
            unsafe self.raw = raw
            guard unsafe PQstatus(raw) == CONNECTION_OK else {
                let text = unsafe String(cString: PQerrorMessage(raw))
                throw SQLProblem(state: "", message: Self.clean(text, address), isLost: true)
            }
            for setting in Self.settings { _ = try query(setting, prepares: false) }
        }

        deinit { unsafe PQfinish(raw) }

        private static func connect(_ pairs: [(String, String)]) -> OpaquePointer? {
            let keys = unsafe pairs.map { unsafe strdup($0.0) }
            let values = unsafe pairs.map { unsafe strdup($0.1) }
            defer {
                for place in pairs.indices {
                    unsafe free(keys[place])
                    unsafe free(values[place])
                }
            }
            var keyList = unsafe keys.map { unsafe UnsafePointer<CChar>($0) }
            var valueList = unsafe values.map { unsafe UnsafePointer<CChar>($0) }
            unsafe keyList.append(nil)
            unsafe valueList.append(nil)
            return unsafe PQconnectdbParams(keyList, valueList, 1)
        }

        private static func clean(_ text: String, _ address: ServerAddress) -> String {
            let lines = text.split(separator: "\n").map { line in
                String(line.drop { $0 == " " || $0 == "\t" })
            }
            return address.redacted(lines.joined(separator: "; "))
        }

        /// Runs one statement and returns its rows.
        func query(
            _ sql: String, _ parameters: [SQLValue] = [], prepares: Bool = true
        ) throws(SQLProblem) -> [[[UInt8]?]] {
            guard prepares else {
                return try answer(unsafe PQsendQuery(raw, sql))
            }
            let name = try name(of: sql, parameters)
            var bytes: [UInt8] = [0]
            let ranges = parameters.map { value in
                let start = bytes.count
                value.write(to: &bytes)
                return start..<bytes.count
            }
            let lengths = ranges.map { Int32($0.count) }
            let formats = [Int32](repeating: 1, count: ranges.count)
            let sent: Int32 = unsafe bytes.withUnsafeBytes { (buffer) -> Int32 in
                guard
                    let base = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
                else { return 0 }
                var values: [UnsafePointer<CChar>?] = unsafe []
                for range in ranges { unsafe values.append(base + range.lowerBound) }
                return unsafe PQsendQueryPrepared(
                    raw, name, Int32(ranges.count), values, lengths, formats, 1)
            }
            return try answer(sent)
        }

        /// Has a statement prepared once.
        private func name(
            of sql: String, _ parameters: [SQLValue]
        ) throws(SQLProblem) -> String {
            if let known = prepared[sql] { return known }
            let name = "claims_\(prepared.count + 1)"
            let types = parameters.map(\.type)
            _ = try answer(unsafe PQsendPrepare(raw, name, sql, Int32(types.count), types))
            prepared[sql] = name
            return name
        }

        /// Sends rows in the binary form of `COPY table (...) FROM STDIN (FORMAT binary)`.
        func copy(_ sql: String, _ rows: [UInt8]) throws(SQLProblem) {
            guard unsafe PQsendQuery(raw, sql) == 1 else { throw lost() }
            try waitUntilReady()
            guard let result = unsafe PQgetResult(raw) else { throw lost() }
            let isReady = unsafe PQresultStatus(result) == PGRES_COPY_IN
            let refused = unsafe isReady ? nil : problem(of: result)
            unsafe PQclear(result)
            if let refused {
                _ = try answer(1)
                throw refused
            }
            var start = 0
            while start < rows.count {
                let end = min(start + Self.copyBytes, rows.count)
                let sent = unsafe rows[start..<end].withUnsafeBytes { part in
                    unsafe PQputCopyData(
                        raw, part.baseAddress?.assumingMemoryBound(to: CChar.self),
                        Int32(part.count))
                }
                guard sent == 1 else { throw lost() }
                start = end
            }
            _ = try answer(unsafe PQputCopyEnd(raw, nil))
        }

        /// Waits for the answer to what was sent, all of it.
        private func answer(_ isSent: Int32) throws(SQLProblem) -> [[[UInt8]?]] {
            guard isSent == 1 else { throw lost() }
            var rows: [[[UInt8]?]] = []
            var problem: SQLProblem?
            while true {
                try waitUntilReady()
                guard let result = unsafe PQgetResult(raw) else { break }
                defer { unsafe PQclear(result) }
                switch unsafe PQresultStatus(result) {
                case PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: break
                case PGRES_TUPLES_OK: rows = unsafe Self.rows(of: result)
                default: if problem == nil { problem = unsafe self.problem(of: result) }
                }
            }
            if let problem { throw problem }
            return rows
        }

        private func waitUntilReady() throws(SQLProblem) {
            while unsafe PQisBusy(raw) == 1 {
                guard wait(milliseconds: Self.answerMilliseconds) else {
                    throw SQLProblem(
                        state: "", message: "no answer in \(Self.answerMilliseconds / 1000) s",
                        isLost: true)
                }
                guard unsafe PQconsumeInput(raw) == 1 else { throw lost() }
            }
        }

        /// Whether the server is on this machine.
        var isLocal: Bool {
            let host = unsafe PQhost(raw).map { unsafe String(cString: $0) } ?? ""
            return host.hasPrefix("/") || host.hasPrefix("127.")
                || ["", "localhost", "::1"].contains(host)
        }

        /// What TLS the session has, such as `TLSv1.3`; nil for none.
        var encryption: String? {
            guard unsafe PQsslInUse(raw) == 1 else { return nil }
            let version = unsafe PQsslAttribute(raw, "protocol")
            return unsafe version.map { unsafe String(cString: $0) } ?? "TLS"
        }

        /// What holds for an option of the address, as the client library has it in the end.
        func option(_ keyword: String) -> String? {
            guard let first = unsafe PQconninfo(raw) else { return nil }
            defer { unsafe PQconninfoFree(first) }
            var option = unsafe first
            while let name = unsafe option.pointee.keyword {
                if unsafe String(cString: name) == keyword {
                    return unsafe option.pointee.val.map { unsafe String(cString: $0) }
                }
                unsafe option += 1
            }
            return nil
        }

        /// Waits until something has come; false when nothing has.
        func wait(milliseconds: Int32) -> Bool {
            var look = pollfd(
                fd: unsafe PQsocket(raw), events: Int16(POLLIN), revents: 0)
            return unsafe poll(&look, 1, milliseconds) > 0
        }

        /// Takes note of what the server told unasked, and returns of how many appends; throws when
        /// it is gone.
        @discardableResult
        func drainNotifications() throws(SQLProblem) -> Int {
            guard unsafe PQconsumeInput(raw) == 1 else { throw lost() }
            var count = 0
            while let notice = unsafe PQnotifies(raw) {
                unsafe PQfreemem(notice)
                count += 1
            }
            return count
        }

        private func lost() -> SQLProblem {
            let text = unsafe String(cString: PQerrorMessage(raw))
            return SQLProblem(state: "", message: Self.clean(text, address), isLost: true)
        }

        private func problem(of result: OpaquePointer) -> SQLProblem {
            func field(_ code: UInt8) -> String {
                let text = unsafe PQresultErrorField(result, Int32(code))
                return unsafe text.map { unsafe String(cString: $0) } ?? ""
            }
            let primary = field(UInt8(ascii: "M"))
            let whole =
                primary.isEmpty ? unsafe String(cString: PQresultErrorMessage(result)) : primary
            return SQLProblem(
                state: field(UInt8(ascii: "C")), message: Self.clean(whole, address),
                isLost: unsafe PQstatus(raw) != CONNECTION_OK)
        }

        private static func rows(of result: OpaquePointer) -> [[[UInt8]?]] {
            let columns = unsafe PQnfields(result)
            return (0..<(unsafe PQntuples(result))).map { row in
                (0..<columns).map { column -> [UInt8]? in
                    guard unsafe PQgetisnull(result, row, column) == 0 else { return nil }
                    let count = Int(unsafe PQgetlength(result, row, column))
                    guard let start = unsafe PQgetvalue(result, row, column) else { return nil }
                    return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
                }
            }
        }
    }
#endif
