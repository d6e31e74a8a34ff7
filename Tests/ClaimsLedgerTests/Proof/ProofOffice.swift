import ClaimsDomain
import ClaimsLedger
import ClaimsTestSupport
import Foundation
import TransparencyLog

/// A ledger of forty events with a checkpoint of each of some sizes, for tests that tamper with it.
struct ProofOffice {
    var office: Office
    /// The checkpoints kept elsewhere, by size.
    private(set) var outside: [Int: String] = [:]

    /// The ledger's private key.
    var keyFile: KeyFile { KeyFile(path: office.scratch.path("keys/ledger.key")) }

    private let cents: Int64

    /// A ledger of so many events, signed at these sizes; its claims are of `cents` and more.
    init(
        events: Int = 40, signedAt sizes: [Int] = [13, 40], segmentBytes: Int64? = nil,
        cents: Int64 = 100
    ) throws {
        self.cents = cents
        office = try Office(segmentBytes: segmentBytes)
        var writer = try office.ledger.openWriter()
        for number in 3...events {
            _ = try writer.submit(command(number), office.context())
            if sizes.contains(number) { try sign(number) }
        }
    }

    /// Appends one event.
    mutating func append(_ number: Int) throws {
        var writer = try office.ledger.openWriter()
        _ = try writer.submit(command(number), office.context())
    }

    /// Claims are created, get a document and are submitted in turn.
    private func command(_ number: Int) -> Command {
        let claim = "CLM-\(number / 3)"
        switch number % 3 {
        case 0: return Office.create(claim, usd(cents + Int64(number)))
        case 1:
            return Office.claim(
                claim,
                .attach(
                    EvidenceAttached(
                        evidence: EvidenceID("EV-1"), kind: .other,
                        filename: "scan-\(number).pdf", mediaType: "application/pdf", size: 7,
                        sha256: Self.sha256(Self.document(number)))))
        default: return Office.claim(claim, .submit(amount: nil))
        }
    }

    /// What the document attached at an event holds.
    static func document(_ number: Int) -> [UInt8] { Array("scan-\(number % 10)".utf8) }

    /// A SHA-256 in hexadecimal.
    static func sha256(_ bytes: [UInt8]) -> String { Stamp.digest(bytes) }

    /// Signs the head, which is at `size`, and keeps a copy elsewhere.
    mutating func sign(_ size: Int) throws {
        let kept = try office.ledger.makeCheckpoint(key: keyFile)
        let path = office.scratch.path("outside-\(size).checkpoint")
        try Data(Array(kept.file.note.description.utf8)).write(to: URL(fileURLWithPath: path))
        outside[size] = path
    }

    /// Verifies with a checkpoint kept elsewhere.
    func verify(
        outside size: Int? = nil, _ change: (inout VerifyOptions) -> Void = { _ in }
    ) throws -> Verification {
        var options = VerifyOptions()
        if let size, let path = outside[size] { options.checkpoints = [path] }
        change(&options)
        return try office.ledger.verify(options)
    }

    /// Removes every checkpoint that the ledger keeps, as a forger would.
    func forgetCheckpoints() throws {
        try FileManager.default.removeItem(atPath: office.scratch.path("ledger/checkpoints"))
    }
}
