/// How fast something went, for people.
enum Pace {
    /// Time, events and bytes a second, in whole numbers.
    static func text(_ verb: String, _ elapsed: Duration, events: Int64, bytes: Int64) -> String {
        let parts = elapsed.components
        let microseconds = max(1, parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000)
        let milliseconds = microseconds / 1000
        let seconds = "\(milliseconds / 1000).\(String(1000 + milliseconds % 1000).dropFirst())"
        let eventRate = events * 1_000_000 / microseconds
        let byteRate = bytes / microseconds
        return "\(verb) \(events) events, \(bytes) bytes in \(seconds) s: "
            + "\(eventRate) events/s, \(byteRate) MB/s"
    }
}
