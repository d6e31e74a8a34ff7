import ClaimsDomain

private let programs = [
    Samples.program, Samples.programWithoutFund, Samples.strictestProgram,
    // Its rules are for every association of random histories.
    Samples.associations { $0.solutionAreas = [] },
]

/// The programs are published once for all histories.
private let ruled = Result { try TestLedger(publishing: programs, earned: nil) }

/// A ledger with a random history that no rule was asked about, the same for the same seed: any
/// type of event on any subject, at any time, with any amount, from any partner.
///
/// Every other seed starts with its programs published.
package func randomBrokenHistory(seed: UInt64, events: Int = 60) throws -> TestLedger {
    var generator = SeededGenerator(seed: seed)
    var ledger = try seed.isMultiple(of: 2) ? TestLedger(publishing: [], earned: nil) : ruled.get()
    while ledger.entries.count < events {
        let kind = drawKind(&generator)
        let (payload, subject, source) = event(kind, &generator)
        // Back and forth over two years.
        let instant = Samples.start.adding(
            milliseconds: generator.number(-31_536_000...31_536_000) * 1000)
        try ledger.record(payload, subject: subject, source: source, at: instant)
    }
    return ledger
}

/// Claims more than half of the time, and associations: that is where the rules are.
private func drawKind(_ generator: inout SeededGenerator) -> EventKind {
    if generator.oneIn(4) { return generator.pick(EventKind.allCases) }
    let subject: EventKind.SubjectKind = generator.oneIn(4) ? .association : .claim
    return generator.pick(EventKind.allCases.filter { $0.subjectKind == subject })
}

private func event(
    _ kind: EventKind, _ generator: inout SeededGenerator
) -> (payload: EventPayload, subject: String, source: Source) {
    // Associations are of the program that has rules for them.
    let ofClaims = generator.pick(programs)
    let program =
        kind.subjectKind == .association ? programs[programs.count - 1] : ofClaims
    let partner = generator.pick([Samples.partner, Samples.otherPartner])
    let source = Source(
        program: program.id, partner: kind.sourceNamesPartner ? partner : nil)
    let subject =
        switch kind.subjectKind {
        case .program: program.id.text
        case .partner: partner.text
        case .period: randomPeriod(&generator).text
        case .claim: "CLM-\(generator.number(1...4))"
        case .association: "ASC-\(generator.number(1...2))"
        }
    if kind == .programPublished {
        var rules = program
        rules.version = String(generator.number(1...9))
        return (.programPublished(rules), subject, source)
    }
    return (randomPayload(kind, using: &generator), subject, source)
}
