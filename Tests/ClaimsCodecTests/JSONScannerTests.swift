import Testing

@testable import ClaimsCodec

/// The grammar of RFC 8259: what is accepted and what is not.
@Suite struct JSONScannerTests {
    static let accepted = [
        "null", "true", "false", "0", "-0", "\"\"", "[]", "{}", " [ ] ", "\t{\n}\r ", "[[]]",
        "[{}]", "{\"\":0}", "{\"a\":{}}", "[1,2]", "[1 , 2]", "{\"a\":1,\"b\":2}",
        "{ \"a\" : 1 , \"b\" : [ ] }", "[null,true,false,\"x\",0]", "{\"a\":[{\"a\":1},{\"a\":2}]}",
        "{\"a\":1,\"A\":2}", "\"\u{7F}\"", "\"\u{2028}\u{2029}\"", "\"\u{FEFF}\"", "\"/\"",
        "\"'\"", "\"\u{10FFFF}\"", "\"\u{FFFF}\u{FFFE}\"", "1e99999", "-1E-99999",
        "123456789012345678901234567890", "[\"a\",\"a\"]", "\"{[}]:,\"",
    ]

    static let rejected = [
        "", " ", "\n", "[", "]", "{", "}", ",", ":", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1,,2]",
        "[1 2]", "[1:2]", "[1}", "{1:2}", "{a:1}", "{'a':1}", "{\"a\"", "{\"a\"}", "{\"a\":",
        "{\"a\":}", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,\"a\":1}", "{\"a\" 1}",
        "{\"a\"::1}", "{\"a\":1:2}", "{\"a\":1;\"b\":2}", "{\"a\":1 \"b\":2}", "{\"a\":1,,}",
        "{\"a\",1}", "{null:1}", "{[]:1}", "{\"a\":1]", "{}{}", "[][]", "1 2", "[1]x", "{}#",
        "nul", "nulL", "NULL", "tru", "True", "fals", "fAlse", "nullx", "truefalse", "NaN", "-NaN",
        "Infinity", "-Infinity", "undefined", "'a'", "a", "\"", "\"a", "\"\\", "\"\\\"", "\"\\u",
        "\"\\u12\"", "// c\n1", "/**/1", "1/**/", "#1", "\u{FEFF}[]", "[\u{FEFF}]", "\u{0B}1",
        "\u{0C}1", "\u{A0}1", "1\u{A0}", "\u{2028}1", "\u{85}1", "\u{0}", "[\u{0}]", "1\u{0}",
        "\"\t\"", "\"\n\"", "\"\r\"", "\"\u{0}\"", "\"\u{1F}\"", "\"\\x41\"", "\"\\a\"", "\"\\0\"",
        "\"\\'\"", "\"\\\n\"", "\"\\U0041\"", "\"a\"b\"", "[\"a\nb\"]", "\\u005B\\u005D", "*", "&",
        "{\"a\":\"b}", "[\"a]", "\"\\u00G0\"", "\"\\u-123\"", "\"\\u 123\"", "\u{FF11}", "1_000",
        "0x10", "1,000", "$1", "\u{2212}1",
    ]

    @Test("a text of the grammar is accepted, by the scanner and as a tree", arguments: accepted)
    func accept(text: String) throws {
        #expect(jsonProblem([UInt8](text)) == nil)
        let bytes = [UInt8](text)
        _ = try JSONNode(parsing: bytes.span)
    }

    @Test("any other text is refused, by the scanner and as a tree", arguments: rejected)
    func reject(text: String) {
        let bytes = [UInt8](text)
        let problem = jsonProblem(bytes)
        #expect(problem != nil)
        #expect((0...bytes.count).contains(problem?.offset ?? -1))
        #expect(throws: JSONProblem.self) { try JSONNode(parsing: bytes.span) }
    }

    @Test("every text that ends before its value does is refused", arguments: accepted)
    func cut(text: String) {
        let bytes = [UInt8](text.trimming)
        // A number is still one when its end is missing; nothing else is.
        guard bytes.first.map({ "{[\"tfn".utf8.contains($0) }) == true else { return }
        for length in 0..<bytes.count { #expect(jsonProblem(Array(bytes[..<length])) != nil) }
    }

    // MARK: - Numbers

    private static let good: [[String]] = [
        ["", "-"], ["0", "7", "10", "123"], ["", ".0", ".50", ".007"],
        ["", "e0", "E1", "e+1", "E-22"],
    ]
    private static let bad: [[String]] = [
        ["+", "--", "- ", "-+"], ["", "00", "01", "0x1", "\u{663}", "a"],
        [".", ". 5", "..5", ".-5", ",5"], ["e", "E+", "e-", "e1.5", "e+-1", "ee1", "e 1"],
    ]
    static let wrappings = [("", ""), ("[", "]"), ("{\"a\":", "}"), (" \n", "\t "), ("[0,", ",0]")]

    @Test("each combination of the parts of a number is a number", arguments: wrappings)
    func numbers(before: String, after: String) {
        for text in Self.products(Self.good) {
            #expect(jsonProblem([UInt8](before + text + after)) == nil, "\(text)")
        }
    }

    @Test("one wrong part makes it none", arguments: 0..<4)
    func wrongNumbers(part: Int) {
        var parts = Self.good
        parts[part] = Self.bad[part]
        for text in Self.products(parts) {
            // What a comma parts is two numbers in an array.
            for (before, after) in Self.wrappings where !text.isEmpty && !text.contains(",") {
                #expect(jsonProblem([UInt8](before + text + after)) != nil, "\(before)\(text)")
            }
            #expect(jsonProblem([UInt8](text)) != nil, "\(text)")
        }
    }

    private static func products(_ parts: [[String]]) -> [String] {
        parts.reduce([""]) { texts, part in texts.flatMap { text in part.map { text + $0 } } }
    }

    // MARK: - Depth

    @Test(
        "sixteen levels are accepted, the seventeenth is refused where it opens", arguments: 1...20)
    func depth(levels: Int) {
        let arrays = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        let objects =
            String(repeating: "{\"a\":", count: levels) + "0"
            + String(repeating: "}", count: levels)
        let fits = levels <= JSONScanner.deepestNesting
        #expect(JSONScanner.deepestNesting == 16)
        let problem = { (offset: Int) in JSONProblem(.tooDeep(limit: 16), at: offset) }
        #expect(jsonProblem([UInt8](arrays)) == (fits ? nil : problem(16)))
        #expect(jsonProblem([UInt8](objects)) == (fits ? nil : problem(16 * 5)))
    }

    @Test("a bomb of a million brackets is refused at once")
    func bomb() {
        let bytes = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
        #expect(jsonProblem(bytes) == JSONProblem(.tooDeep(limit: 16), at: 16))
    }
}

extension String {
    /// The text without JSON white space at its ends.
    var trimming: String {
        let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
        let bytes = Array(utf8.drop(while: isSpace))
        return Array(bytes.reversed().drop(while: isSpace).reversed()).text
    }
}
