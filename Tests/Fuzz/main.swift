// Feeds what libFuzzer makes up to one of the readers of foreign bytes.
//
// Built and run by tools/reliability/fuzz, never as part of the package: its flags are not ones
// that a package which depends on this one could take.

import Foundation

/// The driver of libFuzzer, which calls `body` with one input after the other.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

private let name = ProcessInfo.processInfo.environment["CLAIMS_FUZZ_TARGET"] ?? ""

guard let target = FuzzTarget(rawValue: name) else {
    let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: " ")
    FileHandle.standardError.write(Data("CLAIMS_FUZZ_TARGET is one of: \(names)\n".utf8))
    exit(64)
}
chosen = target
var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
exit(
    runDriver(&count, &arguments) { start, count in
        chosen.take(Array(UnsafeBufferPointer(start: start, count: count)))
        return 0
    })
