import ClaimsDomain
import Testing

@Suite struct ClaimStatusTests {
    @Test("a claim keeps its reservation exactly while it waits for a decision")
    func holdsReservation() {
        let holding = ClaimStatus.allCases.filter(\.holdsReservation)
        #expect(holding == [.submitted, .underReview, .actionRequired, .disputed])
    }

    static let payments: [(paid: Int64, approved: Int64, everPaid: Bool, state: PaymentState)] = [
        (0, 100, false, .unpaid), (0, 0, false, .unpaid), (1, 100, true, .partlyPaid),
        (99, 100, true, .partlyPaid), (100, 100, true, .paid), (101, 100, true, .paid),
        (0, 100, true, .reversed), (-1, 100, true, .reversed), (1, 0, true, .paid),
        (0, 0, true, .reversed), (-1, 0, false, .unpaid),
    ]

    @Test("payment is told by what is paid of what is approved", arguments: payments)
    func payment(paid: Int64, approved: Int64, everPaid: Bool, state: PaymentState) {
        #expect(PaymentState(paid: paid, approved: approved, everPaid: everPaid) == state)
    }

    @Test("exactly the eighteen kinds of claim events have an action, each its own")
    func actions() {
        let kinds = EventKind.allCases.filter { ClaimAction($0) != nil }
        #expect(kinds == EventKind.allCases.filter { $0.subjectKind == .claim })
        #expect(Set(kinds.compactMap(ClaimAction.init)) == Set(ClaimAction.allCases))
        #expect(kinds.count == ClaimAction.allCases.count)
    }
}
