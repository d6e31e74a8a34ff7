import ArgumentParser
import ClaimsLedger
import ClaimsReports
import Dispatch
import EventLog
import Synchronization

/// For `tools/postgresql/figures.py` only: it writes to the ledger it is given, and is left out of
/// the help.
struct WriterRateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "writer-rate",
        abstract: "Measure durable appends of several writers at once.",
        discussion: """
            Writers of a server have a session each and enrol partners; those of a folder take its \
            lock for each line, which means nothing. With --together all enrol partners through \
            one writer. Only for a ledger that is thrown away.
            """, shouldDisplay: false)

    @Option(help: ArgumentHelp("How many at once.", valueName: "count")) var writers = 1
    @Option(help: ArgumentHelp("How long.", valueName: "seconds")) var seconds = 3.0
    @Flag(help: "Hand commands to one writer, which appends together what comes at once.")
    var together = false
    @OptionGroup var ledger: LedgerOptions
    @Option(help: "How to give the answer.") var format: OutputFormat = .table

    func validate() throws {
        guard (1...500).contains(writers) else {
            throw ValidationError("--writers has to be 1 to 500")
        }
    }

    func run() throws {
        let ledger = try ledger.open()
        guard let store = ledger.store else {
            throw ValidationError("only a folder or a shared ledger can be appended to")
        }
        let enrolment =
            together || ledger.shared != nil ? try Enrolment(ledger, now: Edge.now()) : nil
        let common = together ? ConcurrentWriter(try ledger.openWriter()) : nil
        let clock = ContinuousClock()
        let start = clock.now
        let end = start + .seconds(seconds)
        let times = Mutex<[Int64]>([])
        let problem = Mutex<LedgerError?>(nil)
        let group = DispatchGroup()
        for number in 1...writers {
            let thread = DispatchQueue(label: "writer-\(number)")
            thread.async(group: group) {
                var mine: [Int64] = []
                do throws(LedgerError) {
                    var worker = try Self.worker(of: ledger, store, enrolment, common)
                    while clock.now < end {
                        let begin = clock.now
                        try worker.append("w\(number)-\(mine.count)-\(begin)")
                        let parts = (clock.now - begin).components
                        mine.append(
                            parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000)
                    }
                } catch {
                    problem.withLock { $0 = error }
                }
                times.withLock { $0 += mine }
            }
        }
        group.wait()
        if let fault = problem.withLock({ $0 }) { throw fault }
        try give(
            times.withLock { $0.sorted() }, elapsed: clock.now - start)
    }

    private static func worker(
        of ledger: Ledger, _ store: any EventStore, _ enrolment: Enrolment?,
        _ common: ConcurrentWriter?
    ) throws(LedgerError) -> Worker {
        guard let enrolment else { return .alone(store) }
        if let common { return .together(common, enrolment) }
        return .session(try ledger.openWriter(), enrolment)
    }

    private func give(_ times: [Int64], elapsed: Duration) throws {
        let milliseconds = max(
            1,
            elapsed.components.seconds * 1_000
                + elapsed.components.attoseconds / 1_000_000_000_000_000)
        func part(_ hundredths: Int) -> Int64 {
            times.isEmpty ? 0 : times[min(times.count - 1, times.count * hundredths / 100)]
        }
        try Console.answer(
            renderObject(
                Details(fields: [
                    Details.Field(
                        key: "writers", title: "Writers", value: .integer(Int64(writers))),
                    Details.Field(
                        key: "perSecond", title: "Appends a second",
                        value: .integer(Int64(times.count) * 1_000 / milliseconds)),
                    Details.Field(key: "p50Microseconds", title: "p50", value: .integer(part(50))),
                    Details.Field(key: "p99Microseconds", title: "p99", value: .integer(part(99))),
                    Details.Field(
                        key: "mostMicroseconds", title: "Longest",
                        value: .integer(times.last ?? 0)),
                ]), as: format, width: Console.width))
    }
}

/// Commands that enrol partners in the ledger's first program.
private struct Enrolment {
    private let program: ProgramID
    private let now: Instant

    init(_ ledger: Ledger, now: Instant) throws {
        guard let program = try ledger.summary().replay.state.programs.first?.rules.id else {
            throw ValidationError("a ledger with a program is needed")
        }
        self.program = program
        self.now = now
    }

    func submission(_ id: String) -> Submission {
        Submission(
            .enroll(
                program: program, partner: PartnerID(id),
                PartnerEnrolled(name: "A partner to measure appends", country: "NL")),
            CommandContext(
                now: now, actor: Actor(kind: .system, id: "writer-rate"), id: EventID(id)))
    }
}

/// One of several writers.
private enum Worker: ~Copyable {
    /// Takes the lock of a folder for as long as an append takes, and appends a line that means
    /// nothing.
    case alone(any EventStore)
    /// Has a session of its own with the server.
    case session(LedgerWriter, Enrolment)
    /// Hands its commands to the writer of all.
    case together(ConcurrentWriter, Enrolment)

    mutating func append(_ id: String) throws(LedgerError) {
        switch consume self {
        case .alone(let store):
            self = .alone(store)
            do { try Self.append(id, to: store) } catch { throw LedgerError(error) }
        case .session(var writer, let enrolment):
            let submission = enrolment.submission(id)
            do throws(LedgerError) {
                _ = try writer.submit(submission.command, submission.context)
                self = .session(writer, enrolment)
            } catch {
                self = .session(writer, enrolment)
                throw error
            }
        case .together(let writer, let enrolment):
            self = .together(writer, enrolment)
            let submission = enrolment.submission(id)
            _ = try writer.submitAndWait(submission.command, submission.context)
        }
    }

    private static let filling = String(repeating: "x", count: 350)

    private static func append(_ id: String, to store: any EventStore) throws(LogFault) {
        let text =
            #"{"specversion":"1.0","id":"\#(id)","source":"/rate","type":"x","#
            + #""data":"\#(filling)"}"#
        var writer = try store.openWriter(waitMilliseconds: 60_000)
        _ = try writer.append(Array(text.utf8) + [LineFeeds.byte], expecting: writer.head)
    }
}
