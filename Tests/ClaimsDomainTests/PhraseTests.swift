import ClaimsDomain
import ClaimsTestSupport
import Testing

@Suite struct PhraseTests {
    private let amount = usd(125_000)

    @Test("an interpolated amount stays an amount, all else is words")
    func parts() {
        let phrase: Phrase = "\(amount) on \(3) days"
        #expect(phrase.parts == [.amount(amount), .words(" on "), .words("3"), .words(" days")])
        #expect(phrase.text { _ in "so much" } == "so much on 3 days")
    }

    @Test("a phrase in a phrase keeps its amounts; a text that looks like one gains none")
    func nested() {
        let inner: Phrase = "at most \(amount)"
        let outer: Phrase = "\(inner), " + Phrase("1250.00 USD")
        #expect(outer.text { _ in "so much" } == "at most so much, 1250.00 USD")
    }

    @Test("for programs and messages an amount is as it can be typed")
    func description() {
        let phrase: Phrase = "at most \(amount)"
        #expect(phrase.description == "at most 1250.00 USD")
        #expect(phrase == Phrase("at most 1250.00 USD"))
    }

    @Test("phrases are joined with words between them")
    func joined() {
        let phrases: [Phrase] = ["a", "\(amount)", ""]
        #expect(phrases.joined(separator: ", ") == "a, \(amount), ")
        #expect([Phrase]().joined(separator: ", ") == "")
    }
}
