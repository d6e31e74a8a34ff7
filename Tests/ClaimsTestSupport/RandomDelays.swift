import ClaimsDomain

/// A history that was recorded late here and there: no claim goes back in time, but events of
/// different claims and funds stand in another order than they happened, some of them by months.
///
/// The same for the same seed; made of the events of `randomHistory`.
package func randomDelayedHistory(seed: UInt64, events: Int = 60) throws -> TestLedger {
    let source =
        try seed.isMultiple(of: 3)
        ? randomStrictHistory(seed: seed, events: events)
        : randomHistory(seed: seed, events: events)
    var generator = SeededGenerator(seed: seed &+ 77)
    var ledger = try TestLedger(publishing: [], earned: nil)
    var latest: [String: Instant] = [:]
    for entry in source.entries {
        let content = entry.event.content
        var instant = content.occurredAt
        if content.payload.kind.subjectKind != .program {
            let hours = generator.oneIn(12) ? generator.number(1...4_000) : generator.number(0...72)
            instant = instant.adding(milliseconds: -hours * 3_600_000)
        }
        if content.payload.kind.subjectKind != .period {
            instant = max(instant, latest[content.subject] ?? instant)
            latest[content.subject] = instant
        }
        ledger.now = content.occurredAt
        try ledger.record(
            content.payload, subject: content.subject, source: content.source, at: instant,
            by: content.actor)
    }
    return ledger
}
