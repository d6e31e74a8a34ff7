import ClaimsLedger

/// How many claims each reviewer decided in each week; weeks are named by their Monday.
struct ReviewerWeeks: Projection {
    private(set) var decided: [Day: [String: Int]] = [:]

    var kinds: Set<EventKind> { [.claimApproved, .claimRejected] }

    mutating func apply(_ event: Event) {
        let day = event.content.occurredAt.day
        let monday = day.adding(days: 1 - day.weekday)
        decided[monday, default: [:]][event.content.actor.id, default: 0] += 1
    }
}
