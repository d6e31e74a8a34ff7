package import ClaimsDomain
package import ClaimsLedger
package import ClaimsProjections

/// A report as one HTML file that needs nothing else: no network, and no script to read it.
package struct ReportPage {
    /// Where the page comes from, for the proof stamp on it.
    package struct Origin: Sendable {
        /// The log's name; nil for a plain file.
        package var origin: String?
        /// The tree's root over the events known; nil when there are none.
        package var root: String?
        /// The arguments that ask for the same page.
        package var query: [String]
        /// The program that made it.
        package var version: String

        /// Where a page comes from.
        package init(origin: String?, root: String?, query: [String], version: String) {
            self.origin = origin
            self.root = root
            self.query = query
            self.version = version
        }
    }

    /// The format of the page and of the data in it; a changed one gets another number.
    package static let formatVersion = 2

    /// The funds of a programme, period and currency.
    struct Fund {
        let program: ProgramID
        let period: PeriodLabel
        let currency: Currency
        /// The places of its blocks.
        var blocks: Range<Int>
    }

    /// A fund account with its claims; one that nothing moved in has no course.
    struct Block {
        let account: FundAccount
        let course: AccountCourse?
        /// The places of its claims.
        let claims: Range<Int>
    }

    /// A page lists at most this many claims: with more, browsers are no pleasure to use.
    package static let mostClaims = 20_000
    /// A page has timelines of at most this many events: about a fifth of 5 MB.
    package static let mostTimelineEvents: Int64 = 6_000
    /// Above this many claims the accounts are folded at first, and so are as many associations.
    static let mostOpenClaims = 300

    let answer: Answer<LedgerReport>
    let timelines: [ClaimID: ClaimTimeline]
    let origin: Origin
    /// By programme, period and currency.
    let funds: [Fund]
    /// By fund, then partner.
    let blocks: [Block]
    /// In the order of the blocks, by id in each; empty when there are too many for a page.
    let claims: [ClaimCourse]
    /// How many findings each claim or period has, by its id or label.
    let findingCounts: [String: Int]
    /// How many findings each association has, by its id.
    let associationFindingCounts: [String: Int]
    /// Where a claim stands in `claims`, by its id.
    let placesByClaim: [String: Int]
    /// Where an association stands in the list of those that are on the page, by its id.
    let placesByAssociation: [String: Int]

    var report: LedgerReport { answer.value }

    /// The page of an answer, with the timelines that go on it.
    package init(
        _ answer: Answer<LedgerReport>, timelines: [ClaimID: ClaimTimeline], origin: Origin
    ) {
        self.answer = answer
        self.timelines = timelines
        self.origin = origin
        let report = answer.value
        let listed = report.claims.count > Self.mostClaims ? [] : report.claims
        var claimsByAccount: [FundAccount: [ClaimCourse]] = [:]
        var loose: [ClaimCourse] = []
        for claim in listed {
            if let account = claim.account {
                claimsByAccount[account, default: []].append(claim)
            } else {
                loose.append(claim)
            }
        }
        let courses = Dictionary(
            report.accounts.map { ($0.account, $0) }, uniquingKeysWith: { first, _ in first })
        let accounts = Set(courses.keys).union(claimsByAccount.keys).sorted {
            ($0.program, $0.period, $0.currency, $0.partner)
                < ($1.program, $1.period, $1.currency, $1.partner)
        }
        var blocks: [Block] = []
        var funds: [Fund] = []
        var claims: [ClaimCourse] = []
        for account in accounts {
            let own = claimsByAccount[account] ?? []
            blocks.append(
                Block(
                    account: account, course: courses[account],
                    claims: claims.count..<claims.count + own.count))
            claims += own
            if let last = funds.last, last.program == account.program,
                last.period == account.period, last.currency == account.currency
            {
                funds[funds.count - 1].blocks = last.blocks.lowerBound..<blocks.count
            } else {
                funds.append(
                    Fund(
                        program: account.program, period: account.period,
                        currency: account.currency, blocks: blocks.count - 1..<blocks.count))
            }
        }
        self.blocks = blocks
        self.funds = funds
        self.claims = claims + loose
        findingCounts = Self.counts(report.findings.filter { $0.subjectKind != .association })
        associationFindingCounts = Self.counts(
            report.findings.filter { $0.subjectKind == .association })
        placesByClaim = Self.places(self.claims.map(\.row.claim.text))
        placesByAssociation = Self.places(
            report.associations.prefix(Self.mostAssociations).map(\.row.association.text))
    }

    /// How many findings there are of each subject.
    private static func counts(_ findings: [FindingRow]) -> [String: Int] {
        findings.reduce(into: [:]) { $0[$1.subject, default: 0] += 1 }
    }

    /// Where each id stands.
    private static func places(_ ids: [String]) -> [String: Int] {
        Dictionary(zip(ids, ids.indices), uniquingKeysWith: { first, _ in first })
    }

    /// The claims without a currency: events name them, none created them.
    var loose: Range<Int> { (blocks.last?.claims.upperBound ?? 0)..<claims.count }

    /// Whether there are more claims than a page lists.
    var leavesClaimsOut: Bool { report.claims.count > Self.mostClaims }

    /// The claims whose timelines go on a page: those with findings first, then the open ones, then
    /// those that changed last, until there are enough events.
    package static func claimsWithTimeline(_ report: LedgerReport) -> Set<ClaimID> {
        guard report.claims.count <= mostClaims else { return [] }
        let found = Set(report.findings.map(\.subject))
        func rank(_ claim: ClaimCourse) -> Int {
            if found.contains(claim.row.claim.text) { return 0 }
            let isOpen = ClaimStatus(rawValue: claim.row.status)?.holdsReservation ?? false
            return isOpen ? 1 : 2
        }
        let ranked = report.claims.map { (claim: $0, rank: rank($0)) }.sorted { left, right in
            if left.rank != right.rank { return left.rank < right.rank }
            if left.claim.row.updatedAt != right.claim.row.updatedAt {
                guard let first = left.claim.row.updatedAt else { return false }
                guard let second = right.claim.row.updatedAt else { return true }
                return first > second
            }
            return left.claim.row.claim < right.claim.row.claim
        }
        var left = mostTimelineEvents
        var chosen: Set<ClaimID> = []
        for (claim, _) in ranked {
            left -= claim.row.events
            guard left >= 0 else { break }
            chosen.insert(claim.row.claim)
        }
        return chosen
    }
}

extension Bucket {
    /// The name for people: the title of its column.
    var title: String {
        switch self {
        case .rolledIn: "Rolled in"
        case .rolledOut: "Rolled out"
        case .earned, .adjusted, .converted, .available, .reserved, .approved, .expired, .due,
            .paid, .claimed:
            rawValue.capitalizedWord
        }
    }

    /// Its place in the order of balances, by which the script knows it.
    var number: Int { Self.inReportOrder.firstIndex(of: self) ?? 0 }
}

extension Sequence<AccountCourse?> {
    /// What the accounts of one currency hold together at a month's end, by the order of balances.
    func figures(month: Int) -> [Int64] {
        var sums = [Int64](repeating: 0, count: Bucket.inReportOrder.count)
        for case let course? in self {
            for (place, bucket) in Bucket.inReportOrder.enumerated() {
                let figure = Int128(course.figure(of: bucket, month: month) ?? 0)
                sums[place] = Int64(clamping: Int128(sums[place]) + figure)
            }
        }
        return sums
    }
}
