/// What is to happen on which day of the simulation, up to a year and a half ahead.
///
/// A ring of days: it holds what is open, however long the ledger gets.
struct Agenda {
    /// Something to do at a time of a day.
    struct Item {
        /// The second of the day, then the order of entry: the order in which items are done.
        fileprivate(set) var rank: UInt64
        let errand: Errand

        /// The second of the day.
        var second: Int64 { Int64(rank >> 32) }
    }

    /// Who is to do something.
    enum Errand {
        case claim(Int)
        case association(Int)
        case newClaim
        case newAssociation
        case enroll(partner: Int)
        case earn(partner: Int, half: Int, part: Int64)
        case convert(partner: Int, half: Int)
        case adjust(partner: Int, half: Int)
        case rollOver(partner: Int, half: Int)
        case publish(program: Int)
        case close(program: Int, half: Int)
    }

    /// The farthest day ahead that something can be put down for, and one more.
    static let days = 560

    private var ring = [[Item]](repeating: [], count: days)
    private var today = 0
    private var entered: UInt64 = 0

    /// Puts something down, for today only while the day has not begun.
    mutating func put(_ errand: Errand, inDays days: Int64, second: Int64) {
        entered += 1
        let rank = UInt64(second) << 32 | (entered & 0xFFFF_FFFF)
        ring[(today + Int(days)) % Self.days].append(Item(rank: rank, errand: errand))
    }

    /// What is down for today, in order; the day is then empty.
    mutating func begin() -> [Item] {
        var items: [Item] = []
        swap(&items, &ring[today])
        items.sort { $0.rank < $1.rank }
        return items
    }

    /// Goes on to the next day.
    mutating func turn() { today = (today + 1) % Self.days }
}
