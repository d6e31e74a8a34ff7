#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The folders and files of a simulated disk; a file keeps its number when it is renamed.
package struct SimulatedDisk: Sendable {
    /// The folders by path; the root is always there.
    package private(set) var folders: Set<String> = ["/"]
    /// The numbers of the files by path.
    package private(set) var names: [String: Int] = [:]
    private var contents: [Int: [UInt8]] = [:]

    /// An empty disk.
    package init() {}

    /// A disk with the files of an image.
    package init(_ image: DiskImage) {
        folders = image.folders
        for (number, path) in image.files.keys.sorted().enumerated() {
            names[path] = number
            contents[number] = image.files[path]
        }
    }

    /// The lowest number that no file has.
    package var nextNumber: Int { (contents.keys.max() ?? -1) + 1 }

    /// The bytes of a file.
    package func bytes(of file: Int) -> [UInt8] { contents[file] ?? [] }

    /// What can be seen of it by name.
    package var image: DiskImage {
        DiskImage(folders: folders, files: names.mapValues { contents[$0] ?? [] })
    }

    /// Makes a change, whole or in part.
    package mutating func apply(_ operation: DiskOperation, _ part: DiskOperation.Part = .whole) {
        if case .none = part { return }
        switch operation {
        case .makeFolder(let path): folders.insert(path)
        case .create(let file, let path):
            names[path] = file
            contents[file] = contents[file] ?? []
        case .write(let file, let offset, let bytes):
            write(part.of(bytes, at: offset), to: file, at: offset)
        case .truncate(let file, let byteCount):
            contents[file] = Array(bytes(of: file).prefix(byteCount))
        case .rename(let file, let old, let new):
            if names[old] == file { names[old] = nil }
            names[new] = file
        case .remove(let path): names[path] = nil
        case .syncData, .syncFailed, .syncFolder, .acknowledge: break
        }
    }

    private mutating func write(_ bytes: [UInt8], to file: Int, at offset: Int) {
        var old = self.bytes(of: file)
        // What lies before it and never reached the disk reads as zeros.
        let end = offset + bytes.count
        if old.count < end { old += Array(repeating: 0, count: end - old.count) }
        old.replaceSubrange(offset..<end, with: bytes)
        contents[file] = old
    }
}

/// What a disk holds, by name: what a machine finds after a power cut.
package struct DiskImage: Hashable, Sendable {
    package var folders: Set<String> = ["/"]
    package var files: [String: [UInt8]] = [:]

    /// An empty disk.
    package init() {}

    init(folders: Set<String>, files: [String: [UInt8]]) {
        self.folders = folders
        self.files = files
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.folders == right.folders && left.files.count == right.files.count
            && left.files.allSatisfy { path, bytes in
                right.files[path].map { sameBytes($0[...], bytes[...]) } ?? false
            }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(folders)
        for path in files.keys.sorted() {
            hasher.combine(path)
            files[path]?.withUnsafeBytes { hasher.combine(bytes: $0) }
        }
    }
}

/// Whether two stretches have the same bytes; many times faster in a debug build than comparing
/// them as collections, and tens of thousands of disks are compared.
package func sameBytes(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    return left.withUnsafeBytes { left in
        right.withUnsafeBytes { right in
            guard let first = left.baseAddress, let second = right.baseAddress else { return true }
            return memcmp(first, second, left.count) == 0
        }
    }
}

/// A change of a disk, or a moment that a test wants to know of.
package enum DiskOperation: Equatable, Sendable {
    case makeFolder(String)
    case create(file: Int, path: String)
    case write(file: Int, offset: Int, bytes: [UInt8])
    case truncate(file: Int, byteCount: Int)
    case rename(file: Int, from: String, to: String)
    case remove(String)
    case syncData(file: Int)
    /// The disk refused: what was written to the file before is gone as far as anyone can tell,
    /// and a later sync does not bring it back.
    case syncFailed(file: Int)
    case syncFolder(String)
    /// Somebody was told something that has to be so from now on.
    case acknowledge(Int)

    /// How much of a change reached the disk.
    package enum Part: Equatable, Sendable {
        case whole
        case none
        /// The first bytes of a write.
        case prefix(Int)
        /// A write of which so many sectors, counted from its first, read as zeros.
        case zeroed(sectors: Range<Int>)

        /// The bytes that a part of a write leaves.
        func of(_ bytes: [UInt8], at offset: Int) -> [UInt8] {
            switch self {
            case .whole, .none: return bytes
            case .prefix(let count): return Array(bytes.prefix(count))
            case .zeroed(let sectors):
                var bytes = bytes
                let first = offset / DiskOperation.sectorBytes
                for index in bytes.indices
                where sectors.contains((offset + index) / DiskOperation.sectorBytes - first) {
                    bytes[index] = 0
                }
                return bytes
            }
        }
    }

    /// What a disk writes whole or not at all.
    package static let sectorBytes = 512

    /// How many sectors a write touches; 0 for anything else.
    package var sectorCount: Int {
        guard case .write(_, let offset, let bytes) = self, !bytes.isEmpty else { return 0 }
        return (offset + bytes.count - 1) / Self.sectorBytes - offset / Self.sectorBytes + 1
    }
}
