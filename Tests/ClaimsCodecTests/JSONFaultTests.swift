import Testing

@testable import ClaimsCodec

/// Each problem of a JSON text: where it is, and in which words.
@Suite struct JSONFaultTests {
    static let located: [(text: String, offset: Int, words: String)] = [
        ("", 0, "the text ends, expected a value"), ("  ", 2, "the text ends, expected a value"),
        ("[1", 2, "the text ends, expected ','"), ("[1 2]", 3, "found '2', expected ']'"),
        ("[1,", 3, "the text ends, expected a value"), ("[1,]", 3, "found ']', expected a value"),
        ("{\"a\" 1}", 5, "found '1', expected ':'"),
        ("{\"a\":1 \"b\"}", 7, "found '\"', expected '}'"),
        ("{a:1}", 1, "found 'a', expected a member name"),
        ("{\"a\":1,}", 7, "found '}', expected a member name"),
        ("{", 1, "the text ends, expected '}'"), ("{\"a\"", 4, "the text ends, expected ':'"),
        ("{\"a\":1,", 7, "the text ends, expected a member name"),
        ("\"ab", 3, "the text ends, expected the end of a string"),
        ("\"a\\", 3, "the text ends, expected the rest of an escape"),
        ("[\"\\q\"]", 2, "this is no escape of RFC 8259"),
        ("\"ab\u{1}\"", 3, "control character 0x01 stands in a string, expected an escape"),
        ("\"\u{1F}\"", 1, "control character 0x1F stands in a string, expected an escape"),
        ("nulx", 3, "found 'x', expected 'null'"), ("tru", 3, "the text ends, expected 'true'"),
        ("-", 1, "the text ends, expected a digit"), ("[-x]", 2, "found 'x', expected a digit"),
        ("1.", 2, "the text ends, expected a digit"), ("[1.]", 3, "found ']', expected a digit"),
        ("1e+", 3, "the text ends, expected a digit"), ("[01]", 2, "found '1', expected ']'"),
        ("{} x", 3, "found 'x' after the end of the value"),
        ("\u{FEFF}{}", 0, "found byte 0xEF, expected a value"),
        ("[\u{0}]", 1, "found byte 0x00, expected a value"),
        ("{\"a\":1,\"b\":2,\"a\":3}", 13, "member 'a' stands twice in one object"),
        ("[{\"a\":1,\"\\u0061\":2}]", 8, "member 'a' stands twice in one object"),
        ("{\"\\u0061\":1,\"a\":2}", 12, "member 'a' stands twice in one object"),
        ("{\"\":1,\"\":2}", 6, "member '' stands twice in one object"),
        (
            "[[[[[[[[[[[[[[[[[", 16, "values are nested deeper than 16"
        ),
    ]

    @Test("a problem is found at its byte and told in its words", arguments: located)
    func problem(text: String, offset: Int, words: String) {
        let problem = jsonProblem([UInt8](text))
        #expect(problem?.offset == offset)
        #expect(problem?.description == words)
    }

    @Test("bytes that are no UTF-8 are found where the character begins")
    func invalidBytes() {
        let problem = jsonProblem([0x5B, 0x22, 0x41, 0xE2, 0x82, 0x22, 0x5D])
        #expect(problem == JSONProblem(.invalidUTF8, at: 3))
        #expect(problem?.description == "the bytes are not valid UTF-8")
    }

    @Test("a repeated name is found among few and among many, plain or escaped", arguments: 0..<60)
    func duplicates(count: Int) {
        let names = (0..<count).map { "\"member\($0)\"" }
        let members = names.map { $0 + ":0" }.joined(separator: ",")
        #expect(jsonProblem([UInt8]("{\(members)}")) == nil)
        for repeated in stride(from: 0, to: count, by: 7) {
            let escaped = "\"\\u006dember\(repeated)\""
            for name in [names[repeated], escaped] {
                let problem = jsonProblem([UInt8]("{\(members),\(name):1}"))
                #expect(
                    problem
                        == JSONProblem(.duplicateMember("member\(repeated)"), at: members.count + 2)
                )
            }
        }
    }

    @Test("names that only look alike are two names")
    func similarNames() {
        #expect(jsonProblem([UInt8]("{\"\u{E9}\":1,\"e\u{301}\":2}")) == nil)
        #expect(jsonProblem([UInt8]("{\"a\":{\"a\":{\"a\":1}}}")) == nil)
    }
}
