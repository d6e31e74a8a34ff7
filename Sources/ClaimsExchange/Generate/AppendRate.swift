package import ClaimsDomain
package import ClaimsLedger
import EventLog

/// Measures durable appends: one event at a time through the library, against the same bytes
/// written and synced with nothing around them.
package struct AppendRate {
    /// Microseconds that each append through the library took, in order.
    package private(set) var appends: [Int64] = []
    /// Microseconds that each bare write with its sync took, in order.
    package private(set) var bare: [Int64] = []

    /// How many of one kind come before as many of the other: a disk's pace changes by the second.
    private static let turn = 20

    package init() {}

    /// Comments `count` times on a claim of a ledger, and as often appends the same bytes to a file
    /// beside the log, in turns.
    ///
    /// `clock`: microseconds since some moment. The file is removed again. Throws when the ledger
    /// cannot be written or the claim is unknown.
    package mutating func measure(
        _ ledger: Ledger, claim: ClaimID, count: Int, now: Instant, clock: () -> Int64
    ) throws(LedgerError) {
        var writer = try ledger.openWriter()
        let path = "\(ledger.name).append-rate"
        do {
            let files = PosixFileSystem()
            let file = try files.open(path, for: .creating)
            defer {
                files.close(file)
                try? files.remove(path)
            }
            var line: [UInt8] = []
            while appends.count < count {
                for _ in 0..<min(Self.turn, count - appends.count) {
                    let context = CommandContext(
                        now: now, actor: Actor(kind: .system, id: "append-rate"),
                        id: EventID("append-rate-\(writer.head)"), expected: writer.head)
                    let start = clock()
                    let receipt = try writer.submit(
                        .claim(claim, .comment(text: "a comment to measure appends")), context)
                    appends.append(clock() - start)
                    line = receipt.line + [0x0A]
                }
                for _ in 0..<(appends.count - bare.count) {
                    let start = clock()
                    _ = try files.write(line[...], to: file, at: nil)
                    try files.syncData(file)
                    bare.append(clock() - start)
                }
            }
        } catch {
            throw LedgerError(error)
        }
    }
}
