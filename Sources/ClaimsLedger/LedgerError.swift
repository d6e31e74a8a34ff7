import ClaimsCodec
public import ClaimsDomain
import EventLog

/// Why a ledger did not do what it was asked to.
public struct LedgerError: Error, Sendable, CustomStringConvertible {
    /// What it means to whoever asked; an exit code each on the command line.
    public enum Category: Equatable, Sendable {
        /// A rule refused, or a check found something.
        case refused
        /// The bytes are not what they have to be.
        case badData
        /// There is no such ledger, file or claim.
        case notFound
        case cannotCreate
        case inputOutput
        /// Another writer holds the lock.
        case locked
    }

    /// What happened, with what it carries.
    public enum Reason: Sendable {
        case refusal(Refusal)
        /// The id is taken by an event of other content; the fields that differ.
        case conflict(id: EventID, sequence: Int64, differences: [String])
        /// The log does not end where the caller expected.
        case headMoved(expected: Int64, head: Int64)
        /// The moment given lies after the moment of recording.
        case inTheFuture(at: Instant, recordedAt: Instant)
        case identifier(IdentifierError)
        case noLedger(path: String, problem: String, fix: String)
        /// A located fault in a file, worded.
        case fault(String, Category)
        case lineTooLong(bytes: Int, limit: Int)
    }

    /// Why.
    public let reason: Reason

    /// An error for a reason.
    public init(_ reason: Reason) { self.reason = reason }

    /// What it means to whoever asked.
    public var category: Category {
        switch reason {
        case .refusal, .conflict, .headMoved, .inTheFuture: .refused
        case .identifier, .lineTooLong: .badData
        case .noLedger: .notFound
        case .fault(_, let category): category
        }
    }

    /// The message, in one line or in the house layout of located faults.
    public var description: String {
        switch reason {
        case .refusal(let refusal): "refused: \(refusal)"
        case .conflict(let id, let sequence, let differences):
            """
            refused: id '\(id)' stands at sequence \(sequence) with other content
              \(differences.joined(separator: "\n  "))
              fix: send the same content again, or use a new id
            """
        case .headMoved(let expected, let head):
            """
            refused: the log ends at sequence \(head), expected \(expected)
              fix: look at what was appended since, then decide again
            """
        case .inTheFuture(let at, let recordedAt):
            "refused: \(at) is in the future; the ledger records now, at \(recordedAt)"
        case .identifier(let error): "error: \(error)"
        case .noLedger(let path, let problem, let fix):
            "\(path): error: \(problem)\n  fix: \(fix)"
        case .fault(let text, _): text
        case .lineTooLong(let bytes, let limit):
            "error: the event would take \(bytes) bytes, a line holds at most \(limit)"
        }
    }
}

extension LedgerError {
    /// Whatever reading or writing threw, as an error of the ledger.
    package init(_ error: any Error) {
        switch error {
        case let error as LedgerError: self = error
        case let refusal as Refusal: self.init(.refusal(refusal))
        case let fault as LogFault: self.init(.fault("\(fault)", Category(fault.category)))
        case let fault as LineFault: self.init(.fault("\(fault)", .badData))
        case let error as SystemError:
            self.init(
                .fault("error: \(error)", error.reason == .notFound ? .notFound : .inputOutput))
        case let error as DamagedDocument: self.init(.fault("\(error)", .inputOutput))
        case let error as IdentifierError: self.init(.identifier(error))
        default: self.init(.fault("error: \(error)", .inputOutput))
        }
    }
}

extension LedgerError.Category {
    init(_ category: LogFault.Category) {
        self =
            switch category {
            case .badData: .badData
            case .notFound: .notFound
            case .cannotCreate: .cannotCreate
            case .inputOutput, .noPermission: .inputOutput
            case .locked: .locked
            case .conflict: .refused
            }
    }
}
