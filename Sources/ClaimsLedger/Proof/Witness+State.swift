import EventLog
import TransparencyLog

extension Witness {
    /// How long one witness waits for another that uses the same state.
    private static let lockWaitMilliseconds = 2_000

    /// Takes the lock of the state: two that look and write at once could cosign two histories.
    func takeLock() throws(LedgerError) -> OpenFile {
        do throws(SystemError) {
            try WholeFile.makeFolders(WholeFile.folder(of: stateFile), on: fileSystem)
            let file = try fileSystem.open("\(stateFile).lock", for: .locking)
            var left = Self.lockWaitMilliseconds
            while try !fileSystem.tryLock(file, .exclusive) {
                guard left > 0 else {
                    fileSystem.close(file)
                    throw SystemError(call: "flock", path: stateFile, reason: .exists)
                }
                fileSystem.pause(milliseconds: 10)
                left -= 10
            }
            return file
        } catch {
            let isHeld = error.call == "flock"
            throw LedgerError(
                .fault(
                    isHeld
                        ? "\(stateFile): error: another witness uses this state"
                        : "\(stateFile): error: \(error)", isHeld ? .locked : .inputOutput))
        }
    }

    /// The logs that the witness knows: a line each of size, root and verifier key.
    func readState() throws(LedgerError) -> [KnownLog] {
        let bytes: [UInt8]
        do {
            bytes = try WholeFile.read(stateFile, on: fileSystem)
        } catch {
            if error.reason == .notFound { return [] }
            throw LedgerError(error)
        }
        let lines = String(decoding: bytes, as: UTF8.self).utf8.split(separator: 0x0A)
        var known: [KnownLog] = []
        for (index, line) in lines.enumerated() {
            let parts = line.split(separator: 0x20, maxSplits: 2).map { String(Substring($0)) }
            guard parts.count == 3, let size = UInt64(parts[0]),
                let root = try? TreeHash(base64: parts[1]),
                let key = try? VerifierKey(text: parts[2])
            else {
                throw LedgerError(
                    .fault(
                        """
                        \(stateFile):\(index + 1): error: the line is not '<size> <root> \
                        <verifier key>'
                          fix: restore the file from a backup; without it this witness would \
                        cosign any history
                        """, .badData))
            }
            known.append(KnownLog(key: key, size: size, root: root))
        }
        return known
    }

    /// Puts the state in place, durably and whole or not at all.
    func writeState(_ known: [KnownLog]) throws(LedgerError) {
        let text = known.map { "\($0.size) \($0.root) \($0.key)\n" }.joined()
        do {
            try WholeFile.write(Array(text.utf8), to: stateFile, on: fileSystem)
        } catch {
            throw LedgerError(.fault("\(stateFile): error: \(error)", .cannotCreate))
        }
    }
}
