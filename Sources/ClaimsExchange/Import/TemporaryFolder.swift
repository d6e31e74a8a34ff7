import Foundation

/// Where files are put that are gone with the process.
package enum TemporaryFolder {
    /// The folder of the machine, or what `TMPDIR` names.
    package static var path: String {
        FileManager.default.temporaryDirectory.path(percentEncoded: false)
    }
}
