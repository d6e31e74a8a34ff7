public import ClaimsDomain

/// A partner enrolled in a programme.
public struct PartnerRow: Equatable, Sendable {
    /// The programme.
    public let program: ProgramID
    /// The partner.
    public let partner: PartnerID
    /// Its name.
    public let name: String?
    /// When it was first enrolled.
    public let enrolledAt: Instant

    /// The enrolled partners of a replay, by programme and partner.
    package static func rows(_ replay: Replay) -> [PartnerRow] {
        let names = replay.state.names
        return replay.state.partners.map { record in
            PartnerRow(
                program: ProgramID(names.text(record.program)),
                partner: PartnerID(names.text(record.partner)),
                name: record.name == .none ? nil : names.text(record.name),
                enrolledAt: record.enrolledAt)
        }.sorted { ($0.program, $0.partner) < ($1.program, $1.partner) }
    }
}
