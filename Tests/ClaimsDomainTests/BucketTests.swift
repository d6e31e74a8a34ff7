import ClaimsDomain
import ClaimsTestSupport
import Testing

@Suite struct BucketTests {
    static func account(
        _ program: String, _ partner: String, _ period: String, _ currency: String
    ) -> FundAccount {
        FundAccount(
            program: ProgramID(program), partner: PartnerID(partner), period: PeriodLabel(period),
            currency: Samples.currency(currency))
    }

    @Test("accounts are ordered by program, partner, period and currency, in this order")
    func order() {
        let sorted = [
            Self.account("a", "1", "p", "EUR"), Self.account("a", "1", "p", "USD"),
            Self.account("a", "1", "q", "EUR"), Self.account("a", "2", "p", "EUR"),
            Self.account("b", "0", "p", "EUR"),
        ]
        #expect(sorted.reversed().sorted() == sorted)
    }

    @Test("an account reads as its four parts")
    func description() {
        #expect(Samples.account.description == "csp-indirect/4567890/FY20-H1/USD")
    }
}
