import ClaimsDomain
import ClaimsExchange
import Foundation
import Testing

@Suite("XES reader")
struct XESReaderTests {
    @Test("traces, events, their attributes, order and lines", arguments: [1, 5, 64, 4096])
    func sample(size: Int) throws {
        let (traces, summary) = try XESSamples.traces(XESSamples.log, size: size)
        #expect((summary.traces, summary.events, summary.looseEvents) == (1, 5, 0))
        let trace = try #require(traces.first)
        #expect((trace.ordinal, trace.line) == (1, 9))
        #expect(trace.attributes.keys == ["amount", "budget", "concept:name"])
        #expect(trace.attributes["amount"] == XESValue(type: .float, text: "26.855"))
        #expect(trace.events.map(\.ordinal) == [1, 2, 3, 4, 5])
        #expect(trace.events.map(\.line) == [13, 18, 23, 28, 32])
        let first = try #require(trace.events.first)
        #expect(first.attributes["time:timestamp"]?.instant == Instant("2019-12-31T23:30:00Z"))
    }

    @Test("a global value stands in for a missing attribute only, and only when asked for")
    func defaults() throws {
        let events = try XESSamples.traces(XESSamples.log).traces[0].events
        #expect(events[0].attributes["org:role"] == XESValue(type: .string, text: "EMPLOYEE"))
        #expect(
            events[1].attributes["org:role"]
                == XESValue(type: .string, text: "UNKNOWN", isDefault: true))
        let plain = try XESSamples.traces(XESSamples.log, usesDefaults: false).traces[0].events
        #expect(plain[1].attributes["org:role"] == nil)
    }

    @Test("nested attributes, lists and containers are found by their path")
    func nesting() throws {
        let xml = """
            <log><trace>
              <string key="a" value="1"><int key="b" value="2"><id key="c" value="3"/></int></string>
              <container key="d"><boolean key="e" value="true"/></container>
              <list key="f"><values>
                <string key="x" value="4"/><string key="x" value="5"/>
                <container key="y"><string key="z" value="6"/></container>
              </values></list>
              <list key="g"><string key="h" value="7"/></list>
            </trace></log>
            """
        let attributes = try XESSamples.traces(xml).traces[0].attributes
        let found = attributes.keys.map { "\($0)=\(attributes[$0]?.text ?? "")" }
        #expect(
            found == [
                "a=1", "a/b=2", "a/b/c=3", "d=", "d/e=true", "f=", "f[1]/x=4", "f[2]/x=5",
                "f[3]/y=",
                "f[3]/y/z=6", "g=", "g[1]/h=7",
            ])
    }

    @Test("events outside any trace are counted, not read")
    func looseEvents() throws {
        let xml = """
            <log><event><string key="a" value="1"/></event>
            <trace><event/></trace><event/></log>
            """
        let (traces, summary) = try XESSamples.traces(xml)
        #expect((summary.traces, summary.events, summary.looseEvents) == (1, 1, 2))
        #expect(traces[0].events.map(\.ordinal) == [1])
    }

    static let bad: [(String, String)] = [
        ("<html/>", "1: error: the root element is <html>, expected <log>"),
        (
            "<log>\n<tracce/></log>",
            "2: error: element <tracce> has no place in <log>; did you mean 'trace'?"
        ),
        (
            "<log><trace><trace/></trace></log>",
            "1: error: element <trace> has no place in <trace>; did you mean 'trace'?"
        ),
        (
            "<log><trace><string value='1'/></trace></log>",
            "1: error: element <string> has no 'key'"
        ),
        (
            "<log><trace><string key='1'/></trace></log>",
            "1: error: element <string> has no 'value'"
        ),
        (
            "<log><global scope='logs'/></log>",
            "1: error: 'scope' is 'logs', expected 'trace' or 'event'"
        ),
        (
            "<log><trace><event><int key='a' value='1'/>\n<int key='a' value='2'/></event></trace>",
            "2: error: attribute 'a' stands twice in one <event>, with different values"
        ),
    ]

    @Test("what is XML but no XES is told by line", arguments: bad)
    func faults(xml: String, expected: String) {
        let fault = XESSamples.fault(Array(xml.utf8))
        #expect(fault?.description.split(separator: "\n").first == "log.xes:\(expected)")
    }

    @Test("an attribute written twice alike is one")
    func repeated() throws {
        let xml = """
            <log><global scope="trace"><int key="a" value="1"/><int key="a" value="2"/></global>
            <trace><int key="b" value="3"/><int key="b" value="3"/></trace></log>
            """
        let attributes = try XESSamples.traces(xml).traces[0].attributes
        #expect(attributes["a"]?.text == "1")
        #expect(attributes["b"]?.text == "3")
    }

    @Test("a fault shows place, bytes and remedy")
    func layout() {
        let xml = "<log>\n  <trace>\n    <string key=\"a\" value=\"&bomb;\"/>\n  </trace>\n</log>"
        #expect(
            XESSamples.fault(Array(xml.utf8))?.description == """
                log.xes:3: error: entity '&bomb;' is not one of XML's own five
                  at column 28, byte 43
                  ...g>\u{B7}  <trace>\u{B7}    <string key="a" value="&bomb;"/>\u{B7}  </trace>\u{B7}</log>
                                                             ^
                  fix: XES needs no document type and no entities; export the log again without them
                """)
    }

    @Test("a compressed log is told how to be read")
    func compressed() {
        #expect(
            XESSamples.fault([0x1F, 0x8B, 8, 0])?.description == """
                log.xes:1: error: the file is compressed with gzip, expected XML
                  at column 1, byte 0
                  \u{B7}\u{B7}\u{B7}\u{B7}
                  ^
                  fix: pipe it in: gzip -dc log.xes | claims import xes -
                """)
    }

    @Test("a file that is not there is told so")
    func missingFile() {
        let fault = #expect(throws: XESFault.self) {
            _ = try XESReader(file: "no/such/log.xes").read { _ in }
        }
        #expect(
            fault?.description == """
                no/such/log.xes:1: error: the file cannot be read: there is no such file
                  at column 1, byte 0
                  fix: name a file that exists and may be read, or '-' for standard input
                """)
    }

    @Test("a file is read like its bytes")
    func file() throws {
        let url = FileManager.default.temporaryDirectory
            .appending(path: "xes-reader-\(ProcessInfo.processInfo.processIdentifier).xes")
        try Data(XESSamples.log.utf8).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        var traces: [XESTrace] = []
        _ = try XESReader(file: url.path).read { traces.append($0) }
        #expect(try traces == XESSamples.traces(XESSamples.log).traces)
    }

    @Test("what the receiver throws ends the reading")
    func stops() {
        struct Enough: Error {}
        #expect(throws: Enough.self) {
            _ = try XESReader(file: "log.xes").read(
                chunks: XESSamples.chunks(Array(XESSamples.log.utf8), size: 99)
            ) { _ in throw Enough() }
        }
    }
}
