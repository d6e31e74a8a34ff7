import ClaimsDomain
import EventLog
import Testing

@testable import ClaimsCodec

/// The canonical reader says of every line what the general one says, or nothing.
@Suite("The two readers of a line agree")
struct CanonicalReaderTests {
    /// What a reader made of a line, in words: keys of two tables cannot be compared.
    private static func words(_ event: ScannedEvent, _ tables: LineTables) -> String {
        let fact = event.fact
        func name(_ key: NameKey) -> String { tables.names.text(key) }
        func name(_ key: DocumentKey) -> String { tables.documents.text(key.name) }
        var words = [
            "\(fact.sequence) \(fact.kind) \(fact.occurredAt) \(fact.recordedAt)",
            tables.sources.text(fact.program), name(fact.subject), name(fact.actor),
            name(fact.period), name(fact.activity), name(fact.reference),
            name(fact.evidence),
            "\(fact.amount) \(String(describing: fact.currency)) \(String(describing: fact.day))",
            "\(String(describing: fact.inHouseWork)) \(String(describing: fact.thirdPartyVendor))",
        ]
        if let document = fact.document {
            words += [
                "\(document.kind) \(document.hasNote) \(document.invoiceAmount)",
                String(describing: document.invoiceCurrency), name(document.file),
                name(document.invoiceNumber), name(document.invoiceVendor),
                name(document.metricName), name(document.metricValue),
            ]
        }
        if let request = fact.request {
            words += request.items.map { "\($0.kind) \(name($0.evidence))" }
            words.append("\(request.originals)")
        }
        if let association = fact.association {
            words += [
                name(association.tenant), name(association.solutionArea),
                name(association.products), name(association.subscription),
                String(describing: association.severalSubscriptions),
                String(describing: association.transactionOn), "\(association.given.rawValue)",
            ]
        }
        let id = event.identity
        words.append(
            id.isText
                ? tables.ids.text(NameKey(index: UInt32(id.low))) : "\(id.high) \(id.low)")
        return words.joined(separator: "|")
    }

    private static func canonical(_ line: [UInt8]) -> String? {
        var reader = CanonicalReader()
        var tables = LineTables()
        var event = ScannedEvent()
        var padded = PaddedLine()
        let end = padded.scan(line.span) { bytes in
            reader.read(bytes, from: 0, into: &event, &tables)
        }
        return end == line.count ? words(event, tables) : nil
    }

    private static func general(_ line: [UInt8]) -> String {
        var reader = GeneralReader(toleratesUnknown: false)
        var tables = LineTables()
        var event = ScannedEvent()
        do throws(LineProblem) {
            _ = try reader.read(line.span, into: &event, &tables)
            return words(event, tables)
        } catch {
            return "fault: \(error.what)"
        }
    }

    /// Whether the readers agree; what a source names is looked at when chunks are merged.
    private static func agree(_ canonical: String, _ general: String) -> Bool {
        canonical == general || general.hasPrefix("fault: 'source' is")
            || general.hasSuffix("its source names")
    }

