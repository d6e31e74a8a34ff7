// The columns of each table, in their order. The names are those of the log and of the reports.
extension LedgerTable {
    /// The columns, in their order.
    package var columns: [Column] {
        switch self {
        case .currencies:
            [.text("currency", "ISO 4217 code"), .integer("digits", "decimals of an amount")]
        case .programs: Self.program
        case .periods: Self.period
        case .partners:
            [
                Self.ofProgram, Self.ofPartner,
                .text("name", "the company's name", isRequired: false),
                .moment("enrolledAt", "when it was enrolled first"),
            ]
        case .events: Self.event
        case .postings:
            [
                Self.sequence, .integer("number", "from 1, within the event"), Self.ofProgram,
                Self.ofPartner, Self.inPeriod,
                .text("claim", "the claim, where a claim moved it", isRequired: false),
                .text("fromBucket", "where it comes from"), .text("toBucket", "where it goes"),
                .amount("amount", "what moves; negative for an adjustment downwards"),
                Self.currency, .moment("time", "when the event happened"),
            ]
        case .evidence: Self.document
        case .payments: Self.payment
        case .claims: Self.claim
        case .associations: Self.association
        case .balances: Self.balance
        case .deadlines:
            [
                Self.number, .text("kind", "what is due"),
                .text("subject", "the claim, association or period"), Self.ofProgram,
                Self.ofPartner, .text("period", "the usage period", isRequired: false),
                .day("due", "the last day"), .text("state", "'due', 'overdue' or 'expired'"),
                .integer("daysLeft", "negative when overdue"),
                .amount("amount", "what is at stake", isRequired: false),
                .text("currency", "ISO 4217 code", isRequired: false),
                .text("rule", "the rule behind it"),
            ]
        case .findings:
            [
                Self.number, .text("finding", "the kind of finding"),
                .text("subject", "the claim, association or period"), Self.ofProgram,
                Self.ofPartner, .integer("sequence", "the event"),
                .moment("time", "when it happened", isRequired: false),
                .text("type", "the event's type", isRequired: false),
                .text("meaning", "the finding in a sentence"),
            ]
        case .retention:
            [
                .text("claim", "the claim"), Self.ofProgram, Self.ofPartner,
                .text("status", "as shown"), .day("activityDate", "when the activity took place"),
                .day("keepUntil", "the last day of the retention period", isRequired: false),
                .text("state", "'keep' or 'may_go'"), .text("reason", "why, in words"),
                .integer("documents", "how many are attached"),
            ]
        }
    }

    private static let ofProgram = Column.text("program", "the program")
    private static let ofPartner = Column.text("partner", "the partner")
    private static let inPeriod = Column.text("period", "the usage period, by its label")
    private static let currency = Column.text("currency", "ISO 4217 code")
    private static let sequence = Column.integer("sequence", "the event's place in the log")
    private static let number = Column.integer("number", "from 1, in the order of the report")

    private static let program: [Column] = [
        sequence, ofProgram, .text("name", "its name"), .text("version", "the rules' version"),
        .day("effectiveFrom", "the first day it holds"), currency,
        .text("timeZone", "of its days"), .text("fundControl", "'reserve' or 'none'"),
        .text("coopShare", "the co-op part of earnings, an exact decimal"),
        .moment("publishedAt", "when it was published"),
    ]

    private static let period: [Column] = [
        ofProgram, inPeriod, .day("earnedFrom", "earning days"), .day("earnedTo", "earning days"),
        .day("usageFrom", "usage days"), .day("usageTo", "usage days"),
        .day("claimFrom", "claim window"), .day("claimDeadline", "the last day to claim"),
    ]

    private static let event: [Column] = [
        sequence, .text("id", "unique with its source"), .text("type", "the event's type"),
        .text("source", "program and partner, as in the log"), ofProgram,
        .text("partner", "the partner", isRequired: false), .text("subject", "what it is about"),
        .text("subjectKind", "what that is"), .moment("time", "when it happened"),
        .moment("recordedTime", "when the ledger took it"),
        .text("actorType", "the kind of who did it"), .text("actor", "who did it"),
        .text("role", "in what role", isRequired: false),
        .amount("amount", "the amount it says", isRequired: false),
        .text("currency", "of that amount", isRequired: false),
        .json("data", "what it says, as in the log"),
    ]

