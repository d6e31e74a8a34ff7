import ClaimsCodec
import ClaimsDomain
import ClaimsProjections
import ClaimsTestSupport
import EventLog

@testable import ClaimsLedger

/// A file of lines that the fast ledger reads, to be held against the reference.
struct ModelDesk {
    private let scratch: ScratchFolder
    private let ledger: Ledger

    /// `blockBytes`: how much is read at once, so that lines are cut anywhere.
    init(blockBytes: Int = 1 << 20, threads: Int = 1) throws {
        scratch = try ScratchFolder()
        let path = scratch.path("events.jsonl")
        let store = StreamStore(path: path, blockBytes: blockBytes)
        var ledger = Ledger(location: .file(path), settings: nil, source: store, folder: nil)
        ledger.scanThreads = threads
        self.ledger = ledger
    }

    /// Makes the file anew.
    func write(_ lines: [[UInt8]]) throws {
        try scratch.write(lines.flatMap { $0 + [0x0A] }, to: "events.jsonl")
    }

    /// Where the ledger of the file and the reference disagree.
    func differences(
        _ events: [Event], at viewpoint: Viewpoint,
        ask: (ReferenceLedger) -> ModelQuestions = { ModelQuestions(all: $0) }
    ) throws -> [String] {
        let reference = ReferenceLedger(events, from: viewpoint.ofReference)
        let questions = ask(reference)
        let answers = try ModelAnswers(replaying: ledger, viewpoint, questions)
        return ModelStatements(answers).differences(from: ModelStatements(reference, questions))
    }

    /// A history that disagrees, made as small as it gets, in words.
    func counterexample(_ events: [Event], at viewpoint: Viewpoint) throws -> String {
        // A part of a history has other sequences: it is cut at the last event known instead.
        var (events, viewpoint) = (events, viewpoint)
        if case .sequence(let last) = viewpoint.knownAt {
            events.removeAll { $0.sequence > last }
            viewpoint.knownAt = nil
        }
        func differences(_ part: [Event]) throws -> [String] {
            if part.isEmpty { return [] }
            let part = Self.renumbered(part)
            try write(part.map { EventWriter.line($0) })
            return try self.differences(part, at: viewpoint)
        }
        let small = try shrunk(events) { try !differences($0).isEmpty }
        let lines = Self.renumbered(small).map {
            String(decoding: EventWriter.line($0), as: UTF8.self)
        }
        return """
            as of \(viewpoint.asOf.map { "\($0)" } ?? "the end"), \
            known at \(viewpoint.knownAt.map { "\($0)" } ?? "the head"):
            \(try differences(small).joined(separator: "\n"))
            \(lines.joined(separator: "\n"))
            """
    }

    /// The same events as a log of their own.
    static func renumbered(_ events: [Event]) -> [Event] {
        events.enumerated().map { place, event in
            var event = event
            event.sequence = Int64(place + 1)
            return event
        }
    }
}

extension Viewpoint {
    /// The same in the words of the reference.
    var ofReference: ReferenceViewpoint {
        switch knownAt {
        case nil: ReferenceViewpoint(asOf: asOf)
        case .instant(let instant): ReferenceViewpoint(asOf: asOf, knownAt: instant)
        case .sequence(let last): ReferenceViewpoint(asOf: asOf, knownEvents: last)
        }
    }
}
