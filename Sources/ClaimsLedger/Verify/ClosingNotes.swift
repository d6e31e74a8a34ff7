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
    }

    private var closings: [Closing] = []
    private var sizes: [UInt64] = []
    private var reader = EventReader()

    /// Takes note of an event that can be read.
    mutating func note(_ fact: Fact, _ line: Span<UInt8>, at location: LineLocation? = nil) {
        guard fact.kind == .periodClosed, let event = try? reader.read(line),
            case .periodClosed(let closed) = event.content.payload,
            // A closing that was imported names the tree of the log it comes from.
            closed.treeSize == event.sequence - 1
        else { return }
        let size = UInt64(closed.treeSize)
        closings.append(
            Closing(
                location: location, period: event.content.subject, size: size,
                root: closed.rootHash))
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
            guard let root = roots[closing.size], root.base64 != closing.root else { return nil }
            let place = closing.location
            return """
                \(place?.file ?? ""):\(place?.line ?? 0): error: the closing of '\(closing.period)' names the \
                root '\(closing.root)' over the \(closing.size) events before it, found '\(root)'
                  at byte \(place?.byteOffset ?? 0), sequence \(place?.sequence ?? 0)
                  fix: an event before it was changed since; restore the log from a backup or a \
                replica
                """
        }
    }
}
