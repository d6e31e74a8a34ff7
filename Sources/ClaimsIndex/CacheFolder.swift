/// The folder of derived files in a ledger folder.
///
/// It can be deleted at any time: every answer is computed from the log, with or without it.
package enum CacheFolder {
    /// The folder's name.
    package static let name = "cache"

    /// The path of the folder in a ledger folder.
    package static func path(inLedger folder: String) -> String { "\(folder)/\(name)" }
}
