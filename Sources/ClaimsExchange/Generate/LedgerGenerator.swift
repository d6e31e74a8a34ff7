import ClaimsDomain
package import ClaimsLedger

/// Simulates partners, reviewers and finance over the years and writes down what they do: a valid
/// ledger of any size, the same for the same size and seed on every machine.
///
/// Days go by in order; each has new claims, steps of open ones, and what the calendar of the
/// programmes brings. Memory grows with the ledger's state only.
package struct LedgerGenerator: ~Copyable {
    let size: GeneratedSize
    let population: Population
    var desk: GeneratorDesk
    var agenda = Agenda()
    var random: SeededRandom
    var claims = Cases<OpenClaim>()
    var associations = Cases<OpenAssociation>()
    /// Claims of a programme and half that something is still going to happen to.
    var openByPeriod: [PeriodKey: Int] = [:]
    var closed: Set<PeriodKey> = []
    var today: Day
    /// The moment of the event being made.
    var clock = Instant(millisecondsSince1970: 0)
    var numbers = Numbers()
    private var arrivals = Arrivals()
    private let activitiesByProgram: [[Activity]]

    /// A usage period of a programme.
    struct PeriodKey: Hashable {
        let program: Int
        let half: Int
    }

    /// What ids count up from.
    struct Numbers {
        var claim: Int64 = 1000
        var association: Int64 = 1000
        var invoice: Int64 = 100_000
        var earning: Int64 = 1000
        var payment: Int64 = 1000
    }

    /// A generator of `events` events, at least one, from a seed.
    package init(events: Int64, seed: UInt64) {
        size = GeneratedSize(events: events)
        var random = SeededRandom(seed: seed)
        desk = GeneratorDesk(limit: events, random: SeededRandom(seed: random.next()))
        population = Population(count: size.partners, claims: size.claimsByHalf)
        self.random = random
        today = FiscalHalf(index: 0).usage.first.adding(days: -7)
        activitiesByProgram = GeneratedRules.ids.indices.map {
            GeneratedRules.program($0, fiscalYear: 0, currency: Self.currency).activities
        }
    }

    /// Makes the next stretch of the ledger, at least `bytes` of it unless it ends before.
    ///
    /// Gives the lines to `body`, each with its LF. Returns whether there is more to come.
    /// O(events); throws what `body` throws, and a refusal if a rule refuses an event, which then
    /// is a fault of the generator.
    package mutating func next(
        bytes: Int, _ body: ([UInt8]) throws(LedgerError) -> Void
    ) throws(LedgerError) -> Bool {
        while desk.press.lines.count < bytes, !desk.isFull {
            do throws(GeneratorStop) {
                try day()
            } catch {
                if case .refused(let refusal) = error { throw LedgerError(.refusal(refusal)) }
            }
        }
        if desk.isFull { desk.press.finish() }
        try body(desk.press.lines)
        desk.press.forgetLines()
        return !desk.isFull
    }

    /// The number of events made so far.
    package var eventCount: Int64 { desk.sequence }

    /// The currency of thresholds and caps.
    static let currency: Currency = {
        guard let currency = Currency(code: "USD") else {
            preconditionFailure("the table has the US dollar")
        }
        return currency
    }()

    func activities(of program: Int) -> [Activity] { activitiesByProgram[program] }

    // MARK: - Days

    private mutating func day() throws(GeneratorStop) {
        try open()
        for item in agenda.begin() {
            clock = Instant(startOf: today).adding(milliseconds: item.second * 1000)
            try run(item.errand)
        }
        agenda.turn()
        today = today.adding(days: 1)
    }

    private mutating func run(_ errand: Agenda.Errand) throws(GeneratorStop) {
        switch errand {
        case .claim(let place): try step(claim: place)
        case .association(let place): try step(association: place)
        case .newClaim: try draft()
        case .newAssociation: try associate()
        case .enroll(let partner): try enroll(partner)
        case .earn(let partner, let half, let part): try earn(partner, half, part)
        case .convert(let partner, let half): try convert(partner, half)
        case .adjust(let partner, let half): try adjust(partner, half)
        case .rollOver(let partner, let half): try rollOver(partner, half)
        case .publish(let program): try publish(program)
        case .close(let program, let half): try close(program, half)
        }
    }

    /// Puts down what the calendar brings today.
    private mutating func open() throws(GeneratorStop) {
        let half = FiscalHalf.containing(today.adding(days: 7))
        if today == half.usage.first.adding(days: -7) { begin(half) }
        guard today >= FiscalHalf(index: 0).usage.first, !today.isWeekend else { return }
        let current = FiscalHalf.containing(today)
        let (new, joined) = arrivals.today(current, today, size)
        for _ in 0..<new { agenda.put(.newClaim, inDays: 0, second: workingSecond()) }
        for _ in 0..<joined { agenda.put(.newAssociation, inDays: 0, second: workingSecond()) }
    }

    /// A second of the day between seven and eighteen o'clock.
    mutating func workingSecond() -> Int64 { random.number(25_200...64_800) }

    /// Puts an errand down for a working day so many days ahead.
    mutating func put(_ errand: Agenda.Errand, in days: ClosedRange<Int64>) {
        agenda.put(errand, inDays: workday(random.number(days)), second: workingSecond())
    }

    /// So many days ahead, or the Monday after when that is a weekend.
    func workday(_ days: Int64) -> Int64 {
        let weekday = today.adding(days: Int(days)).weekday
        return weekday < 6 ? days : days + Int64(8 - weekday)
    }

    /// The moment of the next event of what is being done, a little after the last one.
    mutating func tick() -> Instant {
        defer { clock = clock.adding(milliseconds: random.number(2...40) * 1000) }
        return clock
    }
}

/// How many partners and claims give about as many events as are asked for in a year and a half.
struct GeneratedSize {
    let events: Int64
    let partners: Int64
    let claimsByHalf: Int64

    init(events: Int64) {
        self.events = events
        // About ten events a claim, three usage periods, a tenth of the events about funds.
        claimsByHalf = max(12, events / 34)
        partners = max(5, claimsByHalf / 6)
    }
}

/// Spreads a half's claims over its working days, more of them in its last third.
private struct Arrivals {
    private var claimRest: Int64 = 0
    private var associationRest: Int64 = 0

    /// About 130 working days, a third of them twice as busy.
    private static let shares: Int64 = 174

    mutating func today(
        _ half: FiscalHalf, _ day: Day, _ size: GeneratedSize
    ) -> (claims: Int64, associations: Int64) {
        let isBusy = half.usage.last.since1970 - day.since1970 < 61
        claimRest += size.claimsByHalf * (isBusy ? 2 : 1)
        let claims = claimRest / Self.shares
        claimRest %= Self.shares
        associationRest += claims * 4
        let associations = associationRest / 100
        associationRest %= 100
        return (claims, associations)
    }
}
