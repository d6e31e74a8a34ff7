import ClaimsDomain
import ClaimsTestSupport
import Testing

/// A situation in which a command is refused.
struct RefusalCase: Sendable, CustomTestStringConvertible {
    /// The rule that refuses, and the one that would if it did not.
    let rule: String
    var before: String?
    /// The whole sentence.
    var text: String?
    var at: Instant?
    let prepare: @Sendable (inout TestLedger) throws -> Command

    var testDescription: String { before.map { "\(rule) before \($0)" } ?? rule }

    init(
        _ rule: String, before: String? = nil, text: String? = nil, at instant: Instant? = nil,
        _ prepare: @escaping @Sendable (inout TestLedger) throws -> Command
    ) {
        self.rule = rule
        self.before = before
        self.text = text
        self.at = instant
        self.prepare = prepare
    }
}

extension RefusalCase {
    /// A command on the sample claim once it is in a status.
    static func claim(
        _ rule: String, before: String? = nil, text: String? = nil, at instant: Instant? = nil,
        in status: ClaimStatus, _ command: ClaimCommand
    ) -> RefusalCase {
        RefusalCase(rule, before: before, text: text, at: instant) { ledger in
            try ledger.bring(to: status)
            return .claim(Samples.claim, command)
        }
    }

    /// A command on the sample partner's fund of a period.
    static func fund(
        _ rule: String, before: String? = nil, text: String? = nil, at instant: Instant? = nil,
        program: ProgramID = Samples.program.id, period: PeriodLabel = Samples.firstPeriod,
        _ command: FundCommand
    ) -> RefusalCase {
        RefusalCase(rule, before: before, text: text, at: instant) { _ in
            .fund(command, program: program, partner: Samples.partner, period: period)
        }
    }

    /// The creation of the sample claim from a draft.
    static func create(
        _ rule: String, before: String? = nil, text: String? = nil, at instant: Instant? = nil,
        program: String = Samples.program.id.text, _ set: (inout ClaimCreated) -> Void = { _ in }
    ) -> RefusalCase {
        var draft = Samples.draft()
        set(&draft)
        let made = draft
        return RefusalCase(rule, before: before, text: text, at: instant) { _ in
            .create(
                Samples.claim, program: ProgramID(program), partner: Samples.partner, made)
        }
    }
}
