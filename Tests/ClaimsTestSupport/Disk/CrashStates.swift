/// Every state that a disk may be found in after the power went at any moment of a journal.
///
/// What no sync covers may be there, be gone, be there without what was done before it, or, for a
/// write, read as zeros in some of its sectors. A write that was being made may have ended at any
/// of its bytes. Names are covered by the sync of their folder, bytes by that of their file.
package struct CrashStates: Sendable {
    private let start: SimulatedDisk
    private let journal: [DiskOperation]
    /// Also cuts each write at each of its bytes; else at its first, middle and last.
    private let cutsEverywhere: Bool

    /// The states of a disk that began as an image and had these changes.
    package init(
        from image: DiskImage, journal: [DiskOperation], cutsEverywhere: Bool = true
    ) {
        start = SimulatedDisk(image)
        self.journal = journal
        self.cutsEverywhere = cutsEverywhere
    }

    /// One state.
    package struct State: Sendable {
        /// What is found.
        package let image: DiskImage
        /// How many operations had been begun.
        package let moment: Int
        /// The last thing that was acknowledged before; nil when nothing was.
        package let acknowledged: Int?
        /// The parts that reached the disk, where not all of them did.
        package let story: String
    }

    /// Hands over each state once for each moment; returns how many there were.
    @discardableResult
    package func visit(_ body: (State) throws -> Void) rethrows -> Int {
        var count = 0
        var acknowledged: Int?
        for moment in 0...journal.count {
            if moment > 0, case .acknowledge(let value) = journal[moment - 1] {
                acknowledged = value
            }
            var seen: Set<DiskImage> = []
            let open = unsynced(at: moment)
            // What is in front of the first operation that may be lost is the same in all of them.
            let first = open.first ?? moment
            var settled = start
            for index in 0..<first { settled.apply(journal[index]) }
            for parts in choices(at: moment, open) {
                let image = image(of: settled, from: first, to: moment, parts)
                guard seen.insert(image).inserted else { continue }
                count += 1
                try body(
                    State(
                        image: image, moment: moment, acknowledged: acknowledged,
                        story: story(at: moment, parts)))
            }
        }
        return count
    }

    /// The operations before a moment that no sync covers, in order.
    private func unsynced(at moment: Int) -> [Int] {
        var open: [Int] = []
        var doomed: Set<Int> = []
        for index in 0..<moment {
            switch journal[index] {
            case .write, .truncate, .makeFolder, .create, .rename, .remove: open.append(index)
            case .syncData(let file):
                open.removeAll { journal[$0].isData(of: file) && !doomed.contains($0) }
            case .syncFailed(let file):
                doomed.formUnion(open.filter { journal[$0].isData(of: file) })
            case .syncFolder(let path): open.removeAll { journal[$0].isName(in: path) }
            case .acknowledge: break
            }
        }
        return open
    }

    private typealias Parts = [Int: DiskOperation.Part]

    /// What may have become of the operations that no sync covers, and of the one being made.
    private func choices(at moment: Int, _ open: [Int]) -> [Parts] {
        let none = Parts(uniqueKeysWithValues: open.map { ($0, .none) })
        var all: [Parts] = [[:], none]
        for (place, index) in open.enumerated() {
            all.append([index: .none])
            var only = none
            only[index] = .whole
            all.append(only)
            all.append(none.filter { $0.key >= open[place] })
            let sectors = journal[index].sectorCount
            for sector in 0..<min(sectors, 4) {
                all.append([index: .zeroed(sectors: sector..<(sector + 1))])
            }
            if sectors > 0 { all.append([index: .zeroed(sectors: 0..<sectors)]) }
        }
        guard moment < journal.count, case .write(_, _, let bytes) = journal[moment] else {
            return all
        }
        for cut in cuts(bytes.count) {
            all.append([moment: .prefix(cut)])
            if !open.isEmpty { all.append(none.merging([moment: .prefix(cut)]) { $1 }) }
        }
        for sector in 0..<min(journal[moment].sectorCount, 4) {
            all.append([moment: .zeroed(sectors: sector..<(sector + 1))])
        }
        return all
    }

    private func cuts(_ byteCount: Int) -> [Int] {
        guard byteCount > 1 else { return [] }
        if cutsEverywhere { return Array(1..<byteCount) }
        return Array(Set([1, byteCount / 2, byteCount - 1])).sorted()
    }

    private func image(
        of settled: SimulatedDisk, from first: Int, to moment: Int, _ parts: Parts
    ) -> DiskImage {
        var disk = settled
        for index in first..<moment { disk.apply(journal[index], parts[index] ?? .whole) }
        if let begun = parts[moment], moment < journal.count { disk.apply(journal[moment], begun) }
        return disk.image
    }

    private func story(at moment: Int, _ parts: Parts) -> String {
        let odd = parts.sorted { $0.key < $1.key }
            .map { "\($0.key): \(journal[$0.key].name) \($0.value)" }
        return "power cut after operation \(moment) of \(journal.count)"
            + (odd.isEmpty ? "" : "; \(odd.joined(separator: ", "))")
    }
}

extension DiskOperation {
    fileprivate func isData(of other: Int) -> Bool {
        switch self {
        case .write(let file, _, _), .truncate(let file, _): file == other
        case .makeFolder, .create, .rename, .remove, .syncData, .syncFailed, .syncFolder,
            .acknowledge:
            false
        }
    }

    fileprivate func isName(in folder: String) -> Bool {
        switch self {
        case .makeFolder(let path), .create(_, let path), .remove(let path),
            .rename(_, _, let path):
            parentFolder(of: path) == folder
        case .write, .truncate, .syncData, .syncFailed, .syncFolder, .acknowledge: false
        }
    }

    /// What it does to what, for a test that failed.
    fileprivate var name: String {
        switch self {
        case .write(let file, let offset, let bytes):
            "write of \(bytes.count) bytes at \(offset) of file \(file)"
        default: "\(self)"
        }
    }
}

/// The folder that a path is in.
func parentFolder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
}
