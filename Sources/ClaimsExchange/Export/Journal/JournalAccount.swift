import ClaimsDomain

/// Where the money of a fund stands in the books of a plain-text accounting tool.
///
/// The buckets that hold or count money each on their own: `approved` is `due` and `paid` together.
/// The raw value is the place in tables.
enum JournalLeaf: Int, CaseIterable {
    case earned, adjusted
    case rolledIn, rolledOut
    case available, reserved, due
    case paid, converted, expired

    /// The kind of account, which such tools sum by.
    enum Root: CaseIterable { case income, equity, assets, expenses }

    /// What came is income, what is still held an asset, where it went an expense; what moved to or
    /// from another period is neither.
    var root: Root {
        switch self {
        case .earned, .adjusted: .income
        case .rolledIn, .rolledOut: .equity
        case .available, .reserved, .due: .assets
        case .paid, .converted, .expired: .expenses
        }
    }

    /// The bucket's name.
    var bucket: Bucket {
        switch self {
        case .earned: .earned
        case .adjusted: .adjusted
        case .rolledIn: .rolledIn
        case .rolledOut: .rolledOut
        case .available: .available
        case .reserved: .reserved
        case .due: .due
        case .paid: .paid
        case .converted: .converted
        case .expired: .expired
        }
    }

    /// Where a posting's bucket stands: what is approved is due until it is paid.
    init?(_ bucket: Bucket) {
        switch bucket {
        case .earned: self = .earned
        case .adjusted: self = .adjusted
        case .rolledIn: self = .rolledIn
        case .rolledOut: self = .rolledOut
        case .available: self = .available
        case .reserved: self = .reserved
        case .approved, .due: self = .due
        case .paid: self = .paid
        case .converted: self = .converted
        case .expired: self = .expired
        case .claimed: return nil
        }
    }
}

/// A fund account as the books know it: what moved through each leaf, and up to when.
struct JournalAccount {
    /// What a leaf held at the end of a day: to be asserted.
    struct Cut {
        let day: Day
        var units = [Int64](repeating: 0, count: JournalLeaf.allCases.count)
        /// What ends that day, in words.
        let what: String
    }

    let account: FundAccount
    /// By leaf, debits positive, in minor units.
    private(set) var units = [Int64](repeating: 0, count: JournalLeaf.allCases.count)
    /// The leaves that were posted to, or that a note stands on: a bit each.
    private var usedBits: UInt16 = 0
    private(set) var firstDay: Day
    /// When what is available last moved.
    private(set) var lastAvailable: Day
    /// The days of the account's own period that are asserted, in order.
    private(set) var cuts: [Cut]

    /// An account first touched on a day; `period` is its usage period where the rules know it.
    init(_ account: FundAccount, on day: Day, period: UsagePeriod?) {
        self.account = account
        firstDay = day
        lastAvailable = day
        cuts =
            period.map {
                [
                    Cut(day: $0.usage.last, what: "end of the usage period"),
                    Cut(day: $0.claimDeadline, what: "claim deadline"),
                ]
            } ?? []
    }

    /// Takes one side of a posting.
    mutating func post(_ amount: Int64, to leaf: JournalLeaf, on day: Day) {
        // A fund whose sums leave 64 bits ends the replay before it comes here.
        units[leaf.rawValue] &+= amount
        for index in cuts.indices where day <= cuts[index].day {
            cuts[index].units[leaf.rawValue] &+= amount
        }
        if leaf == .available { lastAvailable = max(lastAvailable, day) }
        use(leaf, on: day)
    }

    /// Takes note that a leaf has to be declared from a day on.
    mutating func use(_ leaf: JournalLeaf, on day: Day) {
        usedBits |= 1 << UInt16(leaf.rawValue)
        firstDay = min(firstDay, day)
    }

    /// The leaves that were posted to, or that a note stands on, in their order.
    var used: [JournalLeaf] {
        JournalLeaf.allCases.filter { usedBits & 1 << UInt16($0.rawValue) != 0 }
    }
}
