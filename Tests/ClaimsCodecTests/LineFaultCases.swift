import ClaimsDomain

@testable import ClaimsCodec

/// Lines with one thing wrong each: a name, and what is changed in the plain line.
enum LineFaultCases {
    typealias Case = (name: String, from: String, to: String)

    static let envelope: [Case] = [
        ("specversion missing", "\"specversion\":\"1.0\",", ""),
        ("id missing", "\"id\":\"e-1\",", ""),
        ("source missing", "\"source\":\"/programs/p/partners/q\",", ""),
        ("type missing", "\"type\":\"claim.submitted\",", ""),
        ("subject missing", "\"subject\":\"C-1\",", ""),
        ("time missing", "\"time\":\"2020-02-03T09:15:00Z\",", ""),
        ("recordedtime missing", "\"recordedtime\":\"2020-02-03T09:15:02Z\",", ""),
        ("sequence missing", "\"sequence\":\"000000000001\",", ""),
        ("authtype missing", "\"authtype\":\"user\",", ""),
        ("authid missing", "\"authid\":\"u-1\",", ""),
        ("data missing", ",\"data\":{\"amountMinor\":600000,\"currency\":\"USD\"}", ""),
        ("specversion of another version", "\"1.0\"", "\"0.3\""),
        ("specversion a number", "\"1.0\"", "1.0"),
        ("id empty", "\"e-1\"", "\"\""),
        ("id with a line break", "\"e-1\"", "\"e\\n1\""),
        ("id null", "\"e-1\"", "null"),
        ("subject an object", "\"C-1\"", "{\"id\":\"C-1\"}"),
        ("authid an array", "\"u-1\"", "[\"u-1\"]"),
        ("correlationid empty", "\"authid\":\"u-1\"", "\"authid\":\"u-1\",\"correlationid\":\"\""),
        ("causationid a number", "\"authid\":\"u-1\"", "\"authid\":\"u-1\",\"causationid\":7"),
        ("authtype unknown", "\"user\"", "\"person\""),
        ("data an array", "{\"amountMinor\":600000,\"currency\":\"USD\"}", "[]"),
        ("data null", "{\"amountMinor\":600000,\"currency\":\"USD\"}", "null"),
        ("type nearly known", "claim.submitted", "claim.submited"),
        ("type in capitals", "claim.submitted", "CLAIM.SUBMITTED"),
        ("type unlike any", "claim.submitted", "invoice.paid.v2"),
        ("type a flag", "\"claim.submitted\"", "true"),
        ("source without partner", "/programs/p/partners/q", "/programs/p"),
        ("source without program", "/programs/p/partners/q", "/partners/q"),
        ("source with an empty partner", "/programs/p/partners/q", "/programs/p/partners/"),
        ("source with a broken escape", "/programs/p/partners/q", "/programs/p/partners/%4"),
        ("source with a line break", "/programs/p/partners/q", "/programs/p/partners/q\\n"),
        ("source a number", "\"/programs/p/partners/q\"", "4567890"),
    ]

    static let times: [Case] = [
        ("time without zone", "09:15:00Z", "09:15:00"),
        ("time with a blank", "03T09:15:00Z", "03 09:15:00Z"),
        ("time without seconds", "09:15:00Z", "09:15Z"),
        ("time on no day", "2020-02-03T09:15:00Z", "2019-02-29T09:15:00Z"),
        ("time at hour 24", "03T09:15:00Z", "03T24:00:00Z"),
        ("time with a short zone", "09:15:00Z", "09:15:00+01"),
        ("time with an empty fraction", "09:15:00Z", "09:15:00.Z"),
        ("time before the year 1", "2020-02-03T09:15:00Z", "0001-01-01T00:00:00+00:01"),
        ("time a number", "\"2020-02-03T09:15:00Z\"", "1580721300"),
        ("recordedtime a date", "\"2020-02-03T09:15:02Z\"", "\"2020-02-03\""),
        ("recordedtime before time", "09:15:02Z", "09:14:59.999Z"),
        ("sequence of one digit", "\"000000000001\"", "\"1\""),
        ("sequence of eleven digits", "\"000000000001\"", "\"00000000001\""),
        ("sequence of thirteen digits with a zero", "\"000000000001\"", "\"0000000000001\""),
        ("sequence of nineteen digits", "\"000000000001\"", "\"1000000000000000001\""),
        ("sequence zero", "\"000000000001\"", "\"000000000000\""),
        ("sequence negative", "\"000000000001\"", "\"-00000000001\""),
        ("sequence with a letter", "\"000000000001\"", "\"00000000000A\""),
        ("sequence a number", "\"000000000001\"", "1"),
        ("sequence empty", "\"000000000001\"", "\"\""),
    ]

    static let data: [Case] = [
        ("amount missing", "\"amountMinor\":600000,", ""),
        ("currency missing", ",\"currency\":\"USD\"", ""),
        ("amount of 2^53", "600000", "9007199254740992"),
        ("amount of twenty digits", "600000", "10000000000000000000"),
        ("amount negative", "600000", "-1"),
        ("amount with a fraction", "600000", "1.5"),
        ("amount with an exponent", "600000", "1e3"),
        ("amount in a string", "600000", "\"600000\""),
        ("amount null", "600000", "null"),
        ("currency unknown", "\"USD\"", "\"USX\""),
        ("currency in small letters", "\"USD\"", "\"usd\""),
        ("currency cut", "\"USD\"", "\"US\""),
        ("currency an object", "\"USD\"", "{}"),
        ("role empty", "\"USD\"", "\"USD\",\"role\":\"\""),
    ]

