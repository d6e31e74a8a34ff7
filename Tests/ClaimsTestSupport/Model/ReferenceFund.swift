package import ClaimsDomain

/// A fund account by its four names.
package struct ReferenceAccount: Hashable, Sendable {
    package let program: String
    package let partner: String
    package let period: String
    package let currency: String

    /// The four names with slashes between.
    package var name: String { "\(program)/\(partner)/\(period)/\(currency)" }

    package init(program: String, partner: String, period: String, currency: String) {
        self.program = program
        self.partner = partner
        self.period = period
        self.currency = currency
    }
}

/// The figures of a fund account in minor units, all of them sums.
package struct ReferenceFigures: Equatable, Sendable {
    package var earned: Int64 = 0
    package var adjusted: Int64 = 0
    package var rolledIn: Int64 = 0
    package var rolledOut: Int64 = 0
    package var converted: Int64 = 0
    package var reserved: Int64 = 0
    package var approved: Int64 = 0
    package var paid: Int64 = 0
    /// What is lost because the claim deadline passed.
    package var expired: Int64 = 0

    package init() {}

    package var due: Int64 { approved - paid }
    package var claimed: Int64 { reserved + approved }
    /// The rest: what came in, less what left, is claimed or is lost.
    package var available: Int64 {
        earned + adjusted + rolledIn - rolledOut - converted - reserved - approved - expired
    }

    /// Each bucket's figure.
    ///
    /// Source: design, section 6.
    package func figure(of bucket: Bucket) -> Int64 {
        switch bucket {
        case .earned: earned
        case .adjusted: adjusted
        case .rolledIn: rolledIn
        case .rolledOut: rolledOut
        case .converted: converted
        case .reserved: reserved
        case .approved: approved
        case .paid: paid
        case .expired: expired
        case .due: due
        case .claimed: claimed
        case .available: available
        }
    }

    static func + (left: Self, right: Self) -> Self {
        var sum = left
        sum.earned += right.earned
        sum.adjusted += right.adjusted
        sum.rolledIn += right.rolledIn
        sum.rolledOut += right.rolledOut
        sum.converted += right.converted
        sum.reserved += right.reserved
        sum.approved += right.approved
        sum.paid += right.paid
        return sum
    }

    static prefix func - (figures: Self) -> Self {
        var negated = Self()
        negated.earned = -figures.earned
        negated.adjusted = -figures.adjusted
        negated.rolledIn = -figures.rolledIn
        negated.rolledOut = -figures.rolledOut
        negated.converted = -figures.converted
        negated.reserved = -figures.reserved
        negated.approved = -figures.approved
        negated.paid = -figures.paid
        return negated
    }
}

/// What one event recorded for a fund account.
struct ReferenceMovement {
    let sequence: Int64
    let account: ReferenceAccount
    let figures: ReferenceFigures
}

extension ReferenceClaim {
    /// What the claim holds, as figures of its account.
    var figures: ReferenceFigures {
        var figures = ReferenceFigures()
        figures.reserved = reserved
        figures.approved = approved
        figures.paid = paid
        return figures
    }
}

/// Fund events as movements of an account.
struct ReferenceFundEvent {
    let account: ReferenceAccount
    /// The periods it names.
    let periods: [String]
    let movements: [ReferenceMovement]

    /// nil for an event that is of no fund.
    init?(_ event: Event) {
        let source = event.content.source
        let subject = event.content.subject
        func account(_ period: String, _ amount: Money) -> ReferenceAccount {
            ReferenceAccount(
                program: source.program.text, partner: source.partner?.text ?? "", period: period,
                currency: amount.currency.code)
        }
        func movement(
            _ period: String, _ amount: Money, _ figure: WritableKeyPath<ReferenceFigures, Int64>
        ) -> ReferenceMovement {
            var figures = ReferenceFigures()
            figures[keyPath: figure] = amount.minorUnits
            return ReferenceMovement(
                sequence: event.sequence, account: account(period, amount), figures: figures)
        }
        switch event.content.payload {
        case .fundsEarned(let earned): movements = [movement(subject, earned.amount, \.earned)]
        case .fundsAdjusted(let change): movements = [movement(subject, change.amount, \.adjusted)]
        case .fundsConverted(let part): movements = [movement(subject, part.amount, \.converted)]
        case .fundsRolledOver(let part):
            movements = [
                movement(subject, part.amount, \.rolledOut),
                movement(part.toPeriod.text, part.amount, \.rolledIn),
            ]
        default: return nil
        }
        self.account = movements[0].account
        periods = movements.map(\.account.period)
    }
}
