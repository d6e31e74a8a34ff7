import EventLog
import Foundation
package import TransparencyLog

/// A file with a private key: its owner's, never printed.
package struct KeyFile: Sendable {
    /// Where it is.
    package let path: String

    /// Names a file; nothing is opened.
    package init(path: String) { self.path = path }

    /// The key in the file.
    ///
    /// Throws when there is none, or it cannot be read.
    package func read(kind: KeyKind = .note) throws(LedgerError) -> SigningKey {
        do {
            return try SigningKey(secretText: try firstLine(), kind: kind)
        } catch let error as TransparencyError {
            throw LedgerError(.fault("\(path): error: \(error)", .badData))
        } catch let error as SystemError where error.reason == .notFound {
            throw LedgerError(
                .fault(
                    """
                    error: there is no key file '\(path)'
                      fix: name the file with the private key with --key
                    """, .notFound))
        } catch {
            throw LedgerError(error)
        }
    }

    /// The key in the file, or a new one that is in no file yet.
    ///
    /// Throws when the file holds the key of another log.
    package func readOrGenerate(
        origin: String, kind: KeyKind = .note
    ) throws(LedgerError) -> (key: SigningKey, isNew: Bool) {
        guard !FileManager.default.fileExists(atPath: path) else {
            let key = try read(kind: kind)
            guard "\(key.verifierKey.name)" == origin else {
                throw LedgerError(
                    .fault(
                        """
                        \(path): error: the key is named '\(key.verifierKey.name)', \
                        \(kind == .note ? "the ledger" : "the witness") '\(origin)'
                          fix: \(kind == .note
                            ? "name the ledger like its key with --origin"
                            : "leave --name out, or name another file with --key")
                        """, .badData))
            }
            return (key, false)
        }
        do {
            return (SigningKey.generate(name: try KeyName(origin), kind: kind), true)
        } catch {
            throw LedgerError(.fault("\(path): error: \(error)", .badData))
        }
    }

    private func firstLine() throws -> String {
        let text = String(decoding: try WholeFile.read(path), as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    }

    /// Puts a key in the file, which must not be there yet.
    ///
    /// The file exists with mode 0600 before a byte of the key is in it, and is gone again if it
    /// cannot be written.
    package func write(_ key: SigningKey) throws(LedgerError) {
        let files = FileManager.default
        do {
            try files.createDirectory(
                atPath: WholeFile.folder(of: path), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            guard
                files.createFile(
                    atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
                let file = FileHandle(forWritingAtPath: path)
            else { throw CocoaError(.fileWriteUnknown) }
            do {
                try file.write(contentsOf: Data("\(key.secretText)\n".utf8))
                try file.synchronize()
                try file.close()
            } catch {
                try? files.removeItem(atPath: path)
                throw error
            }
        } catch {
            throw LedgerError(
                .fault("\(path): error: the key file cannot be written", .cannotCreate))
        }
    }

    /// Throws when the file is, or would be, inside a ledger folder: a copy of the ledger would
    /// then give the key away.
    func requireOutside(ledger folder: String) throws(LedgerError) {
        let inside = Self.resolved(folder)
        guard Self.resolved(path).starts(with: inside) else { return }
        throw LedgerError(
            .fault(
                """
                \(path): error: the key file lies inside the ledger folder '\(folder)': whoever \
                gets a copy of the ledger could sign for it
                  fix: name a file outside the folder with --key
                """, .cannotCreate))
    }

    /// The parts of a path, links resolved as far as it exists.
    private static func resolved(_ path: String) -> [String] {
        var existing = URL(fileURLWithPath: path).standardizedFileURL
        var rest: [String] = []
        while existing.path != "/", !FileManager.default.fileExists(atPath: existing.path) {
            rest.insert(existing.lastPathComponent, at: 0)
            existing.deleteLastPathComponent()
        }
        return existing.resolvingSymlinksInPath().pathComponents + rest
    }
}

/// The public key by which a signature is believed, from wherever the user has it.
package enum PublicKey {
    /// A verifier key given as text, or as a file that holds one on its first line.
    ///
    /// Throws when it is neither.
    package static func named(
        _ text: String, kind: KeyKind = .note
    ) throws(LedgerError) -> VerifierKey {
        let isFile = FileManager.default.fileExists(atPath: text)
        do {
            let bytes = isFile ? try WholeFile.read(text) : Array(text.utf8)
            let line = bytes.prefix { $0 != 0x0A }
            return try VerifierKey(text: String(decoding: line, as: UTF8.self), kind: kind)
        } catch let error as TransparencyError {
            throw LedgerError(
                .fault(
                    """
                    \(text): error: \(error)
                      fix: give a verifier key such as 'example.com/ledger+a1b2c3d4+...', or a \
                    file that holds one
                    """, .badData))
        } catch {
            throw LedgerError(error)
        }
    }
}

extension LedgerSettings {
    /// The key of the ledger's own checkpoints.
    ///
    /// Throws at a `ledger.json` whose key cannot be read, or is not the one of its origin.
    package func verifierKey(ledger: String) throws(LedgerError) -> VerifierKey {
        let file = "\(ledger)/\(Self.fileName)"
        do throws(TransparencyError) {
            let key = try VerifierKey(text: publicKey)
            if key.name.description.utf8.elementsEqual(origin.utf8) { return key }
        } catch {
            throw LedgerError(
                .fault(
                    "\(file): error: 'publicKey': \(error)\n  fix: restore the file from a backup",
                    .badData))
        }
        throw LedgerError(
            .fault(
                """
                \(file): error: 'publicKey' is not named like the origin '\(origin)'
                  fix: restore the file from a backup
                """, .badData))
    }
}
