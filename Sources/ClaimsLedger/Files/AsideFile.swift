package import EventLog

/// A file written piece by piece beside its place, and put there when it is whole.
///
/// Until then what was there stays; a file that is discarded leaves nothing behind.
package struct AsideFile {
    private let path: String
    private let aside: String
    private let file: OpenFile
    private let fileSystem: any FileSystem

    /// Opens the file beside its place; throws when that cannot be done.
    package init(
        _ path: String, on fileSystem: any FileSystem = PosixFileSystem()
    ) throws(SystemError) {
        self.path = path
        self.fileSystem = fileSystem
        aside = "\(path).\(fileSystem.processNumber).new"
        // Left by a process of the same number that ended in the middle of this.
        try? fileSystem.remove(aside)
        file = try fileSystem.open(aside, for: .creating)
    }

    /// Writes behind what was written before.
    package func append(_ bytes: [UInt8]) throws(SystemError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            rest = rest.dropFirst(try fileSystem.write(rest, to: file, at: nil))
        }
    }

    /// Puts the file in its place: synced, renamed, the folder synced.
    ///
    /// Ends the file, also where it throws; then nothing is left.
    package func commit() throws(SystemError) {
        do throws(SystemError) {
            try fileSystem.syncData(file)
            fileSystem.close(file)
        } catch {
            discard()
            throw error
        }
        do throws(SystemError) {
            try fileSystem.rename(aside, to: path)
            try fileSystem.syncFolder(WholeFile.folder(of: path))
        } catch {
            try? fileSystem.remove(aside)
            throw error
        }
    }

    /// Ends the file and removes it: what is half written must not be taken for something.
    package func discard() {
        fileSystem.close(file)
        try? fileSystem.remove(aside)
    }
}
