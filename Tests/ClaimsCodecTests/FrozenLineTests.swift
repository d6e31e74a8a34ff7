import ClaimsDomain
import Foundation
import Testing

@testable import ClaimsCodec

/// The lines of wire version 1: what was written once must read, and be written, like this forever.
///
/// A line is never re-recorded. `RECORD_GOLDEN=1` makes a missing file (of a new type) and adds a
/// missing line (of a type that has been given optional members) after those frozen before.
@Suite struct FrozenLineTests {
    static let folder = Golden.tests.appending(path: "Frozen/v1")

    static func file(_ kind: EventKind) -> URL { folder.appending(path: "\(kind.rawValue).jsonl") }

    static func lines(_ kind: EventKind) throws -> [String] {
        let text = [UInt8](try Data(contentsOf: file(kind))).text
        #expect(text.hasSuffix("\n"))
        return text.components(separatedBy: "\n").dropLast()
    }

    @Test("an event is written as its frozen line, byte for byte", arguments: EventKind.allCases)
    func write(kind: EventKind) throws {
        let written = SampleEvents.of(kind).map(line)
        let isThere = FileManager.default.fileExists(atPath: Self.file(kind).path)
        let frozen = isThere ? try Self.lines(kind) : []
        if Golden.isRecording, frozen.count < written.count, written.starts(with: frozen) {
            try Golden.check(written.map { $0 + "\n" }.joined(), Self.file(kind))
        }
        #expect(try Self.lines(kind).map { [UInt8]($0) } == written.map { [UInt8]($0) })
    }

    @Test("a frozen line reads as its event, and is written again", arguments: EventKind.allCases)
    func read(kind: EventKind) throws {
        let events = SampleEvents.of(kind)
        let lines = try Self.lines(kind)
        #expect(lines.count == events.count)
        for (text, event) in zip(lines, events) {
            let found = try ClaimsCodecTests.read(text)
            #expect(found == event)
            #expect([UInt8](line(found)) == [UInt8](text))
        }
    }

    @Test("there is a file for each type and none besides")
    func files() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(names.sorted() == EventKind.allCases.map { "\($0.rawValue).jsonl" }.sorted())
    }

    @Test("the samples hold every field of the schema table", arguments: EventKind.allCases)
    func fields(kind: EventKind) throws {
        let lines = try Self.lines(kind)
        for text in lines.dropFirst() {
            let bytes = [UInt8](text)
            let data = try JSONNode(parsing: bytes.span).required("data")
            try expect(data, has: EventSchema.fields(of: kind), at: "data")
        }
        let all = lines.dropFirst().joined()
        for name in Self.names(EventSchema.fields(of: kind)) {
            #expect(all.contains("\"\(name)\":"), "\(name)")
        }
        let least = [UInt8](try #require(lines.first))
        guard case .object(let members) = try JSONNode(parsing: least.span).required("data").value
        else { return }
        // A program is written with everything resolved, also where nothing was given.
        guard kind != .programPublished else { return }
        let required = EventSchema.fields(of: kind).filter(\.isRequired).map(\.name)
        #expect(members.map(\.name) == required)
    }

    /// The members are fields, in the order of the table.
    private func expect(_ node: JSONNode, has fields: [Field], at path: String) throws {
        guard case .object(let members) = node.value else { return }
        let known = fields.map(\.name)
        #expect(members.map(\.name) == known.filter { node[$0] != nil }, "\(path)")
        for field in fields {
            guard let value = node[field.name] else { continue }
            let inside = "\(path).\(field.name)"
            switch field.type {
            case .object(let inner): try expect(value, has: inner, at: inside)
            case .list(.object(let inner), _):
                for element in try node.elements(field.name) {
                    try expect(element, has: inner, at: inside)
                }
            default: continue
            }
        }
    }

    /// The names of fields and of those inside them.
    private static func names(_ fields: [Field]) -> [String] {
        fields.flatMap { field in
            switch field.type {
            case .object(let inner), .list(.object(let inner), _): [field.name] + names(inner)
            default: [field.name]
            }
        }
    }

    @Test("all frozen lines in the order of their sequences are a log")
    func log() throws {
        var order = LogOrder()
        var count = 0
        var state = LedgerState()
        var reader = FactReader()
        // Two lines a type, then those with the fields that were added: in the order of the log.
        var events = EventReader()
        var texts: [(text: String, sequence: Int64)] = []
        for text in try EventKind.allCases.flatMap(Self.lines) {
            texts.append((text, try events.read([UInt8](text).span).sequence))
        }
        for (text, _) in texts.sorted(by: { $0.sequence < $1.sequence }) {
            let bytes = [UInt8](text)
            guard case .fact(let fact, _) = try reader.read(bytes.span, into: &state) else {
                Issue.record("unknown: \(text)")
                continue
            }
            if fact.sequence > SampleEvents.laterTypes, order.head < SampleEvents.laterTypes {
                order = LogOrder(after: SampleEvents.laterTypes)
            }
            #expect(fact.sequence == order.head + 1)
            try order.accept(reader, bytes.span)
            count += 1
        }
        #expect(count == SampleEvents.all.count)
    }
}
