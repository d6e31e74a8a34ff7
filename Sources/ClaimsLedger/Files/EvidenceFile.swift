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
        let fileSystem = PosixFileSystem()
        var digest = FileDigest()
        var size = 0
        do {
            guard try fileSystem.status(path).kind != .folder else {
                throw SystemError(call: "open", path: path, reason: .isAFolder)
            }
            try FilePieces.read(path, on: fileSystem) { piece in
                digest.update(piece)
                size += piece.count
            }
        } catch let error as SystemError {
            let category: LedgerError.Category =
                error.reason == .notFound || error.reason == .isAFolder ? .notFound : .inputOutput
            throw LedgerError(.fault("error: document \(error)", category))
        } catch {
            throw LedgerError(error)
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
