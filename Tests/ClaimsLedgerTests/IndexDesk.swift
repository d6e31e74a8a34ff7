import ClaimsDomain
import ClaimsIndex
import ClaimsLedger
import ClaimsProjections
import ClaimsTestSupport
import EventLog
import Foundation
import Testing

/// A ledger folder of given lines, asked with its index and without.
final class IndexDesk: Sendable {
    let scratch: ScratchFolder
    /// Answers from the index wherever it can.
    let indexed: Ledger
    /// Answers by replaying.
    let replayed: Ledger

    /// `leastTailBytes`: what may lie behind the index before it is extended.
    convenience init(
        _ lines: [[UInt8]], leastTailBytes: Int = 0, layout: IndexLayout = .tiny
    ) throws {
        let scratch = try ScratchFolder()
        try scratch.makeFolder("ledger")
        try Self.writeSettings("L-1", scratch)
        try self.init(in: scratch, leastTailBytes: leastTailBytes, layout: layout)
        try append(lines)
    }

    private init(in scratch: ScratchFolder, leastTailBytes: Int, layout: IndexLayout) throws {
        self.scratch = scratch
        var policy = IndexPolicy.always
        policy.leastTailBytes = leastTailBytes
        policy.layout = layout
        let box = Box()
        var ledger = try Ledger.open(scratch.path("ledger"))
        ledger.indexing = policy
        ledger.remark = { text in box.note(text) }
        indexed = ledger
        ledger.indexing = .never
        replayed = ledger
        self.box = box
    }

    /// The same folder opened anew.
    func reopened() throws -> IndexDesk {
        try IndexDesk(
            in: scratch, leastTailBytes: indexed.indexing.leastTailBytes,
            layout: indexed.indexing.layout)
    }

    private let box: Box

    private final class Box: Sendable {
        private let texts = Guarded<[String]>([])
        func note(_ text: String) { texts.withLock { $0.append(text) } }
        func taken() -> [String] {
            texts.withLock { texts in
                defer { texts = [] }
                return texts
            }
        }
    }

    static func writeSettings(_ id: String, _ scratch: ScratchFolder) throws {
        let settings = LedgerSettings(
            ledgerID: id, origin: "law.example", publicKey: "none",
            iso4217: Currency.tableVersion, segmentBytes: 1 << 20)
        try scratch.write(settings.text, to: "ledger/ledger.json")
    }

    /// What was remarked since it was last asked.
    func remarks() -> [String] { box.taken() }

    /// Expects that both ledgers say the same from a viewpoint.
    ///
    /// Asks about two claims of the history, and one of nobody.
    func expectSame(
        _ viewpoint: Viewpoint, _ history: TestLedger, _ generator: inout SeededGenerator
    ) throws {
        let subjects = history.entries.map(\.event.content)
            .filter { $0.payload.kind.subjectKind == .claim }.map(\.subject)
        var claims = ["CLM-99"]
        if !subjects.isEmpty { claims += [generator.pick(subjects), generator.pick(subjects)] }
        let answers = IndexAnswers(indexed, viewpoint, claims: claims)
        let expected = IndexAnswers(replayed, viewpoint, claims: claims)
        let differences = answers.differences(from: expected)
        #expect(differences.isEmpty, "\(viewpoint): \(differences.first ?? "")")
    }

    /// The names of the index's files.
    func files() throws -> [String] {
        FileManager.default.fileExists(atPath: scratch.path("ledger/cache/index"))
            ? try scratch.names("ledger/cache/index") : []
    }

    func removeCache() throws {
        try FileManager.default.removeItem(atPath: scratch.path("ledger/cache"))
    }

    /// The index as it is; nil where there is none.
    func open() throws -> LogIndex? {
        guard let store = indexed.indexStore else { return nil }
        return try LogIndex.open(store)
    }

    /// Adds lines behind the log, now and then in a new segment.
    func append(_ lines: [[UInt8]], newSegmentAt first: Int? = nil) throws {
        var name = try scratch.names("ledger").last { $0.hasSuffix(".jsonl") }
        if let first { name = Self.segment(first) }
        let path = "ledger/\(name ?? Self.segment(1))"
        let before = (try? scratch.bytes(of: path)) ?? []
        try scratch.write(before + lines.flatMap { $0 + [0x0A] }, to: path)
    }

    private static func segment(_ first: Int) -> String {
        let digits = String(first)
        return String(repeating: "0", count: 12 - digits.count) + digits + ".jsonl"
    }
}

extension IndexLayout {
    /// Blocks and runs of a few events, so that small logs have many of them.
    static var tiny: IndexLayout {
        var layout = IndexLayout()
        layout.eventsABlock = 4
        layout.eventsARun = 16
        return layout
    }
}

