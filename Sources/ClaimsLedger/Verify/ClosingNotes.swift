import ClaimsCodec
import ClaimsDomain
import EventLog
import TransparencyLog

/// The tree heads that closings of periods name: each says what all events before it were.
struct ClosingNotes: Sendable {
    private struct Closing {
        /// nil where nobody asks for faults in words.
        let location: LineLocation?
        let period: String
        let size: UInt64
        let root: String
        /// How many events it says were before it.
        let claimedSize: Int64
    }

    private var closings: [Closing] = []
    private var sizes: [UInt64] = []
    private var reader = EventReader()

    /// Takes note of an event that can be read.
    mutating func note(_ fact: Fact, _ line: Span<UInt8>, at location: LineLocation? = nil) {
        guard fact.kind == .periodClosed, let event = try? reader.read(line),
            case .periodClosed(let closed) = event.content.payload,
            // A closing that was imported names the tree of the log it comes from.
            closed.imported != true
        else { return }
        // The tree of all events before it, whatever size it names.
        let size = UInt64(event.sequence - 1)
        closings.append(
            Closing(
                location: location, period: event.content.subject, size: size,
                root: closed.rootHash, claimedSize: closed.treeSize))
        sizes.append(size)
    }

    /// The sizes noted since the last call.
    mutating func takeSizes() -> [UInt64] {
        defer { sizes = [] }
        return sizes
    }

    /// A fault for each closing whose tree is not that of the log.
    func faults(_ roots: [UInt64: TreeHash]) -> [String] {
        closings.compactMap { closing in
            guard let root = roots[closing.size] else { return nil }
            let isSame =
                root.base64 == closing.root && closing.claimedSize == Int64(closing.size)
            guard !isSame else { return nil }
            let place = closing.location
            return """
                \(place?.file ?? ""):\(place?.line ?? 0): error: the closing of '\(closing.period)' names the \
                root '\(closing.root)' over the \(closing.claimedSize) events before it, found \
                '\(root)' over \(closing.size)
                  at byte \(place?.byteOffset ?? 0), sequence \(place?.sequence ?? 0)
                  fix: an event before it was changed since; restore the log from a backup or a \
                replica
                """
        }
    }
}
