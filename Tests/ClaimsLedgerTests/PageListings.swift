import ClaimsLedger
import Testing

/// The short listings of the documentation's pages, compiled and run.
///
/// A test of the pages looks for each listing in the sources of the tests.
@Suite("The listings of the pages")
struct PageListings {
    @Test("the landing page's finds the funds with something left")
    func landing() throws {
        let ledger = try Ledger.open("events")
        let june = Viewpoint(asOf: Instant("2020-06-30T23:59:59Z"))
        let left = try ledger.balances(at: june).value.rows.filter { $0.available > 0 }
        #expect(left.count == 11)
    }
}
