/// An ISO 4217 currency: its three letters and its number of minor digits.
///
/// Only currencies of the pinned table exist, so an exponent is never guessed. Source: ISO 4217
/// list one, with the codes withdrawn since 2017 kept because old lines are read forever.
public struct Currency: Hashable, Sendable {
    /// The exponent in the top byte, then the three letters: no table is needed after parsing.
    private let packed: UInt32

    private init(packed: UInt32) { self.packed = packed }

    /// The version of the table, as written in `ledger.json`.
    public static let tableVersion = "2026-01-01"

    /// A number that no other currency has.
    var number: UInt32 { packed }

    /// The number of decimal digits of the minor unit: 0 for JPY, 2 for USD, 3 for KWD, 4 for CLF.
    public var fractionDigits: Int { Int(packed >> 24) }

    /// The three letters, such as `USD`.
    public var code: String {
        String(
            decoding: [
                UInt8(truncatingIfNeeded: packed >> 16), UInt8(truncatingIfNeeded: packed >> 8),
                UInt8(truncatingIfNeeded: packed),
            ], as: UTF8.self)
    }

    /// The currency of a code in upper case; nil when the table has no such code.
    ///
    /// O(log n).
    public init?(code: String) {
        let bytes = Array(code.utf8)
        self.init(bytes: bytes.span)
    }

    /// The currency of three ASCII letters; nil when the table has no such code.
    ///
    /// O(log n).
    public init?(bytes: Span<UInt8>) {
        guard bytes.count == 3 else { return nil }
        let letters = UInt32(bytes[0]) << 16 | UInt32(bytes[1]) << 8 | UInt32(bytes[2])
        var low = 0
        var high = Self.table.count
        while low < high {
            let middle = (low + high) / 2
            if Self.table[middle] & 0xFF_FFFF < letters { low = middle + 1 } else { high = middle }
        }
        guard low < Self.table.count, Self.table[low] & 0xFF_FFFF == letters else { return nil }
        packed = Self.table[low]
    }

    /// Every currency of the table, by code.
    public static var all: [Currency] { table.map(Currency.init(packed:)) }

    private static let table: [UInt32] =
        codesByFractionDigits
        .flatMap { digits, codes in
            codes.split(separator: " ").map { code in
                code.utf8.reduce(UInt32(digits)) { $0 << 8 | UInt32($1) }
            }
        }
        .sorted { $0 & 0xFF_FFFF < $1 & 0xFF_FFFF }

    private static let codesByFractionDigits: [(digits: Int, codes: String)] = [
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (
            2,
            """
            AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN \
            BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN \
            ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD \
            KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRO MRU MUR \
            MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD \
            RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STD STN SVC SYP SZL THB TJS TMT \
            TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VEF VES WST XAD XCD XCG YER ZAR ZMW ZWG ZWL
            """
        ),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (4, "CLF UYW"),
    ]
}

extension Currency: Comparable, CustomStringConvertible {
    /// By code.
    public static func < (left: Currency, right: Currency) -> Bool {
        left.packed & 0xFF_FFFF < right.packed & 0xFF_FFFF
    }

    /// The code.
    public var description: String { code }
}
