import ClaimsCodec
import ClaimsDomain

extension EventDifference {
    /// The fields of a recorded event that a command sent under the same id says otherwise.
    ///
    /// What the command leaves open is not compared: its time, amounts that are all there is, and
    /// what a decision computes.
    static func between(
        _ recorded: ProposedEvent, _ command: Command, _ context: CommandContext
    ) -> [EventDifference] {
        let payload = command.draft(like: recorded.payload)
        var content = recorded
        content.subject = command.subject
        content.occurredAt = context.at ?? recorded.occurredAt
        content.actor = context.actor
        content.role = context.role
        content.correlationID = context.correlationID
        content.causationID = context.causationID
        content.payload = payload ?? recorded.payload
        let fields = between(recorded, content)
        guard payload == nil else { return fields }
        // Another type of event: its data says nothing that could be compared.
        return [EventDifference(typeOf: recorded.payload.kind, command.eventKind)] + fields
    }
}

extension Command {
    /// Where the command's event would come from; nil for a claim or association nobody knows.
    func source(in state: LedgerState) -> Source? {
        switch self {
        case .publish(let program): Source(program: program.id)
        case .enroll(let program, let partner, _), .fund(_, let program, let partner, _),
            .create(_, let program, let partner, _),
            .createAssociation(_, let program, let partner, _):
            Source(program: program, partner: partner)
        case .claim(let id, _):
            state.claim(id).map {
                Source(
                    program: ProgramID(state.names.text($0.program)),
                    partner: PartnerID(state.names.text($0.partner)))
            }
        case .association(let id, _):
            state.association(id).map {
                Source(
                    program: ProgramID(state.names.text($0.program)),
                    partner: PartnerID(state.names.text($0.partner)))
            }
        case .closePeriod(let program, _, _): Source(program: program)
        }
    }
}
