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
        abstract: "Measure durable appends of several writers at once, without decisions.",
        discussion: """
            Appends lines that mean nothing: only for a ledger that is thrown away.
            """, shouldDisplay: false)

    @Option(help: ArgumentHelp("How many at once.", valueName: "count")) var writers = 1
    @Option(help: ArgumentHelp("How long.", valueName: "seconds")) var seconds = 3.0
    @OptionGroup var ledger: LedgerOptions
    @Option(help: "How to give the answer.") var format: OutputFormat = .table

    func validate() throws {
        guard (1...500).contains(writers) else {
            throw ValidationError("--writers has to be 1 to 500")
        }
    }

    func run() throws {
        guard let store = try ledger.open().store else {
            throw ValidationError("only a folder or a shared ledger can be appended to")
        }
        let clock = ContinuousClock()
        let start = clock.now
        let end = start + .seconds(seconds)
        let times = Mutex<[Int64]>([])
        let conflicts = Mutex<Int64>(0)
        let problem = Mutex<LogFault?>(nil)
        let group = DispatchGroup()
        for number in 1...writers {
            let thread = DispatchQueue(label: "writer-\(number)")
            thread.async(group: group) {
                var mine: [Int64] = []
                do throws(LogFault) {
                    var writer = Writer(store)
                    while clock.now < end {
                        let begin = clock.now
                        let id = "w\(number)-\(mine.count)-\(begin)"
                        let lost = try writer.append(id)
                        conflicts.withLock { $0 += lost }
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
        if let fault = problem.withLock({ $0 }) { throw LedgerError(fault) }
        try give(
            times.withLock { $0.sorted() }, conflicts: conflicts.withLock { $0 },
            elapsed: clock.now - start)
    }

    private func give(_ times: [Int64], conflicts: Int64, elapsed: Duration) throws {
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
                        key: "conflicts", title: "Came too late", value: .integer(conflicts)),
                ]), as: format, width: Console.width))
    }
}

/// Appends single lines: with the lock of a folder for as long as one takes, or over one session.
private struct Writer {
    private let store: any EventStore
    private var session: (any SharedWriter)?
    private var head: Int64 = 0
    private static let filling = String(repeating: "x", count: 350)

    init(_ store: any EventStore) { self.store = store }

    /// Appends wherever the log ends; returns how often another writer was first.
    mutating func append(_ id: String) throws(LogFault) -> Int64 {
        let text =
            #"{"specversion":"1.0","id":"\#(id)","source":"/rate","type":"x","#
            + #""data":"\#(Self.filling)"}"#
        let line = Array(text.utf8) + [LineFeeds.byte]
        var lost: Int64 = 0
        while true {
            do throws(LogFault) {
                if let shared = store as? any SharedStore {
                    if session == nil {
                        session = try shared.openSharedWriter(waitMilliseconds: 0) { _ in }
                    }
                    guard let writer = session else { continue }
                    _ = try writer.append(expecting: writer.head) { receive throws(LogFault) in
                        try receive(line)
                    }
                } else {
                    var writer = try store.openWriter(waitMilliseconds: 60_000)
                    _ = try writer.append(line, expecting: writer.head)
                }
                return lost
            } catch {
                guard case .headMoved = error.problem else { throw error }
                lost += 1
            }
        }
    }
}