/// What a ledger says to every question that an index answers, at one viewpoint, in words.
struct IndexAnswers: Equatable {
    private(set) var texts: [String: String] = [:]

    /// Asks about some claims, an association and some funds.
    init(_ ledger: Ledger, _ viewpoint: Viewpoint, claims: [String]) {
        for claim in claims.map({ ClaimID($0) }) {
            note("history \(claim)") { try ledger.history(of: claim, at: viewpoint) }
            note("explain \(claim)") { try ledger.explanation(of: claim, at: viewpoint) }
            note("check \(claim)") { try ledger.check(claim, at: viewpoint) }
            askAbout(ledger, viewpoint, "of \(claim)", selection { $0.claim = claim })
        }
        note("association") { try ledger.history(of: AssociationID("ASC-1"), at: viewpoint) }
        for (name, selection) in Self.selections {
            note("balance \(name)") { try ledger.balances(selection, at: viewpoint) }
            if selection.partner != nil { askAbout(ledger, viewpoint, name, selection) }
        }
        for grouping in BalanceGrouping.allCases {
            for (name, selection) in Self.selections {
                note("balance by \(grouping) \(name)") {
                    try ledger.balances(selection, grouping: grouping, at: viewpoint)
                }
            }
        }
        note("balance by program over time") {
            try ledger.balanceSeries(
                Selection(), grouping: .program, step: .quarter, at: viewpoint)
        }
    }

    /// The questions of which an index answers those about one claim or partner.
    private mutating func askAbout(
        _ ledger: Ledger, _ viewpoint: Viewpoint, _ name: String, _ selection: Selection
    ) {
        note("list \(name)") { try ledger.claims(selection, at: viewpoint).map(\.rows) }
        note("findings \(name)") { try ledger.findings(selection, at: viewpoint).map(\.rows) }
        note("deadlines \(name)") { try ledger.deadlines(selection, at: viewpoint).map(\.rows) }
        note("retention \(name)") { try ledger.retention(selection, at: viewpoint).map(\.rows) }
        note("log \(name)") {
            var lines: [String] = []
            let answer = try ledger.lines(selection, at: viewpoint) { line in
                lines.append(String(decoding: line.indices.map { line[$0] }, as: UTF8.self))
            }
            return answer.map { "\($0) lines: \(lines)" }
        }
        guard let partner = selection.partner else { return }
        var question = FundQuestion(partner: partner, period: Samples.firstPeriod)
        question.program = selection.program
        note("explain \(name)") { try ledger.explanations(of: question, at: viewpoint) }
    }

    /// Where two differ, by question.
    func differences(from other: IndexAnswers) -> [String] {
        texts.keys.filter { texts[$0] != other.texts[$0] }.sorted()
            .map { "\($0):\n\(texts[$0] ?? "nothing")\n\(other.texts[$0] ?? "nothing")" }
    }

    private static let selections: [(String, Selection)] = [
        ("of all", Selection()),
        ("of a partner", selection { $0.partner = Samples.partner }),
        ("of nobody", selection { $0.partner = PartnerID("nobody") }),
        ("of a period", selection { $0.period = Samples.secondPeriod }),
        ("of a program", selection { $0.program = Samples.program.id }),
        (
            "of a program's partner",
            selection {
                $0.program = Samples.program.id
                $0.partner = Samples.otherPartner
            }
        ),
    ]

    private mutating func note<Value>(_ question: String, _ ask: () throws -> Answer<Value>) {
        do {
            let answer = try ask()
            texts[question] = """
                \(answer.value) as of \(answer.moment), of \(answer.lastSequence) events, \
                warning \(answer.warning ?? "none")
                """
        } catch {
            texts[question] = "\(error)"
        }
    }
}

/// A point of view somewhere in a history, or at its edges.
func randomViewpoint(
    _ history: TestLedger, _ generator: inout SeededGenerator
) -> Viewpoint {
    let event = generator.pick(history.entries).event
    let nudge: Int64 = generator.pick([-1, 0, 0, 1, 86_400_000])
    let asOf = event.content.occurredAt.adding(milliseconds: nudge)
    let other = generator.pick(history.entries).event
    let knownAt: KnownAt =
        generator.oneIn(2)
        ? .sequence(other.sequence + generator.number(-1...1))
        : .instant(other.recordedAt.adding(milliseconds: generator.number(-1...1)))
    switch generator.number(1...4) {
    case 1: return Viewpoint(asOf: asOf)
    case 2: return Viewpoint(knownAt: knownAt)
    case 3: return Viewpoint()
    default: return Viewpoint(asOf: asOf, knownAt: knownAt)
    }
}
