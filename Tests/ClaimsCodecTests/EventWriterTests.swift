import ClaimsDomain
import Testing

@testable import ClaimsCodec

/// How lines are written; what they say is the readers' tests'.
@Suite struct EventWriterTests {
    @Test("lines are written one behind the other into one buffer")
    func oneBuffer() {
        var bytes: [UInt8] = []
        for event in SampleEvents.all {
            EventWriter.append(event, to: &bytes)
            bytes.append(0x0A)
        }
        var lines: [UInt8] = []
        for event in SampleEvents.all { lines += EventWriter.line(event) + [0x0A] }
        #expect(bytes == lines)
    }
}
