import ArgumentParser
import ClaimsDomain
import ClaimsLedger
import ClaimsReports

/// The circumstances of a write, and how to answer it.
struct WriteOptions: ParsableArguments {
    @OptionGroup var ledger: LedgerOptions

    @Option(
        help: ArgumentHelp(
            "When it happened: a time, or a date (its start in UTC); now without it.",
            valueName: "when"))
    var at: String?

    @Option(
        help: ArgumentHelp(
            "Who did it: an opaque id, with its kind in front if it is no user (system:payments).",
            discussion: "Without it CLAIMS_BY, else the number of the user who runs the program.",
            valueName: "actor"))
    var by: String?

    @Option(help: ArgumentHelp("In what role.", valueName: "role"))
    var role: String?

    @Option(
        help: ArgumentHelp(
            "The event's id; the same command with the same id is recorded once.", valueName: "id"))
    var id: String?

    @Option(help: ArgumentHelp("What this belongs to, such as a ticket.", valueName: "id"))
    var correlationID: String?

    @Option(help: ArgumentHelp("The id of the event that caused this one.", valueName: "id"))
    var causationID: String?

    @Option(
        help: ArgumentHelp("Append only if the log ends at this sequence.", valueName: "sequence"))
    var expect: Int64?

    @Flag(help: "Show the line that would be appended and what it would change; append nothing.")
    var dryRun = false

    @Option(
        help: ArgumentHelp(
            "How long to wait for another writer's lock, in seconds.", valueName: "seconds"))
    var wait: Double = 0

    @Option(help: "How to give the receipt.")
    var format: OutputFormat = .table

    @Option(
        help: ArgumentHelp(
            "Write a stamp beside the receipt, for 'claims reproduce'.", valueName: "file"))
    var stamp: String?

    func validate() throws {
        if dryRun, stamp != nil {
            throw ValidationError(
                "--stamp is for a receipt, and --dry-run records nothing to give one for")
        }
    }

    func context() throws -> CommandContext {
        let now = try Edge.now()
        return CommandContext(
            now: now, at: try at.map { try Moment.start($0, .utc, option: "--at") },
            actor: try ActorOption.actor(by), role: role,
            id: id.map { EventID($0) } ?? Edge.newID(now: now),
            correlationID: correlationID, causationID: causationID, expected: expect)
    }

    /// Opens the ledger, decides the command, appends its event and prints the receipt.
    func run(_ command: (Ledger) throws -> Command) throws { try give(submit(command)) }

    /// Opens the ledger, decides the command and appends its event, unless it is a rehearsal.
    func submit(_ command: (Ledger) throws -> Command) throws -> Receipt {
        let ledger = try ledger.open()
        let command = try command(ledger)
        let context = try context()
        guard !dryRun else { return try ledger.rehearse(command, context) }
        var writer = try ledger.openWriter(waitMilliseconds: Int(max(0, wait) * 1000))
        return try writer.submit(command, context)
    }

    /// Prints a receipt as asked for.
    func give(_ receipt: Receipt) throws {
        if receipt.clockBehindMilliseconds > 0 {
            Console.note(
                "the clock is \(receipt.clockBehindMilliseconds) ms behind the log's last event; "
                    + "recorded as \(receipt.event.recordedAt)")
        }
        // For people the line stands as it is, above the rest; for programs it is a field.
        let isForPeople = format == .table || format == .markdown
        if dryRun, isForPeople { try Console.answer(receipt.line + [0x0A]) }
        let details = receiptDetails(
            receipt, isRehearsal: dryRun, isForPeople: isForPeople)
        let text = renderObject(details, as: format, width: Console.width)
        if format == .table, Console.style.isDecorated {
            let (width, style) = (Console.width, Console.style)
            try Console.show(renderObject(details, as: format, width: width, style: style))
        } else {
            try Console.answer(text)
        }
        guard let stamp, !dryRun else { return }
        try StampFile.write(
            to: stamp, receipt, body: text, ledger: ledger, format: format, width: Console.width)
    }
}

/// An amount of money as people write it.
struct AmountOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("A decimal of the currency, such as 1250.00.", valueName: "decimal"))
    var amount: String?

    @Option(help: ArgumentHelp("ISO 4217 code.", valueName: "code"))
    var currency: String?

    /// The amount, nil when none is given.
    ///
    /// Without a currency it is in the one that `fallback` gives.
    func money(_ fallback: () throws -> Currency?) throws -> Money? {
        let named = try currency.map(Self.currency)
        guard let amount else {
            if named != nil { throw ValidationError("--currency needs an --amount beside it") }
            return nil
        }
        guard let currency = try named ?? fallback() else {
            throw ValidationError(
                "the currency is not known from the ledger; give it with --currency")
        }
        return try Self.money(amount, currency, option: "--amount")
    }

    /// The amount, which has to be given.
    func required(_ fallback: () throws -> Currency?) throws -> Money {
        guard let money = try money(fallback) else {
            throw ValidationError("missing expected argument '--amount <decimal>'")
        }
        return money
    }

    static func money(_ text: String, _ currency: Currency, option: String) throws -> Money {
        do {
            return try Money(decimal: text, currency: currency)
        } catch {
            throw Stop(code: Stop.badData, message: "error: \(option): \(error)")
        }
    }

    static func currency(_ code: String) throws -> Currency {
        if let currency = Currency(code: code) { return currency }
        let hint = NearestName.hint(for: code, among: Currency.all.map(\.code))
        throw Stop(
            code: Stop.badData,
            message:
                """
                error: currency '\(code)' is not one of ISO 4217 \
                (table \(Currency.tableVersion))\(hint)
                """
        )
    }
}

/// Who does something, as an opaque id.
enum ActorOption {
    /// The actor of `--by`, else of `CLAIMS_BY`, else the user who runs the program.
    static func actor(_ by: String?) throws -> Actor {
        guard let text = by ?? Edge.environment("CLAIMS_BY") else { return Edge.defaultActor }
        return try parsed(text)
    }

    /// An actor as written; a user where it does not say of what kind.
    static func parsed(_ text: String) throws -> Actor {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let kind = parts.count == 2 ? Actor.Kind(rawValue: String(parts[0])) : nil
        let id = kind == nil ? text : String(parts[1])
        guard !id.isEmpty, !id.contains("@") else {
            throw ValidationError(
                """
                --by is '\(text)', expected an opaque id: the log is kept for good and holds \
                no e-mail address
                """
            )
        }
        return Actor(kind: kind ?? .user, id: id)
    }
}

/// Dates as people write them.
enum DayOption {
    /// The day of a text.
    static func day(_ text: String, option: String) throws -> Day {
        guard let day = Day(text) else {
            throw ValidationError("\(option) is '\(text)', expected a date such as '2020-02-29'")
        }
        return day
    }
}

/// Ids of new things.
enum NewIdentifier {
    /// The id, checked.
    static func check<Subject>(_ text: String, kind: String) throws -> Identifier<Subject> {
        do throws(IdentifierError) {
            return try IdentifierRule.check(text, kind: kind)
        } catch {
            throw LedgerError(.identifier(error))
        }
    }
}
