import ClaimsDomain
import ClaimsLedger
import Synchronization
import TransparencyLog

/// The surroundings of a question that is asked again: the log as it was then, the clock and the
/// terminal of that time, and no output but its SHA-256.
final class Reproduction: Sendable {
    /// The one under way, while a question is asked again.
    @TaskLocal static var current: Reproduction?

    /// The ledger of today.
    let ledger: String
    /// How many events it had then.
    let size: Int64
    /// What the clock said.
    let now: Instant
    /// The width the answer was fitted to.
    let width: Int?
    private let digest = Mutex(FileDigest())

    init(of stamp: Stamp, ledger: String) throws {
        self.ledger = ledger
        size = stamp.size
        guard let now = Instant(stamp.now) else {
            throw Stop(code: Stop.badData, message: "error: the stamp has no time")
        }
        self.now = now
        width = stamp.width.map(Int.init)
    }

    /// Takes a part of the answer.
    func take(_ bytes: [UInt8]) { digest.withLock { $0.update(bytes) } }

    /// The SHA-256 of the answer.
    var bodySHA256: String { digest.withLock { $0.hexadecimal() } }
}
