import ClaimsDomain
import ClaimsLedger

/// What the ledger knows of the programs, partners and periods that a report names.
struct ReportDirectory {
    let mapping: ReportMapping
    private let versions: [PublishedProgram]
    /// Programs by id and by published name, in lower case.
    private var programs: [String: ProgramID] = [:]
    /// Each partner of a program, as program, line feed, partner: no id has a line feed in it.
    private var owners: Set<String> = []
    /// What was found before: reports name the same few programs in a million rows.
    private var found: [String: ProgramID] = [:]
    private var midnights: [String: [Day: Instant]] = [:]

    init(_ state: LedgerState, _ mapping: ReportMapping) {
        self.mapping = mapping
        versions = state.programs
        for version in versions {
            programs[version.rules.name.lowercased()] = version.rules.id
        }
        for version in versions { programs[version.rules.id.text.lowercased()] = version.rules.id }
        let keys =
            state.partners.map { ($0.program, $0.partner) }
            + state.accounts.map { ($0.program, $0.partner) }
            + state.claims.map { ($0.program, $0.partner) }
        for (program, partner) in keys {
            owners.insert("\(state.names.text(program))\n\(state.names.text(partner))")
        }
    }

    /// The program of a row, by its code or its name.
    mutating func program(code: String, name: String) throws(CellProblem) -> ProgramID {
        let key = "\(code)\n\(name)"
        if let program = found[key] { return program }
        let given = [code, name].filter { !$0.isEmpty }
        guard let shown = given.last else { throw CellProblem("the row names no program") }
        let candidates = given.compactMap { named($0) }
        guard let program = candidates.first else { throw unknown(shown) }
        guard candidates.allSatisfy({ $0 == program }) else {
            throw CellProblem(
                "program code '\(code)' is '\(candidates[0])', program name '\(name)' is "
                    + "'\(candidates[1])'")
        }
        guard versions.contains(where: { $0.rules.id == program }) else {
            throw CellProblem("the mapping gives '\(program)', which is no program of the ledger")
        }
        found[key] = program
        return program
    }

    private func named(_ text: String) -> ProgramID? {
        mapping.programs[text.lowercased()] ?? programs[text.lowercased()]
    }

    private func unknown(_ name: String) -> CellProblem {
        let known = Set(versions.map(\.rules.name) + versions.map(\.rules.id.text)).sorted()
        let nearest = NearestName.suggestion(for: name, among: known)
        return CellProblem(
            "program '\(name)' is not known to the ledger"
                + (nearest.map { "; the nearest is '\($0)'" } ?? "")
                + "; --map-program '\(name)=ID' maps it")
    }

    /// The partner of a row, by the mapping or as it stands.
    func partner(_ text: String) throws(CellProblem) -> PartnerID {
        let partner = mapping.partners[text] ?? PartnerID(text)
        try identifier(partner.text, column: "participantID")
        return partner
    }

    /// Whether the ledger has heard of a partner in a program.
    func knows(_ partner: PartnerID, of program: ProgramID) -> Bool {
        owners.contains("\(program)\n\(partner)")
    }

    mutating func add(_ partner: PartnerID, of program: ProgramID) {
        owners.insert("\(program)\n\(partner)")
    }

    static func unknown(_ partner: PartnerID, of program: ProgramID) -> CellProblem {
        CellProblem(
            "partner '\(partner)' is not enrolled in program '\(program)'; "
                + "--enroll enrolls the partners the report names")
    }

    /// The rules at a moment, else the latest.
    func rules(of program: ProgramID, at instant: Instant) -> Program? {
        (versions.last {
            $0.rules.id == program && $0.publishedAt <= instant
                && $0.rules.effectiveAt <= instant
        } ?? versions.last { $0.rules.id == program })?.rules
    }

    /// The usage period that earnings of a day are for: by the rules at that moment, else by the
    /// latest version whose calendar has the day.
    func period(
        earnedOn day: Day, in program: ProgramID, at instant: Instant
    ) throws(CellProblem) -> UsagePeriod {
        if let period = rules(of: program, at: instant)?.usagePeriod(earnedOn: day) {
            return period
        }
        for version in versions.reversed() where version.rules.id == program {
            if let period = version.rules.usagePeriod(earnedOn: day) { return period }
        }
        throw CellProblem("no usage period of program '\(program)' is earned on \(day)")
    }

    /// The usage period of a label, or the one after another.
    func period(
        _ label: PeriodLabel?, after earlier: UsagePeriod, in program: ProgramID,
        at instant: Instant
    ) throws(CellProblem) -> UsagePeriod {
        let periods = rules(of: program, at: instant)?.usagePeriods ?? []
        guard let label else {
            let later = periods.filter { $0.earned.first > earlier.earned.first }
            if let next = later.min(by: { $0.earned.first < $1.earned.first }) { return next }
            throw CellProblem("program '\(program)' has no usage period after \(earlier.label)")
        }
        guard label != earlier.label else {
            throw CellProblem("a rollover from \(label) into itself moves nothing")
        }
        if let period = periods.first(where: { $0.label == label }) { return period }
        throw CellProblem("program '\(program)' has no usage period '\(label)'")
    }

    /// The moment a row means; a date without a zone is one of the program's zone.
    mutating func moment(_ time: ReportTime, in program: ProgramID) -> Instant {
        if let instant = time.instant { return instant }
        if let start = midnights[program.text]?[time.day] {
            return start.adding(milliseconds: time.milliseconds)
        }
        let zone = versions.last { $0.rules.id == program }?.rules.timeZone ?? "UTC"
        let start = ProgramFile.resolve(time.day, zone) ?? Instant(startOf: time.day)
        midnights[program.text, default: [:]][time.day] = start
        return start.adding(milliseconds: time.milliseconds)
    }
}

/// The longest id of a report: what is put before it in an event's id still fits.
private let longestIdentifier = 200

/// Refuses what cannot be an id of the log.
func identifier(_ text: String, column: String) throws(CellProblem) {
    let bytes = text.utf8
    let hasControls = bytes.contains { $0 < 0x20 || $0 == 0x7F }
    guard (1...longestIdentifier).contains(bytes.count), !hasControls else {
        guard !bytes.isEmpty else { throw CellProblem("\(column) is empty") }
        throw CellProblem(
            "\(column) has \(bytes.count) bytes\(hasControls ? " with control characters" : ""), "
                + "expected 1 to \(longestIdentifier) without control characters")
    }
}
