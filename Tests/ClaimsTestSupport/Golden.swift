import Foundation
package import Testing

/// Texts that tests expect, kept in files: `Tests/<Target>/Golden/<name>`.
package enum Golden {
    /// Records an issue unless the text is that of the golden file beside the calling test.
    ///
    /// With `RECORD_GOLDEN=1` in the environment the file is written, and the test fails all the
    /// same, so that no run that wrote its own expectations passes.
    package static func check(
        _ text: String, named name: String, file: String = #filePath,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let folder = URL(filePath: file).deletingLastPathComponent().appending(path: "Golden")
        let place = folder.appending(path: name)
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
            do {
                try FileManager.default.createDirectory(
                    at: folder, withIntermediateDirectories: true)
                try Data(text.utf8).write(to: place)
                Issue.record("recorded golden '\(name)'", sourceLocation: sourceLocation)
            } catch {
                Issue.record(
                    "cannot record golden '\(name)': \(error)", sourceLocation: sourceLocation)
            }
            return
        }
        guard let data = try? Data(contentsOf: place) else {
            Issue.record(
                "there is no golden '\(name)'; RECORD_GOLDEN=1 records it",
                sourceLocation: sourceLocation)
            return
        }
        let expected = String(decoding: data, as: UTF8.self)
        guard expected != text else { return }
        let what = difference(expected, text)
        Issue.record("golden '\(name)' differs: \(what)", sourceLocation: sourceLocation)
    }

    /// The first line that differs.
    static func difference(_ expected: String, _ found: String) -> String {
        let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let given = found.split(separator: "\n", omittingEmptySubsequences: false)
        for index in 0..<max(wanted.count, given.count) {
            let left = index < wanted.count ? "'\(wanted[index])'" : "nothing"
            let right = index < given.count ? "'\(given[index])'" : "nothing"
            if left != right { return "line \(index + 1) is \(right), expected \(left)" }
        }
        return "the bytes"
    }
}
