import ClaimsCodec
import ClaimsDomain
import EventLog

// The steps from a stored line to the state, which replay, follow, verify and a writer share.

extension LedgerState {
    /// Applies an event; throws when a fund's totals leave 64 bits, since they then say nothing.
    mutating func take(_ fact: borrowing Fact, rules: Program?) throws(LineProblem) {
        apply(fact, rules: rules)
        for posting in lastPostings
        where accounts[Int(posting.account.index)].balance.overflowed {
            throw LineProblem(.totalOutOfRange(account: account(posting.account)), at: 0)
        }
    }

    /// The claim that an event is about, after it; nil when it is about something else.
    func claim(of fact: Fact) -> ClaimRecord? {
        fact.kind.subjectKind == .claim ? claim(ClaimID(names.text(fact.subject))) : nil
    }
}

extension LineFault {
    /// A problem of a line at its place in the log.
    init(_ problem: LineProblem, in bytes: Span<UInt8>, at location: LineLocation) {
        self.init(
            file: location.file, line: Int64(location.line),
            lineOffset: Int64(location.byteOffset), sequence: location.sequence,
            problem: problem, bytes: bytes)
    }
}
