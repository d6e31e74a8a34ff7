import ClaimsDomain

/// The partners of a generated ledger: many small ones, few huge ones.
///
/// The weight of the n-th is proportional to 1/n (Zipf), in whole numbers.
struct Population {
    /// One partner.
    struct Partner {
        let id: PartnerID
        /// Its place in `GeneratedRules.ids`.
        let program: Int
        let currency: Currency
        let country: String
        let location: String
        /// Who hands in its claims.
        let staff: Actor
        /// Claims expected of it in a usage period, in thousandths.
        let claimsInThousandths: Int64
    }

    let partners: [Partner]
    /// The running total of the weights.
    private let totals: [Int64]

    private static let homes: [(currency: String, country: String, location: String)] = [
        ("USD", "US", "Seattle office"), ("USD", "US", "Dallas office"),
        ("USD", "CA", "Toronto office"), ("EUR", "DE", "Hamburg office"),
        ("EUR", "NL", "Utrecht office"), ("GBP", "GB", "Leeds office"),
        ("JPY", "JP", "Osaka office"),
    ]

    /// `count` partners that hand in `claims` claims a usage period between them.
    init(count: Int64, claims: Int64) {
        var totals: [Int64] = []
        var sum: Int64 = 0
        for number in 1...count {
            sum += Self.weight / number + 1
            totals.append(sum)
        }
        self.totals = totals
        let homes = Self.homes.compactMap { home in
            Currency(code: home.currency).map { ($0, home.country, home.location) }
        }
        partners = (0..<count).map { place in
            // A walk over all seven-digit numbers from 4,000,000 that never meets itself: the
            // largest partners do not have the lowest ids.
            let id = 4_000_000 + (place + 1) * 2_654_435 % 5_999_993
            let home = homes[Int(id % Int64(homes.count))]
            let weight = Self.weight / (place + 1) + 1
            return Partner(
                id: PartnerID(String(id)), program: id % 3 == 0 ? 1 : 0, currency: home.0,
                country: home.1, location: home.2, staff: Actor(kind: .user, id: "u-\(id)"),
                claimsInThousandths: Int64(Int128(claims) * 1000 * Int128(weight) / Int128(sum)))
        }
    }

    /// Who hands in the next claim.
    func draw(_ random: inout SeededRandom) -> Int { random.place(in: totals) }

    private static let weight: Int64 = 1_000_000_000
}
