import ClaimsDomain
import ClaimsLedger
import ClaimsProjections
import ClaimsTestSupport

/// A ledger folder of its own, with a clock, ids and commands for it.
struct Office {
    let scratch: ScratchFolder
    let ledger: Ledger
    /// What the clock of the next command says; it goes on by a minute a command.
    var now = Samples.start
    private var count = 0

    static let origin = "ledger.example/claims"
    static let segment = "ledger/000000000001.jsonl"

    /// A new ledger; `publishes`: with a program, and 20,000.00 USD for its partner.
    init(publishes: Bool = true, segmentBytes: Int64? = nil) throws {
        scratch = try ScratchFolder()
        ledger = try Ledger.create(
            scratch.path("ledger"),
            NewLedger(
                ledgerID: "11111111-2222-3333-4444-555555555555", origin: Self.origin,
                keyFile: scratch.path("keys/ledger.key"), segmentBytes: segmentBytes))
        guard publishes else { return }
        var writer = try ledger.openWriter()
        _ = try writer.submit(.publish(Self.program), context(by: Samples.reviewer))
        _ = try writer.submit(Self.earn(usd(2_000_000)), context(by: Samples.reviewer))
    }

    /// A ledger of lines that exist.
    init(lines: [[UInt8]]) throws {
        try self.init(publishes: false)
        try setLines(lines)
    }

    /// A program that asks for no documents and lists no activities.
    static let program: Program = {
        var program = Samples.program("csp-indirect")
        program.activities = []
        return program
    }()

    static func earn(_ amount: Money, partner: PartnerID = Samples.partner) -> Command {
        .fund(
            .earn(FundsEarned(amount: amount, earnedOn: Samples.day("2019-12-31"))),
            program: program.id, partner: partner, period: Samples.firstPeriod)
    }

    static func create(
        _ id: String, _ amount: Money = usd(600_000), partner: PartnerID = Samples.partner
    ) -> Command {
        .create(ClaimID(id), program: program.id, partner: partner, Samples.draft(amount))
    }

    static func claim(_ id: String, _ command: ClaimCommand) -> Command {
        .claim(ClaimID(id), command)
    }

    /// The circumstances of the next command.
    mutating func context(
        id: String? = nil, at: Instant? = nil, by actor: Actor = Samples.partnerUser,
        expected: Int64? = nil
    ) -> CommandContext {
        defer {
            count += 1
            now = now.adding(milliseconds: 60_000)
        }
        return CommandContext(
            now: now, at: at, actor: actor, id: EventID(id ?? "C-\(count + 1)"), expected: expected)
    }

    /// Submits one command through a writer of its own.
    @discardableResult
    mutating func submit(
        _ command: Command, by actor: Actor = Samples.partnerUser
    ) throws -> Receipt {
        var writer = try ledger.openWriter()
        return try writer.submit(command, context(by: actor))
    }

    /// The log's only segment.
    func log() throws -> [UInt8] { try scratch.bytes(of: Self.segment) }

    func lines() throws -> [[UInt8]] { try log().split(separator: 0x0A).map(Array.init) }

    /// Replaces the log, as a program that knows no rules would.
    func setLog(_ bytes: [UInt8]) throws { try scratch.write(bytes, to: Self.segment) }

    func setLines(_ lines: [[UInt8]]) throws { try setLog(lines.flatMap { $0 + [0x0A] }) }
}

/// The error that some work ends with; nil when it does not.
func ledgerError(_ work: () throws -> Void) -> LedgerError? {
    do {
        try work()
        return nil
    } catch {
        return error as? LedgerError
    }
}

/// A selection made of what `set` changes.
func selection(_ set: (inout Selection) -> Void) -> Selection {
    var selection = Selection()
    set(&selection)
    return selection
}
