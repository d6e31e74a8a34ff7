import ClaimsDomain
import ClaimsProjections
import ClaimsTestSupport
import Testing

/// What holds of the parts that a history is replayed in, by seed.
@Suite("laws of parts")
struct PartLawTests {
    @Test(
        "the parts of a valid history add up to it, in any order of merging",
        arguments: UInt64(0)..<100)
    func valid(seed: UInt64) throws {
        try check(try SeededHistory(valid: seed))
    }

    @Test(
        "the parts of any history add up to it, in any order of merging",
        arguments: UInt64(0)..<100)
    func broken(seed: UInt64) throws {
        try check(try SeededHistory(broken: seed))
    }

    private func check(_ history: SeededHistory) throws {
        var history = history
        let last = try #require(history.ledger.entries.last).event.recordedAt
        for asOf in [nil, history.moment()] {
            let viewpoint = Viewpoint(asOf: asOf, knownAt: .instant(last))
            let whole = history.replay(viewpoint)
            #expect(
                figures(LedgerSummary(history.replay(Viewpoint(asOf: asOf))))
                    == figures(LedgerSummary(whole)))
            let count = Int(history.generator.number(1...5))
            var parts = split(history, into: count).map { replay($0, of: history, viewpoint) }
            // A part of nothing, not even the program-wide events.
            parts.append(replay([], of: history, viewpoint))
            for _ in 0..<3 {
                parts.shuffle(using: &history.generator)
                let cut = Int(history.generator.number(0...Int64(parts.count)))
                checkMerged(parts, cut, whole)
            }
        }
    }

    /// From the left, and as two halves.
    private func checkMerged(_ parts: [Replay], _ cut: Int, _ whole: Replay) {
        func summary(_ parts: ArraySlice<Replay>) -> LedgerSummary? {
            parts.dropFirst().reduce(parts.first.map { LedgerSummary($0) }) { sum, part in
                sum?.merging(LedgerSummary(part))
            }
        }
        let expected = figures(LedgerSummary(whole))
        #expect(summary(parts[...]).map(figures) == expected)
        if let left = summary(parts[..<cut]), let right = summary(parts[cut...]) {
            #expect(figures(left.merging(right)) == expected)
            #expect(figures(right.merging(left)) == expected)
        }
        for grouping in [nil] + BalanceGrouping.allCases {
            let balances = parts.map { FundBalances($0, grouping: grouping) }
            let merged = balances.dropFirst().reduce(balances[0]) { $0.merging($1) }
            #expect(merged.rows == FundBalances(whole, grouping: grouping).rows)
        }
    }

    @Test("a rule that looks at two partners needs them in one part")
    func shared() throws {
        var history = try History()
        for (claim, partner) in [("CLM-1", Samples.partner), ("CLM-2", Samples.otherPartner)] {
            try history.claim(claim, draft(usd(100)), partner: partner)
            let document = Samples.document(.thirdPartyInvoice, "EV-1", of: ClaimID("CLM-1"))
            try history.claim(claim, .claimEvidenceAttached(document), partner: partner)
        }
        let entries = history.ledger.entries
        func codes(_ entries: [TestLedger.Entry]) -> [FindingCode] {
            history.ledger.replay(entries).findings.map(\.code)
        }
        func part(of partner: PartnerID) -> [TestLedger.Entry] {
            entries.filter { [partner, nil].contains($0.event.content.source.partner) }
        }
        #expect(codes(entries).contains(.evidenceReused))
        for partner in [Samples.partner, Samples.otherPartner] {
            #expect(!codes(part(of: partner)).contains(.evidenceReused))
        }
        #expect(PartnerGroups(entries).representatives.count == 1)
    }
}

// MARK: - Parts

/// The entries of some partners in each part, at random, those of no partner in all.
private func split(_ history: SeededHistory, into count: Int) -> [[TestLedger.Entry]] {
    var generator = history.generator
    var groups = PartnerGroups(history.ledger.entries)
    let parts = groups.representatives.sorted().map { ($0, generator.number(1...Int64(count))) }
    let partOf = Dictionary(uniqueKeysWithValues: parts)
    return (1...Int64(count)).map { part in
        history.ledger.entries.filter { entry in
            guard let partner = entry.event.content.source.partner else { return true }
            return partOf[groups.representative(of: partner)] == part
        }
    }
}

private func replay(
    _ entries: [TestLedger.Entry], of history: SeededHistory, _ viewpoint: Viewpoint
) -> Replay {
    let happened = entries.filter { viewpoint.knows($0.fact) && viewpoint.includes($0.fact) }
    return Replay(
        state: history.ledger.replay(happened), viewpoint: viewpoint,
        moment: viewpoint.moment(lastRecordedAt: nil),
        lastSequence: entries.last?.fact.sequence ?? 0, eventsKnown: Int64(entries.count),
        bytesRead: 0, unknownTypes: [:])
}

/// Which partners have something in common that a rule looks at.
private struct PartnerGroups {
    private var parents: [PartnerID: PartnerID] = [:]

    init(_ entries: [TestLedger.Entry]) {
        var holders: [String: PartnerID] = [:]
        for entry in entries {
            guard let partner = entry.event.content.source.partner else { continue }
            let here = representative(of: partner)
            for thing in Self.things(of: entry.event) {
                guard let holder = holders[thing] else {
                    holders[thing] = partner
                    continue
                }
                parents[representative(of: holder)] = representative(of: here)
            }
        }
    }

    /// One partner of each group.
    var representatives: Set<PartnerID> {
        var groups = self
        return Set(parents.keys.map { groups.representative(of: $0) })
    }

    mutating func representative(of partner: PartnerID) -> PartnerID {
        var partner = partner
        while let parent = parents[partner], parent != partner { partner = parent }
        if parents[partner] == nil { parents[partner] = partner }
        return partner
    }

    private static func things(of event: Event) -> [String] {
        let subject = "\(event.content.payload.kind.subjectKind) \(event.content.subject)"
        switch event.content.payload {
        case .claimEvidenceAttached(let document):
            let invoice = document.invoice.map { "invoice \($0.number) \($0.vendor)" }
            return [subject, "file \(document.sha256)"] + [invoice].compactMap(\.self)
        case .associationCreated(let created):
            return [subject, "customer \(created.tenantID.lowercased())"]
        default:
            return [.claim, .association].contains(event.content.payload.kind.subjectKind)
                ? [subject] : []
        }
    }
}

/// All figures of a summary, in order.
private func figures(_ summary: LedgerSummary) -> [String] {
    var lines = [
        "\(summary.events) \(summary.programs) \(summary.partners)",
        "\(summary.claims) \(summary.associations)",
        "\(String(describing: summary.first)) \(String(describing: summary.last))",
    ]
    lines += summary.eventsByKind.map { "\($0.kind.rawValue) \($0.count)" }
    lines += summary.claimsByStatus.map { "\($0)" }
    lines += summary.funds.map { "\($0)" }
    lines += summary.findings.map { "\($0.code.rawValue) \($0.count)" }
    return lines
}
