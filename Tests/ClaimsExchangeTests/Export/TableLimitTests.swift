import ClaimsDomain
import ClaimsExchange
import ClaimsLedger
import ClaimsProjections
import Testing

@Suite("What limits the rows of a table")
struct TableLimitTests {
    private static let desk = Result { try ExportDesk(events: 1_000, seed: 11) }

    private static func rows(_ table: LedgerTable, _ selection: Selection) throws -> [String] {
        var rows: [String] = []
        let told = LedgerRows([table], selection: selection) { _, values in
            // A number counts the rows that are there.
            rows.append("\(table.key == ["number"] ? Array(values.dropFirst()) : values)")
        }
        // Much later, what is approved and was not paid is a finding.
        let viewpoint = Viewpoint(
            asOf: table == .findings ? Instant("2035-01-01T00:00:00Z") : nil)
        _ = try told.tell(try desk.get().ledger, at: viewpoint)
        return rows
    }

    /// Selections by one part, of something that the ledger has; one of them is not everywhere.
    private static func selections(by part: SelectionPart) throws -> [Selection] {
        if part == .program {
            let programs = Set(try desk.get().ledger.balances().value.rows.compactMap(\.program))
            return programs.sorted().map { program in
                var selection = Selection()
                selection.program = program
                return selection
            }
        }
        let claims = try desk.get().ledger.claims().value.rows
        return [claims.count / 2, 0, claims.count - 1].map { selection(by: part, claims[$0]) }
    }

    private static func selection(by part: SelectionPart, _ claim: ClaimRow) -> Selection {
        var selection = Selection()
        switch part {
        case .program: selection.program = claim.program
        case .partner: selection.partner = claim.partner
        case .period: selection.period = claim.period
        case .claim: selection.claim = claim.claim
        case .activity: selection.activity = claim.activity
        case .status: selection.status = "approved"
        case .type: selection.kind = .claimApproved
        case .actor: selection.actor = "r-11"
        case .from: selection.from = claim.updatedAt
        case .to: selection.to = claim.updatedAt
        case .minAmount: selection.minAmount = ExactDecimal("1000")
        case .maxAmount: selection.maxAmount = ExactDecimal("1000")
        }
        return selection
    }

    @Test("each part that a table names limits it, and no other", arguments: LedgerTable.allCases)
    func limits(table: LedgerTable) throws {
        let all = try Self.rows(table, Selection())
        #expect(!all.isEmpty)
        for part in SelectionPart.allCases {
            let isLimited = try Self.selections(by: part).contains { selection in
                #expect(selection.parts == [part])
                let some = try Self.rows(table, selection)
                #expect(Set(some).isSubset(of: all), "\(part)")
                return some.count < all.count
            }
            #expect(isLimited == table.limits.contains(part), "\(part)")
        }
    }

    @Test("what limits all tables together limits each with such a column")
    func common() {
        for table in LedgerTable.allCases {
            let columns = Set(table.columns.map(\.name))
            for part in LedgerTable.commonLimits where columns.contains(part.rawValue) {
                #expect(table.limits.contains(part), "\(table) \(part)")
            }
        }
    }
}
