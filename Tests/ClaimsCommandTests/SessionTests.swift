import Foundation
import Testing

@Suite("Sessions with the command line")
struct SessionTests {
    @Test("Each command answers as its session says", arguments: SessionFile.all)
    func sessionHolds(_ file: SessionFile) throws { try file.play() }

    @Test("There are sessions to play")
    func sessionsExist() { #expect(SessionFile.all.count >= 20) }

    @Test("A session file is read and written without loss", arguments: SessionFile.all)
    func sessionKeepsItsText(_ file: SessionFile) throws {
        let text = try String(contentsOf: file.path, encoding: .utf8)
        #expect(try Session(text).text == text)
    }
}