    static let json: [Case] = [
        ("a quote missing", "\"subject\":\"C-1\",", "\"subject\":\"C-1,"),
        ("a comma missing", "\"authtype\":\"user\",", "\"authtype\":\"user\""),
        ("a comma too many", "\"USD\"}}", "\"USD\"},}"),
        ("an attribute twice", "\"authid\":\"u-1\"", "\"authid\":\"u-1\",\"id\":\"e-1\""),
        (
            "an attribute twice, once escaped", "\"authid\":\"u-1\"",
            "\"authid\":\"u-1\",\"\\u0069d\":\"e-1\""
        ),
        ("a field twice", "\"USD\"", "\"USD\",\"amountMinor\":600000"),
        ("a foreign member twice", "\"USD\"", "\"USD\",\"x\":1,\"x\":2"),
        ("a member twice in a foreign object", "\"USD\"", "\"USD\",\"x\":{\"y\":1,\"y\":2}"),
        ("a control character", "\"C-1\"", "\"C\t1\""),
        ("an unknown escape", "\"C-1\"", "\"C\\x2D1\""),
        ("half a surrogate", "\"C-1\"", "\"\\ud83d\""),
        ("too deep", "\"USD\"", "\"USD\",\"x\":[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]"),
        ("two values", "\"USD\"}}", "\"USD\"}}{}"),
        ("a comment", "\"USD\"}}", "\"USD\"}} // checked"),
        ("single quotes", "\"e-1\"", "'e-1'"),
    ]

    /// Whole lines, for what is not a change of the plain one.
    static let whole: [(name: String, bytes: [UInt8])] = [
        ("an empty line", []), ("a blank line", [0x20, 0x20]), ("an array", [UInt8]("[]")),
        ("text", [UInt8]("not JSON at all")), ("a byte order mark", [0xEF, 0xBB, 0xBF] + plain),
        ("UTF-16", [0x7B, 0x00, 0x22, 0x00]), ("a garbage byte", replaced(60, by: 0xFF)),
        ("Latin-1 in the subject", [UInt8](Array(plain).text).replacing([UInt8]("C-1"), [0xE9])),
        ("a line cut in a string", Array(plain[..<100])),
        ("a line cut before its last byte", plain.dropLast()),
        ("a line cut in a number", Array(plain.dropLast(20))),
    ]

    private static let plain = [UInt8](plainLine)

    private static func replaced(_ index: Int, by byte: UInt8) -> [UInt8] {
        var bytes = plain
        bytes[index] = byte
        return bytes
    }

    /// Lines of other types whose nested or paired fields are wrong.
    static let others: [(kind: EventKind, name: String, from: String, to: String)] = [
        (.claimAmended, "an amount without currency", "\"currency\":\"EUR\",", ""),
        (.claimAmended, "a currency without amount", "\"amountMinor\":12,", ""),
        (.claimAmended, "a flag in a string", "\"inHouseWork\":true", "\"inHouseWork\":\"true\""),
        (.claimAmended, "no such day", "\"2020-02-29\"", "\"2019-02-29\""),
        (.claimRejected, "no reasons", ",\"\",\"third\"", ",7"),
        (.claimDocumentsRequested, "an unknown kind", "\"metrics\"", "\"metric\""),
        (.claimDocumentsRequested, "an item without reason", ",\"reason\":\"reach\"", ""),
        (.claimEvidenceAttached, "capitals in a hash", "e3b0c442", "E3B0C442"),
        (.claimEvidenceAttached, "a short hash", "e3b0c442", ""),
        (.claimEvidenceAttached, "an invoice without number", "\"number\":\"2019/311\",", ""),
        (
            .claimEvidenceAttached, "a metric that is a text",
            "{\"name\":\"reach\",\"value\":\"12,000 readers\"}", "\"reach\""
        ),
        (.claimReimbursed, "a rate that is a number", "\"0.9023\"", "0.9023"),
        (.claimReimbursed, "a rate with an exponent", "\"0.9023\"", "\"9023e-4\""),
        (.fundsAdjusted, "an adjustment beyond the range", "9007199254740991", "-9007199254740992"),
        (
            .partnerEnrolled, "a subject that is not the partner", "\"subject\":\"4567890:NL\"",
            "\"subject\":\"4567890\""
        ),
        (
            .programPublished, "a subject that is not the program",
            "\"subject\":\"csp indirect/\u{E9}\"", "\"subject\":\"csp\""
        ),
        (
            .programPublished, "rules of another id", "\"data\":{\"id\":\"csp indirect/\u{E9}\"",
            "\"data\":{\"id\":\"csp\""
        ),
        (
            .programPublished, "a period that ends before it begins", "\"usageTo\":\"2020-06-30\"",
            "\"usageTo\":\"2019-06-30\""
        ),
        (.programPublished, "a threshold with too many decimals", "\"1500.00\"", "\"1500.005\""),
        (.programPublished, "a limit without its percentage", "\"percent\":\"12.5\",", ""),
    ]
}

extension [UInt8] {
    /// The bytes with the first occurrence of a piece replaced.
    func replacing(_ old: [UInt8], _ new: [UInt8]) -> [UInt8] {
        guard let start = indices.first(where: { self[$0...].starts(with: old) }) else {
            preconditionFailure("the piece is not there")
        }
        return Array(self[..<start]) + new + Array(self[(start + old.count)...])
    }
}
