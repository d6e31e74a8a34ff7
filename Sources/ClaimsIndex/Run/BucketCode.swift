import ClaimsDomain

/// The numbers that stand for buckets in a file.
enum BucketCode {
    static func code(of bucket: Bucket) -> UInt8 {
        switch bucket {
        case .earned: 1
        case .adjusted: 2
        case .rolledIn: 3
        case .rolledOut: 4
        case .converted: 5
        case .available: 6
        case .reserved: 7
        case .approved: 8
        case .expired: 9
        case .due: 10
        case .paid: 11
        case .claimed: 12
        }
    }

    private static let buckets: [Bucket?] = {
        var buckets = [Bucket?](repeating: nil, count: 256)
        for bucket in Bucket.allCases { buckets[Int(code(of: bucket))] = bucket }
        return buckets
    }()

    static func bucket(_ code: UInt8) -> Bucket? { buckets[Int(code)] }
}

/// The numbers that stand for findings in a file: their places in the catalogue, which the
/// vocabulary of the format covers.
enum FindingNumber {
    private static let codes = FindingCode.allCases
    private static let numbers: [FindingCode: UInt8] = Dictionary(
        uniqueKeysWithValues: codes.enumerated().map { ($1, UInt8($0)) })

    static func number(of code: FindingCode) -> UInt8 { numbers[code] ?? .max }

    static func code(_ number: UInt8) -> FindingCode? {
        Int(number) < codes.count ? codes[Int(number)] : nil
    }
}
