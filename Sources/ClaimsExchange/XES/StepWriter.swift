import ClaimsCodec
import ClaimsDomain

/// Writes the line a step would be and reads it back: what passes has passed the ledger's one
/// schema table, and is typed.
struct StepWriter {
    private let context: ClaimContext
    private let event: XESEvent
    private let trace: XESTrace
    private let time: Instant
    private let mapping: XESMapping
    private let days: ZoneDays

    /// A writer for one event of a trace.
    init(
        context: ClaimContext, event: XESEvent, trace: XESTrace, time: Instant,
        mapping: XESMapping, days: ZoneDays
    ) {
        self.context = context
        self.event = event
        self.trace = trace
        self.time = time
        self.mapping = mapping
        self.days = days
    }

    /// The extension attribute that keeps what an event was called in the log it comes from.
    static let activityAttribute = "xesactivity"

    /// The draft of a step, the `number`-th of its activity in the mapping.
    ///
    /// The first one taken says what the event was called, unless that is its type, so that a log
    /// can be written that has every activity as often as the one it comes from.
    func draft(
        _ step: XESMapping.Step, number: Int, isFirst: Bool, reader: inout EventReader
    ) throws(StepProblem) -> ProposedEvent {
        let source = Source(
            program: context.program,
            partner: step.kind.sourceNamesPartner ? context.partner : nil)
        var writer = JSONWriter()
        writer.beginObject()
        let attributes: [(Attribute, String)] = [
            (.specversion, Attribute.specVersion),
            (.id, "xes-\(context.id)-\(event.ordinal)-\(number)"),
            (.source, SourceText.text(source)), (.type, step.kind.rawValue),
            (.subject, try subject(of: step.kind)), (.time, time.description),
            (.recordedtime, time.description), (.sequence, EventWriter.sequenceText(1)),
            (.authtype, try text(mapping.event.actorKind)),
            (.authid, try text(mapping.event.actor)),
        ]
        for (attribute, text) in attributes {
            writer.name(attribute.rawValue)
            writer.string(text)
        }
        if isFirst, let activity = event.attributes["concept:name"]?.text, !activity.isEmpty,
            activity != step.kind.rawValue
        {
            writer.name(Self.activityAttribute)
            writer.string(activity)
        }
        writer.name(Attribute.data.rawValue)
        try data(step, &writer)
        writer.endObject()
        do throws(LineProblem) {
            return try reader.read(writer.bytes.span).content
        } catch {
            throw .bad(error.what)
        }
    }

    private func subject(of kind: EventKind) throws(StepProblem) -> String {
        switch kind.subjectKind {
        case .program: context.program.text
        case .partner: context.partner.text
        case .period: try context.period.get()
        case .claim, .association: context.id.text
        }
    }

    private func data(_ step: XESMapping.Step, _ writer: inout JSONWriter) throws(StepProblem) {
        writer.beginObject()
        try members(step.fields, &writer)
        for name in XESDefaults.names(of: step.kind)
        where !step.fields.contains(where: { $0.name == name }) {
            writer.name(name)
            try standard(name, &writer)
        }
        if step.kind == .claimCreated {
            for (name, text) in [("title", context.title), ("location", context.location)] {
                guard let text, !step.fields.contains(where: { $0.name == name }) else { continue }
                writer.name(name)
                writer.string(text)
            }
        }
        if let role = try optional(mapping.event.role) {
            writer.name("role")
            writer.string(role)
        }
        writer.endObject()
    }

    /// A field that follows from the claim.
    private func standard(_ name: String, _ writer: inout JSONWriter) throws(StepProblem) {
        switch name {
        case "amountMinor": writer.integer(try context.amount.get().minorUnits)
        case "currency": writer.string(try context.amount.get().currency.code)
        case "period": writer.string(try context.period.get())
        case "activity": writer.string(try context.activity.get())
        case "activityDate": writer.string(try context.activityDate.get().description)
        default: writer.string(day(of: time).description)
        }
    }

    private func members(
        _ members: [FieldTemplate.Member], _ writer: inout JSONWriter
    ) throws(StepProblem) {
        let currency = try currency(of: members)
        for member in members {
            var attempt = writer
            attempt.name(member.name)
            do throws(StepProblem) {
                try value(member.value, currency: currency, &attempt)
            } catch {
                if case .missing = error, !member.isRequired { continue }
                throw .bad("\(member.name): \(error)")
            }
            writer = attempt
        }
        let names = members.map(\.name)
        guard names.contains("amountMinor"), !names.contains("currency") else { return }
        writer.name("currency")
        writer.string(try currency.get().code)
    }

    /// The currency that amounts of an object are in: its own, or the claim's.
    private func currency(
        of members: [FieldTemplate.Member]
    ) throws(StepProblem) -> Result<Currency, StepProblem> {
        guard let member = members.first(where: { $0.name == "currency" }),
            case .value(let template, _) = member.value
        else { return context.amount.map(\.currency) }
        let code = try text(template)
        guard let currency = Currency(code: code) else {
            return .failure(.bad("currency '\(code)' is not one of ISO 4217"))
        }
        return .success(currency)
    }

    private func value(
        _ field: FieldTemplate, currency: Result<Currency, StepProblem>,
        _ writer: inout JSONWriter
    ) throws(StepProblem) {
        switch field {
        case .value(let template, let form):
            try write(try text(template), form, currency: currency, &writer)
        case .object(let members):
            writer.beginObject()
            try self.members(members, &writer)
            writer.endObject()
        case .list(let elements):
            writer.beginArray()
            for element in elements { try value(element, currency: currency, &writer) }
            writer.endArray()
        }
    }

    private func write(
        _ text: String, _ form: FieldTemplate.Form, currency: Result<Currency, StepProblem>,
        _ writer: inout JSONWriter
    ) throws(StepProblem) {
        switch form {
        case .text: writer.string(text)
        case .day:
            writer.string(Instant(text).map { day(of: $0).description } ?? text)
        case .whole:
            guard let whole = Int64(text) else { throw .bad("'\(text)' is no whole number") }
            writer.integer(whole)
        case .flag:
            guard let flag = Bool(text) else { throw .bad("'\(text)' is neither true nor false") }
            writer.bool(flag)
        case .amount:
            let currency = try currency.get()
            do throws(DecimalRounding.Problem) {
                let money = try DecimalRounding.money(
                    text, currency: currency, rounding: mapping.claim.rounding)
                writer.integer(money.minorUnits)
            } catch {
                throw .bad("\(error)")
            }
        }
    }

    private func day(of time: Instant) -> Day { days.day(of: time, in: context.timeZone) }

    private func text(_ template: XESTemplate) throws(StepProblem) -> String {
        do throws(XESTemplate.Problem) {
            return try template.text(event, of: trace)
        } catch {
            switch error {
            case .missing: throw .missing("\(error)")
            case .notInTable: throw .bad("\(error)")
            }
        }
    }

    /// The text; nil when there is no template or its attribute is missing.
    private func optional(_ template: XESTemplate?) throws(StepProblem) -> String? {
        guard let template else { return nil }
        do throws(StepProblem) {
            let text = try text(template)
            return text.isEmpty ? nil : text
        } catch {
            if case .missing = error { return nil }
            throw error
        }
    }
}
