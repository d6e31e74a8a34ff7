/// One part of what a claim asks for: what caps by type or traveller are taken over.
public struct ClaimExpense: Equatable, Sendable {
    /// The type, as the activity's rules name it.
    public var type: String
    /// Minor units of the claim's currency.
    public var amountMinorUnits: Int64
    /// Whose travel it was, an opaque id; nil for other expenses.
    public var traveller: String?

    /// An expense.
    public init(type: String, amountMinorUnits: Int64, traveller: String? = nil) {
        self.type = type
        self.amountMinorUnits = amountMinorUnits
        self.traveller = traveller
    }
}

/// A draft: one activity, one amount, one currency.
public struct ClaimCreated: Equatable, Sendable {
    /// The usage period, by its label.
    public var period: PeriodLabel
    /// The activity of the programme's catalogue.
    public var activity: ActivityID
    /// The amount, in its currency.
    public var amount: Money
    /// When the activity took place.
    public var activityDate: Day
    /// What it was, in words.
    public var title: String?
    /// The partner's location.
    public var location: String?
    /// Done by the partner's own staff: a certification statement is then needed.
    public var inHouseWork: Bool?
    /// Done by an outside vendor: its invoice is then needed.
    public var thirdPartyVendor: Bool?
    /// What the amount is made up of.
    public var expenses: [ClaimExpense]?

    /// A draft of a claim.
    public init(
        period: PeriodLabel, activity: ActivityID, amount: Money, activityDate: Day,
        title: String? = nil, location: String? = nil, inHouseWork: Bool? = nil,
        thirdPartyVendor: Bool? = nil, expenses: [ClaimExpense]? = nil
    ) {
        self.period = period
        self.activity = activity
        self.amount = amount
        self.activityDate = activityDate
        self.title = title
        self.location = location
        self.inHouseWork = inHouseWork
        self.thirdPartyVendor = thirdPartyVendor
        self.expenses = expenses
    }
}

/// The changed fields of a draft; nil leaves a field as it was.
public struct ClaimAmended: Equatable, Sendable {
    /// The usage period, by its label.
    public var period: PeriodLabel?
    /// The activity of the programme's catalogue.
    public var activity: ActivityID?
    /// The amount, in its currency.
    public var amount: Money?
    /// When the activity took place.
    public var activityDate: Day?
    /// What it was, in words.
    public var title: String?
    /// The partner's location.
    public var location: String?
    /// Whether the partner's own staff did it.
    public var inHouseWork: Bool?
    /// Whether an outside vendor did it.
    public var thirdPartyVendor: Bool?
    /// What the amount is made up of, anew and whole.
    public var expenses: [ClaimExpense]?

    /// No change; set what changes.
    public init() {}

    /// Whether nothing changes.
    public var isEmpty: Bool { self == ClaimAmended() }
}

/// A colleague is asked for a document.
public struct EvidenceRequested: Equatable, Sendable {
    /// The opaque id of the colleague.
    public var from: String
    /// Its kind.
    public var kind: EvidenceKind
    /// A remark.
    public var note: String?

    /// A request to a colleague.
    public init(from: String, kind: EvidenceKind, note: String? = nil) {
        self.from = from
        self.kind = kind
        self.note = note
    }
}

/// A document that proves a claim or an association; the log keeps its hash, not its bytes.
public struct EvidenceAttached: Equatable, Sendable {
    /// The facts of an invoice that findings compare.
    public struct Invoice: Equatable, Sendable {
        /// The invoice number.
        public var number: String
        /// Who issued it.
        public var vendor: String
        /// Its date.
        public var date: Day
        /// The amount, in its currency.
        public var amount: Money

        /// The facts of an invoice.
        public init(number: String, vendor: String, date: Day, amount: Money) {
            self.number = number
            self.vendor = vendor
            self.date = date
            self.amount = amount
        }
    }

    /// A number or summary an activity has to report.
    public struct Metric: Equatable, Sendable {
        /// Its name.
        public var name: String
        /// Its value.
        public var value: String

