import ClaimsCodec
public import ClaimsDomain
import EventLog

/// A program file: the rules of a programme as people write them.
public enum ProgramFile {
    /// Reads and checks a program file; zones are resolved, left-out deadlines filled in.
    ///
    /// Throws at the first value that does not fit, with its line and what was expected.
    public static func read(_ path: String) throws(LedgerError) -> Program {
        let bytes: [UInt8]
        do {
            bytes = try WholeFile.read(path)
        } catch {
            let category: LedgerError.Category =
                error.reason == .notFound ? .notFound : .inputOutput
            throw LedgerError(.fault("error: program file \(error)", category))
        }
        do throws(LineProblem) {
            return try ProgramText.program(bytes.span, zone: resolve)
        } catch {
            throw LedgerError(
                .fault(
                    LocatedText.fault(
                        file: path, bytes: bytes, offset: error.offset, what: error.what,
                        fix: "correct the program file; its fields are in events/README.md"),
                    .badData))
        }
    }

    package static func resolve(_ day: Day, _ zone: String) -> Instant? {
        Zone(zone).map { $0.start(of: day) }
    }
}
