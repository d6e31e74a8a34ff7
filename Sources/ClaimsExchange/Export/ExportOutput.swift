/// Takes the bytes of an export and hands them on in pieces, so that none of it has to be held.
package final class ExportOutput {
    /// One call to the system for many lines.
    private static let pieceBytes = 1 << 16

    private var piece: [UInt8] = []
    private let take: ([UInt8]) throws -> Void
    /// Why a piece could not be handed on; everything after it fails too.
    package private(set) var failure: (any Error)?

    /// An output whose pieces go to `take`, in order.
    package init(to take: @escaping ([UInt8]) throws -> Void) {
        self.take = take
        piece.reserveCapacity(2 * Self.pieceBytes)
    }

    /// Writes a text; throws what taking an earlier piece threw.
    package func write(_ text: String) throws {
        piece.append(contentsOf: text.utf8)
        if piece.count >= Self.pieceBytes { try handOn() }
    }

    /// Writes bytes as they are.
    package func write(_ bytes: [UInt8]) throws {
        piece.append(contentsOf: bytes)
        if piece.count >= Self.pieceBytes { try handOn() }
    }

    /// Writes a stored line as it is.
    package func write(_ bytes: Span<UInt8>) throws {
        for index in bytes.indices { piece.append(bytes[index]) }
        if piece.count >= Self.pieceBytes { try handOn() }
    }

    /// Hands on what is left.
    package func finish() throws {
        if !piece.isEmpty { try handOn() }
    }

    private func handOn() throws {
        if let failure { throw failure }
        do {
            try take(piece)
        } catch {
            failure = error
            throw error
        }
        piece.removeAll(keepingCapacity: true)
    }
}