        /// A metric's name and value.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The document's id.
    public var evidence: EvidenceID
    /// Its kind.
    public var kind: EvidenceKind
    /// The file's name, without a path.
    public var filename: String
    /// Such as application/pdf.
    public var mediaType: String
    /// Bytes.
    public var size: Int64
    /// 64 lower-case hexadecimal digits.
    public var sha256: String
    /// A remark.
    public var note: String?
    /// The facts of an invoice.
    public var invoice: Invoice?
    /// What the activity reports.
    public var metric: Metric?
    /// Whether the original on paper was handed in with it.
    public var original: Bool?
    /// The date the document bears, such as that of a signature.
    public var datedOn: Day?

    /// A document by its hash.
    public init(
        evidence: EvidenceID, kind: EvidenceKind, filename: String, mediaType: String, size: Int64,
        sha256: String, note: String? = nil, invoice: Invoice? = nil, metric: Metric? = nil,
        original: Bool? = nil, datedOn: Day? = nil
    ) {
        self.evidence = evidence
        self.kind = kind
        self.filename = filename
        self.mediaType = mediaType
        self.size = size
        self.sha256 = sha256
        self.note = note
        self.invoice = invoice
        self.metric = metric
        self.original = original
        self.datedOn = datedOn
    }
}

/// A reviewer asks the partner for documents, item by item.
public struct DocumentsRequested: Equatable, Sendable {
    /// One document asked for, or one attached document that does not suffice.
    public struct Item: Equatable, Sendable {
        /// Its kind.
        public var kind: EvidenceKind
        /// The document's id.
        public var evidence: EvidenceID?
        /// Why.
        public var reason: String

        /// An item of a request.
        public init(kind: EvidenceKind, evidence: EvidenceID? = nil, reason: String) {
            self.kind = kind
            self.evidence = evidence
            self.reason = reason
        }
    }

    /// At least one.
    public var items: [Item]
    /// The day to answer by.
    public var dueOn: Day?
    /// Whether the originals on paper are asked for.
    public var originals: Bool?

    /// A request for documents.
    public init(items: [Item], dueOn: Day? = nil, originals: Bool? = nil) {
        self.items = items
        self.dueOn = dueOn
        self.originals = originals
    }
}

/// Money paid to the partner for an approved claim.
public struct Reimbursed: Equatable, Sendable {
    /// The exchange rate a payment in another currency was made at: a fact, never recomputed.
    public struct Rate: Equatable, Sendable {
        /// Where it comes from.
        public var from: Currency
        /// Where it goes.
        public var to: Currency
        /// Units of `to` for one unit of `from`.
        public var value: ExactDecimal
        /// Its date.
        public var date: Day

        /// A rate of a day.
        public init(from: Currency, to: Currency, value: ExactDecimal, date: Day) {
            self.from = from
            self.to = to
            self.value = value
            self.date = date
        }
    }

    /// What of the claim it settles, in the claim's currency.
    public var amount: Money
    /// The payment's own id.
    public var paymentReference: String
    /// The day the money was sent.
    public var paidOn: Day
    /// The exchange rate, where the payment was in another currency.
    public var rate: Rate?
    /// What the partner received, where that was in another currency; `amount` is what it settles.
    public var payout: Money?
    /// The entity that paid, an opaque id, where several pay for one programme.
    public var payer: String?

    /// A payment.
    public init(
        amount: Money, paymentReference: String, paidOn: Day, rate: Rate? = nil,
        payout: Money? = nil, payer: String? = nil
    ) {
        self.amount = amount
        self.paymentReference = paymentReference
        self.paidOn = paidOn
        self.rate = rate
        self.payout = payout
        self.payer = payer
    }
}

/// A payment that came back or is recouped.
public struct ReimbursementReversed: Equatable, Sendable {
    /// The amount, in its currency.
    public var amount: Money
    /// The payment's own id.
    public var paymentReference: String
    /// Why.
    public var reason: String

    /// A reversal of a payment.
    public init(amount: Money, paymentReference: String, reason: String) {
        self.amount = amount
        self.paymentReference = paymentReference
        self.reason = reason
    }
}
