#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension PosixFileSystem {
    package func read(
        _ file: OpenFile, at offset: Int?, count: Int, after prefix: [UInt8]
    ) throws(SystemError) -> [UInt8] {
        var failure: SystemError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: prefix.count + count) {
            buffer, initialized in
            initialized = unsafe buffer.update(fromContentsOf: prefix)
            let room = unsafe UnsafeMutableRawBufferPointer(
                rebasing: UnsafeMutableRawBufferPointer(buffer)[prefix.count...])
            do throws(SystemError) {
                initialized += try unsafe fill(room, from: file, at: offset)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// One read into memory that need not be set before.
    private func fill(
        _ room: UnsafeMutableRawBufferPointer, from file: OpenFile, at offset: Int?
    ) throws(SystemError) -> Int {
        if let offset {
            return try repeated("pread", file.path) {
                unsafe pread(file.descriptor, room.baseAddress, room.count, off_t(offset))
            }
        }
        while true {
            do {
                return try repeated("read", file.path) {
                    unsafe readBytes(file.descriptor, room)
                }
            } catch {
                // Standard input can have been set not to wait by a program before this one.
                guard error.reason == .other(EAGAIN) else { throw error }
                var wanted = pollfd(fd: file.descriptor, events: Int16(POLLIN), revents: 0)
                try repeated("poll", file.path) { unsafe Int(poll(&wanted, 1, -1)) }
            }
        }
    }

    package func write(
        _ bytes: ArraySlice<UInt8>, to file: OpenFile, at offset: Int?
    ) throws(SystemError) -> Int {
        try repeated(offset == nil ? "write" : "pwrite", file.path) {
            unsafe bytes.withUnsafeBytes { source in
                if let offset {
                    unsafe pwrite(
                        file.descriptor, source.baseAddress, source.count, off_t(offset))
                } else {
                    unsafe writeBytes(file.descriptor, source)
                }
            }
        }
    }
}

private func readBytes(_ descriptor: Int32, _ room: UnsafeMutableRawBufferPointer) -> Int {
    unsafe read(descriptor, room.baseAddress, room.count)
}

private func writeBytes(_ descriptor: Int32, _ source: UnsafeRawBufferPointer) -> Int {
    unsafe write(descriptor, source.baseAddress, source.count)
}
