public import ClaimsDomain
import EventLog
import TransparencyLog

/// A document on disk, as the log describes it.
public struct EvidenceFile: Equatable, Sendable {
    /// An id made of the hash, for who gives none.
    public let evidence: EvidenceID
    /// The name without folders.
    public let filename: String
    /// By the name's ending; `application/octet-stream` when it is not known.
    public let mediaType: String
    /// Bytes.
    public let size: Int64
    /// 64 lower-case hexadecimal digits.
    public let sha256: String

    /// Reads and hashes a file, piece by piece.
    ///
    /// O(bytes).
    public static func describe(_ path: String) throws(LedgerError) -> EvidenceFile {
        try describe(path, on: PosixFileSystem())
    }

    /// The same on another file system than the machine's.
    static func describe(
        _ path: String, as use: FileUse = .reading, on fileSystem: any FileSystem
    ) throws(LedgerError) -> EvidenceFile {
        var digest = FileDigest()
        var size = 0
        do throws(SystemError) {
            guard try fileSystem.status(path).kind != .folder else {
                throw SystemError(call: "open", path: path, reason: .isAFolder)
            }
            let file = try fileSystem.open(path, for: use)
            defer { fileSystem.close(file) }
            while true {
                let piece = try fileSystem.read(
                    file, at: size, count: LogLimits.blockBytes, after: [])
                if piece.isEmpty { break }
                digest.update(piece)
                size += piece.count
            }
        } catch {
            let category: LedgerError.Category =
                error.reason == .notFound || error.reason == .isAFolder ? .notFound : .inputOutput
            throw LedgerError(.fault("error: document \(error)", category))
        }
        let sha256 = digest.hexadecimal()
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return EvidenceFile(
            evidence: EvidenceID("EV-\(sha256.prefix(12))"), filename: name,
            mediaType: mediaType(of: name), size: Int64(size), sha256: sha256)
    }

    private static func mediaType(of name: String) -> String {
        let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        return mediaTypes[ending] ?? "application/octet-stream"
    }

    private static let mediaTypes = [
        "pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg",
        "gif": "image/gif", "webp": "image/webp", "tif": "image/tiff", "tiff": "image/tiff",
        "txt": "text/plain", "csv": "text/csv", "html": "text/html", "eml": "message/rfc822",
        "json": "application/json", "xml": "application/xml", "zip": "application/zip",
        "mp4": "video/mp4", "mp3": "audio/mpeg",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ]
}
