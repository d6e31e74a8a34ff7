import ClaimsDomain
import Testing

@testable import ClaimsCodec

/// What must hold from line to line.
@Suite struct LogOrderTests {
    /// Accepts lines one after the other: the sequence of the last, or the first problem's fault.
    private func outcome(_ lines: [String], after head: Int64 = 0) -> String {
        var order = LogOrder(after: head)
        var reader = FactReader()
        var state = LedgerState()
        for (index, text) in lines.enumerated() {
            let bytes = [UInt8](text)
            do throws(LineProblem) {
                guard case .fact = try reader.read(bytes.span, into: &state) else {
                    return "unknown"
                }
                try order.accept(reader, bytes.span)
            } catch {
                let fault = LineFault(
                    file: "-", line: Int64(index) + 1, lineOffset: 0, sequence: order.head + 1,
                    problem: error, bytes: bytes.span)
                return fault.description
            }
        }
        return "head \(order.head)"
    }

    private func at(
        _ sequence: Int64, id: String? = nil, recorded: String = "09:15:02Z",
        source: String = "/programs/p/partners/q"
    ) -> String {
        plainLine.replacing("000000000001", by: EventWriter.sequenceText(sequence))
            .replacing("e-1", by: id ?? "e-\(sequence)").replacing("09:15:02Z", by: recorded)
            .replacing("/programs/p/partners/q", by: source)
    }

    private let spliced = """
          fix: the log was edited or spliced; restore it from a backup or a replica
        """

    @Test("lines that count up are a log, from the start and from anywhere")
    func inOrder() {
        #expect(outcome([]) == "head 0")
        #expect(outcome([at(1), at(2), at(3)]) == "head 3")
        #expect(outcome([at(43), at(44)], after: 42) == "head 44")
        #expect(outcome([at(1_000_000_000_000)], after: 999_999_999_999) == "head 1000000000000")
        #expect(outcome([at(1), at(2, recorded: "09:15:02.000Z")]) == "head 2")
    }

    @Test("a gap, a repeat and a false start are told")
    func sequences() {
        #expect(
            outcome([at(1), at(3)]) == """
                -:2: error: 'sequence' jumps to 3, expected 2: events are missing
                  at byte 186, sequence 2
                  ...time":"2020-02-03T09:15:02Z","sequence":"000000000003","authtype":"use...
                                                             ^
                \(spliced)
                """)
        #expect(
            outcome([at(1), at(2), at(2)]) == """
                -:3: error: 'sequence' is 2 again, expected 3: events are repeated
                  at byte 186, sequence 3
                  ...time":"2020-02-03T09:15:02Z","sequence":"000000000002","authtype":"use...
                                                             ^
                \(spliced)
                """)
        #expect(
            outcome([at(2)]).hasPrefix(
                "-:1: error: 'sequence' jumps to 2, expected 1: events are missing\n"))
        #expect(
            outcome([at(1)], after: 1).hasPrefix(
                "-:1: error: 'sequence' is 1 again, expected 2: events are repeated\n"))
    }

    @Test("recordedtime that goes back by a millisecond is told")
    func recordedTime() {
        let text = outcome([at(1, recorded: "09:15:02.001Z"), at(2)])
        #expect(
            text == """
                -:2: error: 'recordedtime' 2020-02-03T09:15:02Z is before the previous event's \
                2020-02-03T09:15:02.001Z
                  at byte 152, sequence 2
                  ...":"2020-02-03T09:15:00Z","recordedtime":"2020-02-03T09:15:02Z","sequen...
                                                             ^
                \(spliced)
                """)
    }

    @Test("an id stands once a source")
    func identities() {
        let text = outcome([at(1, id: "x"), at(2), at(3, id: "x")])
        #expect(
            text == """
                -:3: error: id 'x' of source '/programs/p/partners/q' stands already at sequence 1
                  at byte 26, sequence 3
                  {"specversion":"1.0","id":"x","source":"/programs/p/part...
                                            ^
                \(spliced)
                """)
        #expect(
            outcome([at(1, id: "x"), at(2, id: "x", source: "/programs/p/partners/r")]) == "head 2")
        #expect(outcome([at(1, id: "x"), at(2, id: "\\u0078")]).contains("id 'x' of source"))
        #expect(outcome([at(1, id: "x"), at(2, id: "X")]) == "head 2")
    }

    @Test("a refused line leaves the order as it was; an unknown one takes its place")
    func state() throws {
        var order = LogOrder()
        var reader = FactReader()
        var state = LedgerState()
        func accept(_ text: String) throws(LineProblem) {
            let bytes = [UInt8](text)
            guard case .fact = try reader.read(bytes.span, into: &state) else { return }
            try order.accept(reader, bytes.span)
        }
        try accept(at(1))
        #expect(throws: LineProblem.self) { try accept(at(3)) }
        #expect(throws: LineProblem.self) { try accept(at(2, id: "e-1")) }
        #expect(order.head == 1)
        order.skip()
        try accept(at(3))
        #expect(order.head == 3)
        #expect(order.lastRecordedAt == instant("2020-02-03T09:15:02Z"))
        let source = Source(program: ProgramID("p"), partner: PartnerID("q"))
        #expect(order.sequence(id: EventID("e-1"), source: source) == 1)
        #expect(order.sequence(id: EventID("e-3"), source: source) == 3)
        #expect(order.sequence(id: EventID("e-2"), source: source) == nil)
        #expect(order.sequence(id: EventID("e-1"), source: Source(program: ProgramID("p"))) == nil)
    }
}
