import ClaimsDomain
import Testing

@testable import ClaimsCodec

/// Sources as URI references: ids percent-encoded, prefixes of foreign producers kept.
@Suite struct SourceTextTests {
    typealias Case = (text: String, prefix: String, program: String, partner: String?)

    static let canonical: [Case] = [
        ("/programs/p", "", "p", nil), ("/programs/p/partners/q", "", "p", "q"),
        ("/programs/csp-indirect/partners/4567890", "", "csp-indirect", "4567890"),
        ("/programs/a.b_c~d:e@f+g-h", "", "a.b_c~d:e@f+g-h", nil),
        ("/programs/a%20b/partners/c%2Fd", "", "a b", "c/d"),
        ("/programs/%C3%A9", "", "\u{E9}", nil), ("/programs/e%CC%81", "", "e\u{301}", nil),
        ("/programs/%F0%9F%98%80", "", "\u{1F600}", nil), ("/programs/100%25", "", "100%", nil),
        ("/programs/%22%5C%3F%23", "", "\"\\?#", nil), ("/programs/programs", "", "programs", nil),
        ("/programs/partners/partners/partners", "", "partners", "partners"),
        ("/programs/programs/partners/programs", "", "programs", "programs"),
        ("/a/programs/p", "/a", "p", nil), ("/a/b/programs/p/partners/q", "/a/b", "p", "q"),
        ("urn:x/programs/p", "urn:x", "p", nil), ("//programs/p", "/", "p", nil),
        ("///programs/p/partners/q", "//", "p", "q"),
        ("https://partner.example/programs/p", "https://partner.example", "p", nil),
        ("https://x.example/a%20b/programs/p/partners/q", "https://x.example/a%20b", "p", "q"),
        ("/programs/a/programs/p", "/programs/a", "p", nil),
        ("/programs/a/partners/b/programs/p", "/programs/a/partners/b", "p", nil),
        ("\u{E9}/programs/p", "\u{E9}", "p", nil),
    ]

    @Test("a source is read and written the same", arguments: canonical)
    func roundTrip(entry: Case) {
        let source = Source(
            prefix: entry.prefix, program: ProgramID(entry.program),
            partner: entry.partner.map { PartnerID($0) })
        #expect(SourceText.source(entry.text) == source)
        #expect([UInt8](SourceText.text(source)) == [UInt8](entry.text))
    }

    static let spellings = [
        ("/programs/%70", "/programs/p"), ("/programs/%c3%a9", "/programs/%C3%A9"),
        ("/programs/a b", "/programs/a%20b"), ("/programs/\u{E9}", "/programs/%C3%A9"),
        ("/programs/a?b", "/programs/a%3Fb"), ("/programs/\u{301}x", "/programs/%CC%81x"),
    ]

    @Test("another spelling of an id is read and written in the one form", arguments: spellings)
    func spelling(text: String, canonical: String) throws {
        let source = try #require(SourceText.source(text))
        #expect([UInt8](SourceText.text(source)) == [UInt8](canonical))
    }

    static let refused = [
        "", "/", "p", "programs/p", "/programs", "/programs/", "/programs//", "/programs/p/",
        "/programs/p/partners", "/programs/p/partners/", "/programs//partners/q", "/Programs/p",
        "/programs/p/partner/q", "/programs/p/partners/q/", "/programs/p/partners/q/r",
        "/programs/%", "/programs/%4", "/programs/%G0", "/programs/%+5", "/programs/%-5",
        "/programs/%C3", "/programs/%FF", "/programs/%ED%A0%80", "/programs/%00",
        "/programs/%0A", "/programs/a%7F", "/programs/a\nb", "/a\u{1}/programs/p",
        "/programs/p/partners/%4", "/programs/%\u{661}\u{661}",
    ]

    @Test("what names no program, or breaks an escape, is no source", arguments: refused)
    func refuse(text: String) {
        #expect(SourceText.source(text) == nil)
    }

    @Test("every printable character of an id comes back", arguments: ["", "x"])
    func everyCharacter(before: String) {
        for value in UInt32(0x20)..<0x3000 where value != 0x7F {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let id = before + String(Character(scalar))
            let source = Source(program: ProgramID(id), partner: PartnerID(id))
            let text = SourceText.text(source)
            #expect(text.utf8.allSatisfy { $0 < 0x7F && $0 > 0x20 })
            guard let found = SourceText.source(text) else {
                Issue.record("\(text)")
                continue
            }
            #expect([UInt8](found.program.text) == [UInt8](id))
            #expect(found.partner.map { [UInt8]($0.text) } == [UInt8](id))
        }
    }
}
