extension FileSystem {
    /// Writes all bytes at the end of a file, in one call unless the system takes fewer at once.
    func writeAll(_ bytes: ArraySlice<UInt8>, to file: OpenFile) throws(SystemError) {
        var rest = bytes
        while !rest.isEmpty {
            let taken = try write(rest, to: file, at: nil)
            // A device that takes nothing and reports nothing would keep this busy for ever.
            guard taken > 0 else {
                throw SystemError(call: "write", path: file.path, reason: .device)
            }
            rest = rest.dropFirst(taken)
        }
    }

    /// Whether a file or folder of that name exists.
    func exists(_ path: String) throws(SystemError) -> Bool {
        do {
            _ = try status(path)
            return true
        } catch {
            if error.reason == .notFound { return false }
            throw error
        }
    }
}
