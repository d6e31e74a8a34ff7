import ArgumentParser
import ClaimsDomain
import ClaimsLedger
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where the clock, new ids and the user's identity enter; nowhere else.
enum Edge {
    /// The clock, or `CLAIMS_NOW` in its place.
    static func now() throws -> Instant {
        if let reproduction = Reproduction.current { return reproduction.now }
        if let text = environment("CLAIMS_NOW") {
            guard let instant = Instant(text) else {
                throw Stop(
                    code: Stop.usage,
                    message: "error: CLAIMS_NOW is '\(text)', expected an RFC 3339 time with a zone"
                )
            }
            return instant
        }
        let seconds = Date().timeIntervalSince1970
        return Instant(millisecondsSince1970: Int64((seconds * 1000).rounded(.down)))
    }

    /// A new event id: a UUID of version 7, so that ids sort by time.
    ///
    /// Source: RFC 9562.
    static func newID(now: Instant) -> EventID {
        var generator = SystemRandomNumberGenerator()
        let random = (generator.next(), generator.next())
        let high =
            UInt64(truncatingIfNeeded: now.millisecondsSince1970) << 16 | 0x7000
            | random.0 & 0x0FFF
        let low = random.1 & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        let digits = [high, low].map { value in
            let text = String(value, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
        let ends = [8, 12, 16, 20, 32]
        let starts = [0] + ends.dropLast()
        let characters = Array(digits)
        return EventID(zip(starts, ends).map { String(characters[$0..<$1]) }.joined(separator: "-"))
    }

    /// Who runs the program, as an opaque id: a user's number says nothing about a person.
    static var defaultActor: Actor { Actor(kind: .user, id: "uid-\(getuid())") }

    /// A variable that is set and not empty.
    static func environment(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Whether questions are answered from an index: `CLAIMS_INDEX`, else where it pays.
    static func indexing() throws -> IndexPolicy {
        switch environment("CLAIMS_INDEX") {
        case nil, "auto": return .automatic
        case "always": return .always
        case "off": return .never
        case let text?:
            throw Stop(
                code: Stop.usage,
                message: "error: CLAIMS_INDEX is '\(text)', expected 'auto', 'always' or 'off'")
        }
    }

    /// Where private keys are kept unless said otherwise: outside every ledger folder.
    static func keyFile(ledgerID: String) -> String {
        let home = environment("HOME") ?? "."
        let configuration = environment("XDG_CONFIG_HOME") ?? "\(home)/.config"
        return "\(configuration)/claims/keys/\(ledgerID).key"
    }
}
