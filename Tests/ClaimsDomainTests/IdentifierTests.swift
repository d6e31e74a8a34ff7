import ClaimsDomain
import Testing

@Suite struct IdentifierTests {
    @Test(
        "letters and digits, and . _ : - after the first, are an id of 1 to 64 bytes",
        arguments: [
            "a", "Z", "0", "CLM-1042", "csp-indirect", "FY20-H2", "a.b_c:d-e", "4567890",
            String(repeating: "x", count: 64),
        ])
    func accepted(text: String) throws {
        let id: ClaimID = try IdentifierRule.check(text, kind: "claim")
        #expect(id.text == text)
        #expect(id.description == text)
    }

    @Test(
        "any other text is no new id",
        arguments: [
            "", ".a", "-a", "_a", ":a", "a b", "a/b", "a\n", "\u{E9}", "a\u{301}", "a%", "a@b",
            "\u{0}", String(repeating: "x", count: 65),
        ])
    func refused(text: String) {
        let error = #expect(throws: IdentifierError.self) {
            let _: ClaimID = try IdentifierRule.check(text, kind: "claim")
        }
        #expect(
            error?.description == """
                claim id '\(text)' has characters an id may not have; expected 1 to 64 letters, \
                digits or any of . _ : - after a letter or digit
                """)
        #expect(error?.kind == "claim")
        #expect(error?.text == text)
    }

    @Test("history keeps its names, and they are ordered by their scalars")
    func anyText() {
        let names = ["\u{E9}", "b", "a b", "B", "a"].map { PartnerID($0) }
        #expect(names.sorted().map(\.text) == ["B", "a", "a b", "b", "\u{E9}"])
    }
}