    private static let document: [Column] = [
        sequence, .text("subject", "the claim or association"),
        .text("subjectKind", "'claim' or 'association'"), ofProgram, ofPartner,
        .text("evidence", "the document's id"), .text("kind", "the kind of document"),
        .text("filename", "its name"), .text("mediaType", "such as application/pdf"),
        .integer("size", "bytes"), .text("sha256", "of the file"),
        .text("note", "a remark", isRequired: false),
        .text("invoiceNumber", "of an invoice", isRequired: false),
        .text("invoiceVendor", "of an invoice", isRequired: false),
        .day("invoiceDate", "of an invoice", isRequired: false),
        .amount("invoiceAmount", "of an invoice", isRequired: false),
        .text("invoiceCurrency", "of an invoice", isRequired: false),
        .text("metricName", "of a metric", isRequired: false),
        .text("metricValue", "of a metric", isRequired: false),
        .moment("time", "when it was attached"),
    ]

    private static let payment: [Column] = [
        sequence, .text("claim", "the claim"), ofProgram, ofPartner,
        .text("paymentReference", "the payment's id"),
        .amount("amount", "what it settled; negative when it came back"), currency,
        .day("paidOn", "the day it was sent or came back"),
        .amount("payout", "what was paid in another currency", isRequired: false),
        .text("payoutCurrency", "of that", isRequired: false),
        .text("payer", "who paid", isRequired: false),
        .text("reason", "why it came back", isRequired: false),
        .moment("time", "when it was recorded as done"),
    ]

    private static let claim: [Column] = [
        .text("claim", "the claim"), ofProgram, ofPartner, inPeriod, .text("activity", "what for"),
        .text("status", "as shown"), .text("payment", "how far it is paid"),
        .text("currency", "ISO 4217 code", isRequired: false),
        .amount("amount", "submitted, or of the draft", isRequired: false),
        .amount("approved", "what is approved", isRequired: false),
        .amount("paid", "what is paid", isRequired: false),
        .day("activityDate", "when the activity took place", isRequired: false),
        .moment("createdAt", "its first event", isRequired: false),
        .moment("submittedAt", "when it was last handed in", isRequired: false),
        .moment("decidedAt", "when it was last decided", isRequired: false),
        .moment("updatedAt", "its last event", isRequired: false),
        .integer("events", "how many"),
    ]

    private static let association: [Column] = [
        .text("association", "the association"), ofProgram, ofPartner,
        .text("activity", "what for"), .text("status", "as shown"),
        .moment("createdAt", "its first event", isRequired: false),
        .moment("submittedAt", "when it was last handed in", isRequired: false),
        .moment("decidedAt", "when it was last decided", isRequired: false),
        .moment("updatedAt", "its last event", isRequired: false),
        .integer("events", "how many"),
    ]

    private static let balance: [Column] =
        [ofProgram, ofPartner, inPeriod, currency]
        + [
            ("earned", "earned"), ("adjusted", "adjusted, signed"),
            ("rolledIn", "from other periods"), ("rolledOut", "to other periods"),
            ("converted", "became rebate"), ("reserved", "for claims that wait"),
            ("approved", "for approved claims"), ("paid", "part of approved"),
            ("due", "approved and not paid"), ("expired", "left after the deadline"),
            ("available", "can still be claimed"), ("claimed", "reserved and approved"),
        ].map { Column.amount($0.0, $0.1) }
        + [.day("deadline", "the last day to claim", isRequired: false)]
}

extension LedgerTable.Column {
    fileprivate static func text(_ name: String, _ summary: String, isRequired: Bool = true) -> Self
    {
        Self(name: name, type: .text, isRequired: isRequired, summary: summary)
    }

    fileprivate static func integer(_ name: String, _ summary: String) -> Self {
        Self(name: name, type: .integer, isRequired: true, summary: summary)
    }

    fileprivate static func amount(
        _ name: String, _ summary: String, isRequired: Bool = true
    ) -> Self {
        Self(name: name, type: .amount, isRequired: isRequired, summary: summary)
    }

    fileprivate static func day(_ name: String, _ summary: String, isRequired: Bool = true) -> Self
    {
        Self(name: name, type: .day, isRequired: isRequired, summary: summary)
    }

    fileprivate static func moment(
        _ name: String, _ summary: String, isRequired: Bool = true
    ) -> Self {
        Self(name: name, type: .moment, isRequired: isRequired, summary: summary)
    }

    fileprivate static func json(_ name: String, _ summary: String) -> Self {
        Self(name: name, type: .json, isRequired: true, summary: summary)
    }
}
