import ClaimsDomain
import ClaimsTestSupport
import Testing

@Suite struct CurrencyTests {
    static let unlike: [(digits: Int, codes: String)] = [
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (3, "BHD IQD JOD KWD LYD OMR TND"), (4, "CLF UYW"),
    ]

    @Test("minor digits are two, but for the currencies ISO 4217 lists", arguments: unlike)
    func fractionDigits(digits: Int, codes: String) {
        let found = Currency.all.filter { $0.fractionDigits == digits }.map(\.code)
        #expect(found.joined(separator: " ") == codes)
    }

    @Test("every other currency has two minor digits")
    func twoDigits() {
        let others = Currency.all.filter { $0.fractionDigits == 2 }
        let unlike = Self.unlike.map { $0.codes.split(separator: " ").count }.reduce(0, +)
        #expect(others.count == Currency.all.count - unlike)
        #expect(["EUR", "GBP", "INR", "MGA", "MRU", "USD"].allSatisfy(others.map(\.code).contains))
    }

    @Test("the table is in the order of the codes and names each once")
    func order() {
        let codes = Currency.all.map(\.code)
        #expect(codes == Set(codes).sorted())
        #expect(Currency.all == Currency.all.sorted())
        #expect(codes.first == "AED")
        #expect(codes.last == "ZWL")
    }

    @Test("a currency of the table is found by its code, and reads as it")
    func roundTrip() {
        for currency in Currency.all {
            #expect(Currency(code: currency.code) == currency)
            #expect(currency.description == currency.code)
        }
    }

    @Test(
        "currencies withdrawn since 2017 are still known", arguments: ["ANG", "HRK", "MRO", "VEF"])
    func withdrawn(code: String) { #expect(Currency(code: code)?.code == code) }

    @Test(
        "a text that is no code of the table is no currency",
        arguments: [
            "", "U", "US", "usd", "Usd", "USDX", "USD ", " USD", "XXX", "XTS", "XAU", "AAA", "ZZZ",
            "US\u{0}", "\u{20AC}", "DEM",
        ])
    func unknown(code: String) { #expect(Currency(code: code) == nil) }

    @Test("currencies are ordered by their codes, not by their digits")
    func comparison() {
        #expect(Samples.currency("BHD") < Samples.currency("JPY"))
        #expect(Samples.currency("JPY") < Samples.currency("USD"))
        #expect(!(Samples.currency("USD") < Samples.currency("USD")))
    }
}
