import ClaimsDomain
import ClaimsProjections

/// Claims of one status and currency, with how long they have stood so.
struct StatusGroup {
    var claims = 0
    var amount: Int64 = 0
    var approved: Int64 = 0
    var paid: Int64 = 0
    /// By the ages of `ReportPage.ages`; empty for a status that nobody waits on.
    var ages: [Int]
}

extension ReportPage {
    /// The longest stand of each age, in days; what is older is the last age.
    static let ages = [7, 30, 60, 90]

    /// The names of the ages.
    static let ageTitles = ["to 7 days", "8 to 30", "31 to 60", "61 to 90", "over 90"]

    /// Every status a claim can show, in the order of a claim's life.
    static let statuses =
        ClaimStatus.allCases.filter { $0 != .absent }.map(\.rawValue) + [ClaimRegister.expired]

    /// Whether somebody has to act on a claim in this status, so that its age matters.
    static func isOpen(_ status: String) -> Bool {
        status == ClaimStatus.editing.rawValue
            || ClaimStatus(rawValue: status)?.holdsReservation ?? false
    }

    /// A status as a class of the style sheet, by its place.
    static func styleClass(_ status: String) -> String {
        "s\(statuses.firstIndex(of: status) ?? 0)"
    }

    /// Which of the ages something has that has stood as it is since a day.
    func agePlace(_ since: Day) -> Int {
        let days = (report.months.last?.day).map { Int($0.since1970 - since.since1970) } ?? 0
        return Self.ages.firstIndex { days <= $0 } ?? Self.ages.count
    }

    /// The claims by status and currency, in the order of a claim's life.
    private var statusGroups: [(status: String, currency: Currency?, group: StatusGroup)] {
        struct Key: Hashable {
            let place: Int
            let currency: Currency?
        }
        var groups: [Key: StatusGroup] = [:]
        for claim in report.claims {
            guard let place = Self.statuses.firstIndex(of: claim.row.status) else { continue }
            let isOpen = Self.isOpen(claim.row.status)
            let key = Key(place: place, currency: claim.row.currency)
            var group =
                groups[key]
                ?? StatusGroup(ages: isOpen ? Self.ageTitles.map { _ in 0 } : [])
            group.claims += 1
            group.amount &+= claim.row.amount
            group.approved &+= claim.row.approved
            group.paid &+= claim.row.paid
            if isOpen, let since = claim.since { group.ages[agePlace(since)] += 1 }
            groups[key] = group
        }
        return groups.sorted {
            ($0.key.place, $0.key.currency?.code ?? "") < (
                $1.key.place, $1.key.currency?.code ?? ""
            )
        }.map { (Self.statuses[$0.key.place], $0.key.currency, $0.value) }
    }

    /// Claims by status, and how long the open ones have stood so.
    func writeStatuses(_ out: inout HTMLWriter) {
        out.raw("<section id=status><h2>Claims by status and age</h2>")
        guard !report.claims.isEmpty else {
            out.raw("<p>No claim matches.</p></section>")
            return
        }
        out.raw("<p class=hint>The age of an open claim is the number of days since it came into ")
        out.raw("its status.</p>")
        if leavesClaimsOut { writeMoment(&out) }
        out.raw("<div class=wide><table id=statuses>")
        out.head(
            [("Status", false), ("Cur", false), ("Claims", true), ("Amount", true)]
                + [("Approved", true), ("Paid", true)] + Self.ageTitles.map { ($0, true) })
        out.raw("<tbody>")
        for (status, currency, group) in statusGroups {
            out.raw("<tr><th scope=row class=\(Self.styleClass(status))>\(words(status))")
            out.raw("<td>\(currency?.code ?? "-")<td class=n>\(group.claims)")
            for amount in [group.amount, group.approved, group.paid] {
                out.raw("<td class=n>" + grouped(amount, currency))
            }
            for place in Self.ageTitles.indices {
                out.raw("<td class=n>")
                out.raw(group.ages.isEmpty ? "-" : String(group.ages[place]))
            }
        }
        out.raw("</table></div></section>")
    }
}
