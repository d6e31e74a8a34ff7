package import ClaimsCodec
import ClaimsDomain
import EventLog

/// What `ledger.json` says: the identity of a ledger folder.
public struct LedgerSettings: Equatable, Sendable {
    /// The version of the folder's layout and of the wire forms in it.
    public static let formatVersion: Int64 = 1
    /// The file's name in the folder.
    package static let fileName = "ledger.json"

    /// A UUID made by `init`.
    public var ledgerID: String
    /// The origin line of checkpoints: a schema-less URL that names this log and no other.
    public var origin: String
    /// A C2SP verifier key: origin, key id, base64.
    public var publicKey: String
    /// The version of the currency table the ledger was made with.
    public var iso4217: String
    /// The size in bytes at which a segment is sealed.
    public var segmentBytes: Int64

    /// The settings of a new ledger.
    public init(
        ledgerID: String, origin: String, publicKey: String, iso4217: String, segmentBytes: Int64
    ) {
        self.ledgerID = ledgerID
        self.origin = origin
        self.publicKey = publicKey
        self.iso4217 = iso4217
        self.segmentBytes = segmentBytes
    }

    /// The file's text: pretty, one member a line.
    package var text: String {
        func quoted(_ text: String) -> String {
            var writer = JSONWriter()
            writer.string(text)
            return String(decoding: writer.bytes, as: UTF8.self)
        }
        return """
            {
              "formatVersion": \(Self.formatVersion),
              "ledgerId": \(quoted(ledgerID)),
              "origin": \(quoted(origin)),
              "publicKey": \(quoted(publicKey)),
              "iso4217": \(quoted(iso4217)),
              "segmentBytes": \(segmentBytes)
            }

            """
    }

    /// Reads the file's text.
    package init(parsing bytes: [UInt8]) throws(JSONProblem) {
        let node = try JSONNode(parsing: bytes.span)
        let version = try node.required("formatVersion")
        guard try version.asWhole() == Self.formatVersion else {
            throw version.problem("\(Self.formatVersion), the version this program knows")
        }
        let segmentBytes = try node.whole("segmentBytes")
        guard segmentBytes > 0 else {
            throw try node.required("segmentBytes").problem("a size of at least 1 byte")
        }
        let ledgerID = try node.text("ledgerId")
        guard Self.isLedgerID(ledgerID) else {
            throw try node.required("ledgerId").problem(Self.ledgerIDExpectation)
        }
        self.init(
            ledgerID: ledgerID, origin: try node.text("origin"),
            publicKey: try node.text("publicKey"), iso4217: try node.text("iso4217"),
            segmentBytes: segmentBytes)
    }
}

extension LedgerSettings {
    /// Whether a text can be a ledger's id, by which its key's file is named: it leads out of no
    /// folder.
    public static func isLedgerID(_ text: String) -> Bool {
        (1...mostLedgerIDBytes).contains(text.utf8.count) && text.utf8.first != UInt8(ascii: ".")
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                    UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }

    /// Longer than a UUID, shorter than a name in any file system.
    private static let mostLedgerIDBytes = 64

    /// What `isLedgerID` asks for, in words.
    public static let ledgerIDExpectation =
        "1 to 64 letters, digits, '-', '_' and '.', not beginning with '.'"
}
