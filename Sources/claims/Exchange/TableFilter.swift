import ArgumentParser
import ClaimsExchange
import ClaimsProjections

extension FilterOptions {
    /// The selection; throws for an option that would not limit the table's rows.
    func selection(of table: LedgerTable, zone: String?) throws -> Selection {
        let selection = try selection(zone: zone)
        try refuse(selection, beyond: table.limits) { option in
            let known = Self.names(of: table.limits)
            return "\(option) does not limit the table '\(table.rawValue)', which "
                + (known.isEmpty ? "is always whole" : "is limited by \(known)")
        }
        return selection
    }

    /// The same for all tables together.
    func selectionOfAllTables(zone: String?) throws -> Selection {
        let selection = try selection(zone: zone)
        try refuse(selection, beyond: LedgerTable.commonLimits) { option in
            "\(option) does not limit all tables, which are limited by "
                + "\(Self.names(of: LedgerTable.commonLimits)); "
                + "'claims export csv TABLE \(option)' limits one"
        }
        return selection
    }

    private func refuse(
        _ selection: Selection, beyond limits: Set<SelectionPart>, _ text: (String) -> String
    ) throws {
        let given = selection.parts
        let idle = SelectionPart.allCases.first { given.contains($0) && !limits.contains($0) }
        if let idle { throw ValidationError(text("--\(idle.rawValue)")) }
    }

    private static func names(of limits: Set<SelectionPart>) -> String {
        SelectionPart.allCases.filter(limits.contains).map { "--\($0.rawValue)" }
            .joined(separator: ", ")
    }
}
