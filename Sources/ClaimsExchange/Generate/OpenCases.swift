import ClaimsDomain

/// A claim that something is still going to happen to.
struct OpenClaim {
    /// What is to be done next.
    enum Step {
        case collect, handIn, afterDeadline, review, decide, answer, dispute, decideAgain
        case askForPayment, pay, payRest, payBack, payAgain
    }

    let id: ClaimID
    /// Its place in the population.
    let partner: Int
    let half: Int
    /// Its place in the programme's activities.
    let activity: Int
    let isVendor: Bool
    var amount: Int64
    var step = Step.handIn
    var documents: Int64 = 0
    var requests = 0
    var payments = 0
    var isDisputed = false
}

/// An association that something is still going to happen to.
struct OpenAssociation {
    /// What is to be done next.
    enum Step { case review, decide, answer, dispute, decideAgain, leave }

    let id: AssociationID
    let partner: Int
    var step = Step.review
    var documents: Int64 = 0
}

/// What is open, each in a place that is used again: as much as is open at a time, however long
/// the ledger gets.
struct Cases<Case> {
    private var places: [Case?] = []
    private var free: [Int] = []

    subscript(place: Int) -> Case? {
        get { places[place] }
        set { places[place] = newValue }
    }

    mutating func add(_ new: Case) -> Int {
        if let place = free.popLast() {
            places[place] = new
            return place
        }
        places.append(new)
        return places.count - 1
    }

    mutating func remove(_ place: Int) {
        places[place] = nil
        free.append(place)
    }
}
