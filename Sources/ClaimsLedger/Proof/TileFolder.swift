package import EventLog
import TransparencyLog

/// A folder that holds the tiles of a tree where C2SP tlog-tiles puts them.
package struct TileFolder: Sendable {
    /// The folder over `tile`.
    package let path: String
    let fileSystem: any FileSystem

    init(path: String, fileSystem: any FileSystem = PosixFileSystem()) {
        self.path = path
        self.fileSystem = fileSystem
    }

    /// A tile that is missing, or has another length than its width asks for.
    package struct Damage: Error, CustomStringConvertible {
        /// The tile's file.
        package let file: String
        /// One line.
        package var description: String { "\(file): error: the tile is missing or damaged" }
    }

    /// The hashes of a tile; a full tile answers for a partial one.
    ///
    /// Throws `Damage`.
    func hashes(of tile: Tile) throws(Damage) -> [TreeHash] {
        if let hashes = bytes(tile.path).flatMap({ tile.hashes(in: $0) }) { return hashes }
        // A grown tree may have left only the full tile, or a wider partial one.
        for width in tile.isFull ? [] : widths(beside: tile) where width > tile.width {
            let wider = Tile(level: tile.level, index: tile.index, width: width)
            if let hashes = bytes(wider.path).flatMap({ wider.hashes(in: $0) }) {
                return Array(hashes.prefix(tile.width))
            }
        }
        throw Damage(file: "\(path)/\(tile.path)")
    }

    /// The widths that the tile may be kept in, the full one first.
    private func widths(beside tile: Tile) -> [Int] {
        let folder = WholeFile.folder(of: "\(path)/\(tile.path)")
        let names = (try? fileSystem.names(in: folder)) ?? []
        return [Tile.fullWidth]
            + names.compactMap { Int($0) }.filter { (1..<Tile.fullWidth).contains($0) }.sorted()
    }

    private func bytes(_ name: String) -> [UInt8]? {
        try? WholeFile.read("\(path)/\(name)", as: .readingInside, on: fileSystem)
    }

    /// The tree of a size, answered from this folder.
    func reader(treeSize: UInt64) -> TileReader {
        TileReader(treeSize: treeSize) { try hashes(of: $0) }
    }

    /// Puts a tile in its place, whole or not at all.
    func write(_ hashes: [TreeHash], as tile: Tile) throws(SystemError) {
        try write(Tile.bytes(of: hashes), to: tile.path)
    }

    /// Puts a file in its place under the folder, whole or not at all.
    func write(_ bytes: [UInt8], to name: String) throws(SystemError) {
        let file = "\(path)/\(name)"
        try WholeFile.makeFolders(WholeFile.folder(of: file), on: fileSystem)
        try WholeFile.replace(bytes, at: file, on: fileSystem)
    }

    /// Removes a tile's file; one that is not there is no error.
    func remove(_ tile: Tile) { try? fileSystem.remove("\(path)/\(tile.path)") }
}

extension WholeFile {
    /// Makes a folder and those above it that are missing.
    package static func makeFolders(
        _ path: String, on fileSystem: any FileSystem
    ) throws(SystemError) {
        if (try? fileSystem.status(path)) != nil { return }
        let parent = folder(of: path)
        if parent != path { try makeFolders(parent, on: fileSystem) }
        do {
            try fileSystem.makeFolder(path)
        } catch {
            // Another process may have made it since.
            guard error.reason == .exists else { throw error }
        }
    }

    /// Puts a derived file in place, whole or not at all; a crash may lose it, which costs nothing
    /// but making it again.
    package static func replace(
        _ bytes: [UInt8], at path: String, on fileSystem: any FileSystem
    ) throws(SystemError) {
        let aside = "\(path).\(fileSystem.processNumber).new"
        try? fileSystem.remove(aside)
        let file = try fileSystem.open(aside, for: .creating)
        do throws(SystemError) {
            var rest = bytes[...]
            while !rest.isEmpty {
                rest = rest.dropFirst(try fileSystem.write(rest, to: file, at: nil))
            }
            fileSystem.close(file)
            try fileSystem.rename(aside, to: path)
        } catch {
            fileSystem.close(file)
            try? fileSystem.remove(aside)
            throw error
        }
    }
}
