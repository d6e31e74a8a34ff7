#if PostgreSQL
    /// A parameter of a statement, in the server's binary form.
    enum SQLValue {
        case text(String)
        case number(Int64)
        case bytes([UInt8])
        case texts([[UInt8]])
        case manyBytes([ArraySlice<UInt8>])

        private static let (bytea, int8, text): (UInt32, UInt32, UInt32) = (17, 20, 25)

        /// The server's number of the type (its catalogue `pg_type`, fixed for these).
        var type: UInt32 {
            switch self {
            case .text: Self.text
            case .number: Self.int8
            case .bytes: Self.bytea
            case .texts: 1009
            case .manyBytes: 1001
            }
        }

        /// Adds the value's bytes.
        func write(to bytes: inout [UInt8]) {
            switch self {
            case .text(let text): bytes += text.utf8
            case .number(let number): Self.write(UInt64(bitPattern: number), to: &bytes)
            case .bytes(let value): bytes += value
            case .texts(let values):
                Self.writeArray(of: Self.text, values.map { $0[...] }, to: &bytes)
            case .manyBytes(let values): Self.writeArray(of: Self.bytea, values, to: &bytes)
            }
        }

        /// Adds a number in the order of bytes that the protocol has, the highest first.
        static func write(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
            for shift in stride(from: number.bitWidth - 8, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: number >> shift))
            }
        }

        /// Dimensions, no nulls, type, length, first index, then each element with its length.
        private static func writeArray(
            of type: UInt32, _ values: [ArraySlice<UInt8>], to bytes: inout [UInt8]
        ) {
            write(Int32(1), to: &bytes)
            write(Int32(0), to: &bytes)
            write(type, to: &bytes)
            write(Int32(values.count), to: &bytes)
            write(Int32(1), to: &bytes)
            for value in values {
                write(Int32(value.count), to: &bytes)
                bytes += value
            }
        }

        /// A whole number as the server sends it.
        static func number(_ bytes: [UInt8]?) -> Int64? {
            guard let bytes, bytes.count == 8 else { return nil }
            return Int64(bitPattern: bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
        }
    }

    /// What the server, or the way to it, answered instead of rows.
    struct SQLProblem: Error {
        /// The five letters of SQL; empty where the server said nothing.
        let state: String
        /// In words, with nothing secret in them.
        let message: String
        /// Whether the session has ended with it.
        let isLost: Bool

        /// A row of that key is there.
        var isDuplicate: Bool { state == "23505" }

        /// Whether the same may work when it is tried again: a session that ended, a server that is
        /// coming up, going down or only reads, a transaction that met another one.
        var isPassing: Bool {
            isLost || state.hasPrefix("08") || state.hasPrefix("40")
                || ["57P01", "57P02", "57P03", "25006"].contains(state)
        }
    }
#endif
