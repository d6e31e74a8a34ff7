import Testing

@testable import ClaimsReports

@Suite("Text on the report page")
struct HTMLTextTests {
    static let cases: [(text: String, html: String)] = [
        ("plain", "plain"), ("", ""), ("a & b", "a &amp; b"),
        ("<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"),
        ("say \"yes\"", "say &quot;yes&quot;"), ("&amp;", "&amp;amp;"),
        ("two\nlines", "two\\nlines"), ("\u{202E}back", "\\u{202E}back"), ("é 漢", "é 漢"),
    ]

    @Test("what people wrote shows as it is, and is never markup", arguments: cases)
    func escaped(text: String, html: String) { #expect(htmlEscaped(text) == html) }

    @Test("an element closes with its name, without its attributes")
    func element() {
        var out = HTMLWriter()
        out.element("b class=n", "1 < 2")
        #expect(out.html == "<b class=n>1 &lt; 2</b>")
    }

    @Test("the policy names the script by its SHA-256 in base64")
    func policy() {
        // From RFC 6234's empty message, by `openssl dgst -sha256 -binary | base64`.
        #expect(
            policyHash(of: "") == "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='")
    }

    static let shares: [(part: Int64, whole: Int128, text: String)] = [
        (0, 10, "0"), (10, 10, "100.00%"), (1, 3, "33.33%"), (-5, 10, "0"), (5, 0, "0"),
        (.max, Int128(Int64.max) * 2, "50.00%"), (1, 100_000, "0.00%"),
    ]

    @Test("a share is cut to hundredths of a percent", arguments: shares)
    func share(part: Int64, whole: Int128, text: String) {
        #expect(percentText(part, of: whole) == text)
    }

    @Test("counts are grouped, with the noun in its number")
    func counts() {
        #expect(counted(1, "claim") == "1 claim")
        #expect(counted(10_039, "claim") == "10,039 claims")
        #expect(counted(2, "more", "more") == "2 more")
    }

    @Test("the script and the style sheet end no element they stand in")
    func constants() {
        #expect(!pageScript.contains("</"))
        #expect(!pageStyle.contains("</"))
    }
}
