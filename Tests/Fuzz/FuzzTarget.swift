import ClaimsCodec
import ClaimsDomain
import ClaimsExchange
import ClaimsLedger
import ClaimsTestSupport
import EventLog
import TransparencyLog

/// The target of this process; set once before the first input.
nonisolated(unsafe) var chosen = FuzzTarget.lines

/// A reader of bytes that somebody else wrote.
enum FuzzTarget: String, CaseIterable {
    /// A log of lines: the reader of canonical lines and the general one have to agree.
    case lines
    /// A program file.
    case programs
    /// An XES log.
    case xes
    /// A report of earnings or payments, as CSV or TSV.
    case tables
    /// Signed notes, checkpoints, proofs, bundles, policies, stamps, keys.
    case notes
    /// A damaged index must not change an answer.
    case index

    /// Takes one input; whatever is wrong with the program stops the process.
    func take(_ bytes: [UInt8]) {
        switch self {
        case .lines: Self.readLines(bytes)
        case .programs: _ = try? ProgramText.program(bytes.span, zone: ProgramFile.resolve)
        case .xes: Self.readXES(bytes)
        case .tables: TableTrial.run(bytes)
        case .notes: Self.readNotes(bytes)
        case .index: Self.damageIndex(bytes)
        }
    }

    /// What a read of a log sees must be what its lines say one by one, and what is read of a line
    /// must be written again as the same line, or as one that means the same.
    private static func readLines(_ bytes: [UInt8]) {
        for line in bytes.split(separator: LineFeeds.byte, omittingEmptySubsequences: false) {
            let line = Array(line)
            var state = LedgerState()
            var facts = FactReader()
            var events = EventReader()
            let isFact = (try? facts.read(line.span, into: &state)) != nil
            guard let event = try? events.read(line.span) else {
                precondition(!isFact, "a fact was read from what is no event")
                continue
            }
            precondition(isFact, "an event has no fact")
            let written = EventWriter.line(event)
            guard let again = try? events.read(written.span) else {
                preconditionFailure("what was written cannot be read")
            }
            precondition(EventWriter.line(again) == written, "written twice, it differs")
        }
        let disk = SimulatedFileSystem(
            LedgerOnDisk.image(lines: bytes.last == LineFeeds.byte ? bytes : bytes + [10]))
        var ledger = LedgerOnDisk.open(disk)
        ledger.scanThreads = 1
        ledger.indexing = .never
        let replayed = try? ledger.balances()
        let verified = try? ledger.verify()
        precondition(
            replayed != nil || verified?.faults.isEmpty != true,
            "verify finds no fault in what cannot be replayed")
    }

    private static func readXES(_ bytes: [UInt8]) {
        var rest = bytes[...]
        _ = try? XESReader(file: "fuzz.xes").read(
            chunks: {
                let chunk = Array(rest.prefix(64))
                rest = rest.dropFirst(64)
                return chunk
            }, onTrace: { _ in })
    }

    private static func readNotes(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        if let note = try? SignedNote(bytes: bytes) {
            precondition(Array(note.description.utf8) == bytes, "a note is not what it was")
            _ = try? Checkpoint(text: note.text)
        }
        _ = try? Checkpoint(text: text)
        _ = try? LoggedProof(bytes: bytes)
        _ = try? WitnessRequest(bytes: bytes)
        _ = try? TrustPolicy(bytes: bytes)
        _ = try? VerifierKey(text: text)
        _ = try? ProofBundle(parsing: bytes).check(BundleCheckOptions())
        _ = try? Stamp(parsing: bytes)
        _ = try? LedgerSettings(parsing: bytes)
    }

    /// Each four bytes of the input change one byte of the index.
    private static func damageIndex(_ bytes: [UInt8]) {
        var image = LedgerOnDisk.indexed
        let file = image.files.keys.filter { $0.contains("/cache/index/") }.sorted().first
        guard let file, var run = image.files[file] else { return }
        for start in stride(from: 0, to: bytes.count - 3, by: 4) {
            let place = Int(bytes[start]) << 16 | Int(bytes[start + 1]) << 8 | Int(bytes[start + 2])
            run[place % run.count] ^= bytes[start + 3]
        }
        if bytes.count % 4 != 0 { run = Array(run.prefix(run.count - bytes.count % 4)) }
        image.files[file] = run
        let answer = try? LedgerOnDisk.open(SimulatedFileSystem(image)).balances()
        precondition(
            answer.map { "\($0.value)" } == LedgerOnDisk.answer, "a damaged index changed an answer"
        )
    }
}

/// A small ledger on a simulated disk.
enum LedgerOnDisk {
    static let folder = "/ledger"

    static func image(lines: [UInt8]) -> DiskImage {
        var image = DiskImage()
        image.folders.insert(folder)
        let settings = LedgerSettings(
            ledgerID: "L-1", origin: "fuzz.example/ledger", publicKey: "\(key.verifierKey)",
            iso4217: Currency.tableVersion, segmentBytes: 1 << 20)
        image.files["\(folder)/ledger.json"] = Array(settings.text.utf8)
        image.files["\(folder)/000000000001.jsonl"] = lines
        return image
    }

    static func open(_ disk: SimulatedFileSystem) -> Ledger {
        do {
            var ledger = try Ledger.open(folder, on: disk)
            ledger.indexing = .always
            return ledger
        } catch {
            preconditionFailure("\(error)")
        }
    }

    private static let key: SigningKey = {
        do {
            return SigningKey.generate(name: try KeyName("fuzz.example/ledger"), kind: .note)
        } catch {
            preconditionFailure("\(error)")
        }
    }()

    /// A ledger with an index.
    static let indexed: DiskImage = {
        do {
            let history = try randomHistory(seed: 7, events: 120)
            let disk = SimulatedFileSystem(
                image(lines: history.entries.flatMap { $0.line + [LineFeeds.byte] }))
            _ = try open(disk).balances()
            return disk.image
        } catch {
            preconditionFailure("\(error)")
        }
    }()

    /// What it answers.
    static let answer: String? = {
        var ledger = open(SimulatedFileSystem(indexed))
        ledger.indexing = .never
        return (try? ledger.balances()).map { "\($0.value)" }
    }()
}
