import ClaimsIndex
import EventLog
import Foundation

// What `doctor` looks at around the log: the lock, and the folder it is in.
extension Ledger {
    /// Whether the lock is free, and keeps a second writer out.
    func lockCheck(_ folder: FolderStore) -> HealthCheck {
        func check(_ isWell: Bool, _ detail: String) -> HealthCheck {
            HealthCheck(name: "lock", isWell: isWell, detail: detail)
        }
        do throws(LogFault) {
            guard try folder.isLockKept() else {
                return check(
                    false,
                    "two writers were let in at once: this file system does not lock; move the "
                        + "ledger to a disk of this machine")
            }
            return check(true, "free")
        } catch {
            // One who writes at this moment is no illness.
            return check(error.category == .locked, "\(error)")
        }
    }

    /// Whether other machines may write to the folder, which the lock may not keep out.
    private func mediumCheck(_ folder: FolderStore) -> HealthCheck {
        func check(_ isWell: Bool, _ detail: String) -> HealthCheck {
            HealthCheck(name: "filesystem", isWell: isWell, detail: detail)
        }
        do throws(SystemError) {
            switch try folder.fileSystem.medium(of: folder.folder) {
            case .local: return check(true, "no network file system")
            case .network(let name):
                return check(
                    false,
                    "a network file system ('\(name)'), which may keep no lock between machines: "
                        + "write from one machine only")
            }
        } catch {
            return check(false, "\(error)")
        }
    }

    func fileChecks(_ folder: FolderStore) -> [HealthCheck] {
        let files = FileManager.default
        let space = (try? files.attributesOfFileSystem(forPath: folder.folder))?[.systemFreeSize]
        let freeBytes = (space as? NSNumber)?.int64Value
        let disk = HealthCheck(
            name: "disk", isWell: freeBytes.map { $0 > Self.leastFreeBytes } ?? false,
            detail: freeBytes.map { "\($0) bytes free" } ?? "the free space cannot be told")
        let cache = CacheFolder.path(inLedger: folder.folder)
        let cacheCheck = HealthCheck(
            name: "cache", isWell: true,
            detail: files.fileExists(atPath: cache)
                ? "\(cache)\(indexDetail); it may be deleted at any time" : "none")
        return [
            disk, mediumCheck(folder), Self.permissionCheck(folder.folder, files),
            Self.linkCheck(folder.folder, files), cacheCheck,
        ]
    }

    /// Whether others may write to the folder or to something in it.
    private static func permissionCheck(_ folder: String, _ files: FileManager) -> HealthCheck {
        let open = openToOthers(folder, files)
        let detail =
            switch open {
            case nil: "only the owner may write to the folder"
            case folder?: "others may write to the folder; run 'chmod go-w'"
            case let path?: "others may write to '\(path)'; run 'chmod go-w'"
            }
        return HealthCheck(name: "permissions", isWell: open == nil, detail: detail)
    }

    private static func openToOthers(_ folder: String, _ files: FileManager) -> String? {
        let names = (try? files.contentsOfDirectory(atPath: folder)) ?? []
        return ([folder] + names.sorted().map { "\(folder)/\($0)" }).first { path in
            let attributes = try? files.attributesOfItem(atPath: path)
            // The mode of a link says nothing.
            guard attributes?[.type] as? FileAttributeType != .typeSymbolicLink else {
                return false
            }
            return ((attributes?[.posixPermissions] as? NSNumber)?.intValue ?? 0) & 0o022 != 0
        }
    }

    /// Whether something in the folder is a symbolic link: a file that is one is never opened, a
    /// folder that is one leads out of the ledger.
    private static func linkCheck(_ folder: String, _ files: FileManager) -> HealthCheck {
        let names = (try? files.subpathsOfDirectory(atPath: folder)) ?? []
        let links = names.sorted().filter { name in
            let attributes = try? files.attributesOfItem(atPath: "\(folder)/\(name)")
            return attributes?[.type] as? FileAttributeType == .typeSymbolicLink
        }
        guard let first = links.first else {
            return HealthCheck(name: "links", isWell: true, detail: "no symbolic link")
        }
        let others = links.count > 1 ? " and \(links.count - 1) more" : ""
        return HealthCheck(
            name: "links", isWell: false,
            detail: "'\(first)'\(others) leads out of the folder; put what it names in its place")
    }
}
