import ClaimsDomain
import ClaimsProjections

/// What a state says, in texts.
///
/// Which key a name has depends on how the lines came together; what the state says does not.
struct ToldState: Equatable {
    let claims: [ClaimRow]
    let balances: [BalanceRow]
    let associations: [AssociationRow]
    let findings: [String]
    let partners: [String]
    let programs: [PublishedProgram]
    let eventsByKind: [EventKind: Int64]

    init(_ replay: Replay) {
        let state = replay.state
        claims = ClaimRegister(replay).rows
        balances = FundBalances(replay).rows
        associations = AssociationRegister(replay).rows
        findings = state.findings.map {
            "\($0.code.rawValue) \($0.sequence) \($0.kind) \(state.names.text($0.subject))"
        }
        partners = state.partners.map {
            [$0.program, $0.partner, $0.name].map { state.names.text($0) }.joined(separator: "/")
                + " \($0.enrolledAt)"
        }
        programs = state.programs
        eventsByKind = state.eventsByKind
    }

    /// Another state at the viewpoint of a replay.
    init(_ state: LedgerState, as replay: Replay) {
        var replay = replay
        replay.state = state
        self.init(replay)
    }
}
