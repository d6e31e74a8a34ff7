/// The CloudEvents attributes this ledger writes, in the order it writes them.
package enum Attribute: String, CaseIterable, Sendable {
    case specversion, id, source, type, subject, time, recordedtime, sequence, authtype, authid
    case correlationid, causationid, data

    /// Whether an event is none without it.
    package var isRequired: Bool { self != .correlationid && self != .causationid }

    /// The place in the order, from 0.
    var ordinal: Int {
        switch self {
        case .specversion: 0
        case .id: 1
        case .source: 2
        case .type: 3
        case .subject: 4
        case .time: 5
        case .recordedtime: 6
        case .sequence: 7
        case .authtype: 8
        case .authid: 9
        case .correlationid: 10
        case .causationid: 11
        case .data: 12
        }
    }

    /// The name with its quotes and colon, as it is written.
    var prepared: [UInt8] { Self.prepared[ordinal] }

    private static let prepared = allCases.map { Array("\"\($0.rawValue)\":".utf8) }

    /// The value of `specversion`.
    package static let specVersion = "1.0"
    /// Digits of `sequence`, so that it also sorts as text.
    package static let sequenceDigits = 12
}