    /// Lines whose layout the canonical reader leaves to the other.
    private static func isLeft(_ event: Event) -> Bool {
        let line = EventWriter.line(event)
        // A rate's value is a decimal; an escaped id is compared by its text; sixteen digits, empty
        // lists and several products are rare; what a fact keeps in a box is built by the general
        // reader.
        let left = [
            "\"rate\":", "\\", "9007199254740991", "[]", "\"expenses\":", "\"eligibleMinor\":",
            "\"original\":",
        ]
        let products = line.text.firstMatch(of: /"products":\[([^\]]*)\]/)?.1
        return event.kind == .programPublished || products?.contains(",") == true
            || left.contains { line.text.contains($0) }
    }

    @Test("a line that this ledger writes is read at once", arguments: SampleEvents.all)
    func written(event: Event) {
        let line = EventWriter.line(event)
        let general = Self.general(line)
        #expect(!general.hasPrefix("fault"))
        if let canonical = Self.canonical(line) {
            #expect(canonical == general)
        } else {
            #expect(Self.isLeft(event) || event.content.foreignData.count > 0, "\(line.text)")
        }
    }

    private static let pieces: [[UInt8]] =
        [
            "\"", "\\", "{", "}", ",", ":", "0", "-", "Z", "9", "1e3", " ", "\u{E9}", "\u{1F600}",
            "a", "USD", "\"note\":\"x\",", "\"role\":\"r\"", "00000000", "9007199254740993",
        ].map { [UInt8]($0) } + [[0x80], [0xC3], [0xED, 0xA0, 0x80], [0x7F], [0x1F], [0x0A], [0]]

    /// A line with one to three bytes or pieces changed.
    private static func damaged(_ line: [UInt8], _ generator: inout SplitMix) -> [UInt8] {
        var line = line
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let place = Int.random(in: 0..<line.count, using: &generator)
            let end = min(line.count, place + Int.random(in: 0...9, using: &generator))
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: line.removeSubrange(place..<end)
            case 1:
                line.insert(
                    contentsOf: pieces[Int.random(in: 0..<pieces.count, using: &generator)],
                    at: place)
            case 2:
                line.insert(contentsOf: line[place..<end], at: place)
            default: line[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            }
            if line.isEmpty { line = [0x7B] }
        }
        return line
    }

    @Test("a damaged line is read alike or left alone", arguments: UInt64(0)..<32)
    func fuzzed(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        let lines = SampleEvents.all.map { EventWriter.line($0) }
        var read = 0
        for _ in 0..<1_500 {
            let line = Self.damaged(
                lines[Int.random(in: 0..<lines.count, using: &generator)], &generator)
            guard let canonical = Self.canonical(line) else { continue }
            read += 1
            #expect(Self.agree(canonical, Self.general(line)), "\(line.text)")
        }
        #expect(read > 10, "damage that is never accepted shows nothing")
    }

    @Test("every bit of a line flipped: read alike or left alone")
    func flipped() {
        for event in SampleEvents.all where event.kind != .programPublished {
            let line = EventWriter.line(event)
            for bit in 0..<(line.count * 8) {
                var changed = line
                changed[bit / 8] ^= 1 << UInt8(bit % 8)
                guard let canonical = Self.canonical(changed) else { continue }
                #expect(Self.agree(canonical, Self.general(changed)), "\(changed.text)")
            }
        }
    }

    @Test("a chunk is read as its lines are, wherever it ends", arguments: UInt64(0)..<8)
    func chunks(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        let lines = SampleEvents.all.shuffled(using: &generator).map { EventWriter.line($0) }
        var reader = ChunkReader()
        var scanned = ScannedChunk()
        for count in [1, 2, 3, lines.count] {
            let bytes: [UInt8] = lines.prefix(count).flatMap { $0 + [UInt8(ascii: "\n")] }
            reader.read(
                LogChunk(
                    bytes: bytes, firstSequence: 1, lineCount: count, file: "f",
                    firstLineInFile: 1, byteOffsetInFile: 0), into: &scanned)
            #expect(scanned.events.count == count)
            for (event, line) in zip(scanned.events, lines) {
                #expect(Self.words(event, scanned.tables) == Self.general(line))
                scanned.withBytes(of: event) { bytes in
                    #expect(bytes.count == line.count)
                }
            }
        }
    }

    @Test("a chunk ends at its first faulty line, and says where that is")
    func faultyChunk() {
        let good = EventWriter.line(SampleEvents.all[8]).text
        let bytes = [UInt8]("\(good)\n\(good)\n{\"a\":}\n\(good)\n")
        var reader = ChunkReader()
        var scanned = ScannedChunk()
        reader.read(
            LogChunk(
                bytes: bytes, firstSequence: 41, lineCount: 4, file: "f.jsonl",
                firstLineInFile: 7, byteOffsetInFile: 100), into: &scanned)
        #expect(scanned.events.count == 2)
        guard case .problem(let problem, line: 2)? = scanned.oddities.last else {
            Issue.record("no problem found")
            return
        }
        let fault = scanned.fault(problem, line: 2)
        #expect(
            fault.description.hasPrefix(
                "f.jsonl:9: error: found '}', expected a value\n"
                    + "  at byte \(100 + 2 * (good.utf8.count + 1) + 5), sequence 43\n"),
            "\(fault)")
    }

    @Test("a source that does not fit is told in the words of the general reader")
    func sources() {
        for event in SampleEvents.all {
            let line = EventWriter.line(event).text
            for source in ["/x", "/programs/p/partners/r", "/programs/q", "p", "/programs/"] {
                let changed = [UInt8](
                    line.replacing(SourceText.text(event.content.source), by: source))
                var state = LedgerState()
                var reader = FactReader()
                var found: LineProblem?
                do throws(LineProblem) {
                    _ = try reader.read(changed.span, into: &state)
                } catch {
                    found = error
                }
                #expect(found == lineProblem(changed), "\(changed.text)")
            }
        }
    }
}
