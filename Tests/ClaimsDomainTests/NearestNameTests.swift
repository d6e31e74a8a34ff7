import ClaimsDomain
import Testing

@Suite struct NearestNameTests {
    static let known = ["csp-direct", "csp-indirect", "osa-sell", "hosting"]

    static let cases: [(name: String, nearest: String?)] = [
        ("csp-indirect", "csp-indirect"), ("csp-indrect", "csp-indirect"),
        ("CSP-Direct", "csp-direct"), ("csp-driect", "csp-direct"), ("hosting1", "hosting"),
        ("hsoting", "hosting"), ("osa", nil), ("", nil), ("surface", nil), ("hos", nil),
        ("hostxyz", nil), ("hostiyz", "hosting"),
    ]

    @Test("a mistyped name suggests what is within a third of its length", arguments: cases)
    func suggestion(name: String, nearest: String?) {
        #expect(NearestName.suggestion(for: name, among: Self.known) == nearest)
    }

    @Test("of names equally near the first is taken, and the nearer wins wherever it stands")
    func ties() {
        #expect(NearestName.suggestion(for: "CLM-3", among: ["CLM-1", "CLM-2"]) == "CLM-1")
        #expect(NearestName.suggestion(for: "abcdef", among: ["abcxyf", "abcdeg"]) == "abcdeg")
    }

    @Test("a name of one letter may differ in one, and without candidates there is none")
    func short() {
        #expect(NearestName.suggestion(for: "a", among: ["b"]) == "b")
        #expect(NearestName.suggestion(for: "a", among: ["abc"]) == nil)
        #expect(NearestName.suggestion(for: "a", among: []) == nil)
    }
}
