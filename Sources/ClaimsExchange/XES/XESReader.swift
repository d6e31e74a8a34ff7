import ClaimsDomain
import Foundation

/// Reads an XES log (IEEE 1849) as a stream.
///
/// One pass over the bytes; one trace at a time is in memory, however long the log is.
package struct XESReader {
    /// Bytes read at a time.
    package static let chunkBytes = 1 << 16

    private let file: String
    private let usesDefaults: Bool

    /// A reader of a file; `-` is standard input.
    ///
    /// With `usesDefaults` the values of the log's `<global>` declarations stand in for attributes
    /// that a trace or an event lacks.
    package init(file: String, usesDefaults: Bool = true) {
        self.file = file
        self.usesDefaults = usesDefaults
    }

    /// Hands over each trace as it is complete, in the order of the file.
    ///
    /// Throws `XESFault` at the first byte that does not fit, or whatever `onTrace` throws; the
    /// traces before have been handed over by then.
    package func read(onTrace: (XESTrace) throws -> Void) throws -> XESSummary {
        let handle: FileHandle
        if file == "-" {
            handle = .standardInput
        } else {
            do {
                handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
            } catch {
                throw XESFault(
                    file: file, line: 1, column: 1, byteOffset: 0,
                    problem: .unreadable(reason: Self.reason(error)), excerpt: nil)
            }
        }
        return try read(
            chunks: { try handle.read(upToCount: Self.chunkBytes).map { [UInt8]($0) } ?? [] },
            onTrace: onTrace)
    }

    /// The same over chunks of bytes from anywhere; an empty chunk is the end.
    package func read(
        chunks: @escaping () throws -> [UInt8], onTrace: (XESTrace) throws -> Void
    ) throws -> XESSummary {
        var scanner = XMLScanner(file: file, nextChunk: chunks)
        var builder = XESBuilder(usesDefaults: usesDefaults)
        while let token = try scanner.next() {
            switch token {
            case .start(let tag):
                if let problem = builder.start(tag) { throw scanner.fault(problem) }
            case .end:
                if let trace = builder.end() { try onTrace(trace) }
            }
        }
        return builder.summary
    }

    /// Foundation words its errors differently on every system: the cause alone is told.
    private static func reason(_ error: any Error) -> String {
        switch (error as? CocoaError)?.code {
        case .fileNoSuchFile, .fileReadNoSuchFile: "there is no such file"
        case .fileReadNoPermission: "permission denied"
        default: "the system refuses to open it"
        }
    }
}
