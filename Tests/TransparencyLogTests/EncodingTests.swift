import Testing
import TransparencyLog

@Suite("Base64 and hexadecimal")
struct EncodingTests {
    @Test(
        "the examples of RFC 4648, section 10, are read and written",
        arguments: [
            ("", "", ""), ("f", "Zg==", "66"), ("fo", "Zm8=", "666f"),
            ("foo", "Zm9v", "666f6f"), ("foob", "Zm9vYg==", "666f6f62"),
            ("fooba", "Zm9vYmE=", "666f6f6261"), ("foobar", "Zm9vYmFy", "666f6f626172"),
        ])
    func publishedExamples(text: String, base64: String, hex: String) {
        let bytes = Array(text.utf8)
        #expect(Base64.encode(bytes) == base64)
        #expect(Base64.decode(base64.utf8) == bytes)
        #expect(Hexadecimal.encode(bytes) == hex)
        #expect(Hexadecimal.decode(hex.utf8) == bytes)
    }

    @Test("every pair of bytes comes back")
    func everyPair() {
        for value in UInt16.min...UInt16.max {
            let bytes = [UInt8(value >> 8), UInt8(value & 0xff)]
            let text = Base64.encode(bytes)
            guard Base64.decode(text.utf8) == bytes,
                Hexadecimal.decode(Hexadecimal.encode(bytes).utf8) == bytes
            else {
                Issue.record("\(bytes) came back otherwise from '\(text)'")
                return
            }
        }
    }

    @Test(
        "a second text for the same bytes is refused",
        arguments: [
            "Zg", "Zg=", "Zg===", "Z===", "====", "Zh==", "Zm9=", "Zm9v\n", "Zm 9", "Zm-v", "Zm_v",
            "Zg==Zg==", "=Zg=", "Zm9v=", "Zé=",
        ])
    func secondBase64(text: String) {
        #expect(Base64.decode(text.utf8) == nil)
    }

    @Test("upper case, odd and other digits are refused", arguments: ["6F", "6", "6g", "0x", " 6"])
    func secondHexadecimal(text: String) {
        #expect(Hexadecimal.decode(text.utf8) == nil)
    }
}
