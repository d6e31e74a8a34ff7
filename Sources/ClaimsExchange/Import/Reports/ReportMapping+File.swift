import ClaimsCodec
import ClaimsDomain
package import ClaimsLedger

extension ReportMapping {
    /// Reads a mapping file, a JSON object.
    ///
    /// Throws at the first value that does not fit, with its place; a member nobody reads is one.
    package init(path: String) throws(LedgerError) {
        let bytes: [UInt8]
        do {
            bytes = try WholeFile.read(path)
        } catch {
            throw LedgerError(error)
        }
        do throws(JSONProblem) {
            self = try Self.read(try JSONNode(parsing: bytes.span))
        } catch {
            throw LedgerError(
                .fault(
                    LocatedText.fault(
                        file: path, bytes: bytes, offset: error.offset, what: "\(error)",
                        fix: "correct the mapping; 'claims import earnings --help' has one"),
                    .badData))
        }
    }

    private static let members = [
        "note", "programs", "partners", "earningTypes", "reasonCodes", "columns", "dates", "round",
    ]

    private static func read(_ root: JSONNode) throws(JSONProblem) -> ReportMapping {
        var mapping = ReportMapping()
        for member in try root.members() {
            let node = member.node
            switch member.name {
            case "note": _ = try node.asText()
            case "programs":
                for entry in try node.members() {
                    mapping.add(program: entry.name, as: try entry.node.asText())
                }
            case "partners":
                for entry in try node.members() {
                    mapping.partners[entry.name] = PartnerID(try entry.node.asText())
                }
            case "earningTypes":
                guard case .array(let words) = node.value else { throw node.problem("an array") }
                mapping.earningTypes = []
                for word in words {
                    mapping.earningTypes.insert(try word.asText().lowercased())
                }
            case "reasonCodes":
                for entry in try node.members() {
                    guard let meaning = Adjustment(try entry.node.asText()) else {
                        throw entry.node.problem(Adjustment.expectation)
                    }
                    mapping.reasonCodes[entry.name.lowercased()] = meaning
                }
            case "columns":
                for entry in try node.members() {
                    mapping.columns[entry.name] = try entry.node.asText()
                }
            case "dates": mapping.dates = try root.choice("dates")
            case "round": mapping.rounds = try node.asFlag()
            default:
                let nearest = NearestName.suggestion(for: member.name, among: members)
                throw JSONProblem(
                    .described(
                        "the mapping has no member '\(member.name)'"
                            + (nearest.map { "; did you mean '\($0)'?" } ?? "")),
                    at: node.offset)
            }
        }
        return mapping
    }
}

extension JSONNode {
    fileprivate func members() throws(JSONProblem) -> [Member] {
        guard case .object(let members) = value else { throw problem("an object") }
        return members
    }
}
