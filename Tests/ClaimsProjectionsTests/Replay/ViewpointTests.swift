import ClaimsDomain
import ClaimsProjections
import ClaimsTestSupport
import Testing

@Suite("Viewpoint")
struct ViewpointTests {
    private static let recorded = Samples.instant("2020-03-02T12:00:00Z")
    private static let occurred = Samples.instant("2020-02-29T23:59:59.999Z")

    private static let fact: Fact = {
        var fact = Fact(kind: .claimSubmitted)
        fact.sequence = 7
        fact.occurredAt = occurred
        fact.recordedAt = recorded
        return fact
    }()

    static let knowledge: [(knownAt: KnownAt?, knows: Bool)] = [
        (nil, true),
        (.sequence(6), false), (.sequence(7), true), (.sequence(8), true), (.sequence(0), false),
        (.instant(recorded.adding(milliseconds: -1)), false), (.instant(recorded), true),
        (.instant(recorded.adding(milliseconds: 1)), true),
        // What had happened by then does not count: it was not recorded yet.
        (.instant(occurred), false),
    ]

    @Test(
        "a fact is known from its sequence, or the moment it was recorded, on", arguments: knowledge
    )
    func knows(knownAt: KnownAt?, knows: Bool) {
        #expect(Viewpoint(knownAt: knownAt).knows(Self.fact) == knows)
        // The other axis does not matter.
        let early = Viewpoint(asOf: Samples.publishedAt, knownAt: knownAt)
        #expect(early.knows(Self.fact) == knows)
    }

    static let happenings: [(asOf: Instant?, includes: Bool)] = [
        (nil, true), (occurred.adding(milliseconds: -1), false), (occurred, true),
        (occurred.adding(milliseconds: 1), true), (recorded, true),
        (Instant(endOf: Samples.day("2020-02-28")), false),
        (Instant(endOf: Samples.day("2020-02-29")), true),
    ]

    @Test("a fact has happened from its time on, leap day included", arguments: happenings)
    func includes(asOf: Instant?, includes: Bool) {
        #expect(Viewpoint(asOf: asOf).includes(Self.fact) == includes)
        #expect(Viewpoint(asOf: asOf, knownAt: .sequence(1)).includes(Self.fact) == includes)
    }

    static let moments: [(viewpoint: Viewpoint, last: Instant?, moment: Instant)] = [
        (Viewpoint(), recorded, recorded),
        (Viewpoint(), nil, Instant(millisecondsSince1970: 0)),
        (Viewpoint(asOf: occurred), recorded, occurred),
        (Viewpoint(asOf: occurred), nil, occurred),
        (Viewpoint(knownAt: .instant(occurred)), recorded, occurred),
        (Viewpoint(knownAt: .sequence(3)), recorded, recorded),
        (Viewpoint(knownAt: .sequence(3)), nil, Instant(millisecondsSince1970: 0)),
        (Viewpoint(asOf: recorded, knownAt: .instant(occurred)), nil, recorded),
        (Viewpoint(asOf: occurred, knownAt: .instant(recorded)), recorded, occurred),
        (Viewpoint(asOf: occurred, knownAt: .sequence(3)), recorded, occurred),
    ]

    @Test(
        "derived facts are as of the as-of moment, else the known-at one, else the last record",
        arguments: moments)
    func moment(viewpoint: Viewpoint, last: Instant?, moment: Instant) {
        #expect(viewpoint.moment(lastRecordedAt: last) == moment)
    }

    /// Earned on 1 February but recorded on 2 March, after what was earned and recorded on 1 March.
    private static func lateEarnings() throws -> History {
        var history = try History()
        try history.earn(usd(100), at: Samples.instant("2020-03-01T00:00:00Z"))
        try history.claim("CLM-1", draft(usd(5)), at: Samples.instant("2020-03-02T00:00:00Z"))
        try history.earn(usd(20), at: Samples.instant("2020-02-01T00:00:00Z"))
        return history
    }

    static let combined: [(asOf: String?, knownAt: KnownAt?, earned: Int64)] = [
        (nil, nil, 120),
        ("2020-02-15T00:00:00Z", nil, 20),
        ("2020-02-15T00:00:00Z", .sequence(4), 0),
        ("2020-02-15T00:00:00Z", .sequence(5), 20),
        ("2020-02-15T00:00:00Z", .instant(Samples.instant("2020-03-01T23:59:59.999Z")), 0),
        ("2020-02-15T00:00:00Z", .instant(Samples.instant("2020-03-02T00:00:00Z")), 20),
        ("2020-03-01T00:00:00Z", .sequence(4), 100),
        (nil, .sequence(3), 100),
        (nil, .sequence(2), 0),
        ("2020-01-31T23:59:59.999Z", nil, 0),
    ]

    @Test(
        "both axes together: what had happened by then, as far as known then", arguments: combined)
    func both(asOf: String?, knownAt: KnownAt?, earned: Int64) throws {
        let history = try Self.lateEarnings()
        let viewpoint = Viewpoint(asOf: asOf.map(Samples.instant), knownAt: knownAt)
        let rows = FundBalances(history.replay(viewpoint)).rows
        #expect(rows.reduce(0) { $0 + $1.balance.earned } == earned)
    }
}
