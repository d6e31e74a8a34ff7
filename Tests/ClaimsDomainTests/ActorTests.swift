import ClaimsDomain
import ClaimsTestSupport
import Testing

@Suite struct ActorTests {
    @Test("kinds of principals are those of the CloudEvents extension")
    func kinds() {
        #expect(
            Actor.Kind.allCases.map(\.rawValue) == [
                "user", "app_user", "service_account", "api_key", "system", "unauthenticated",
                "unknown",
            ])
    }

    @Test("actors and sources are equal only in all their parts")
    func equality() {
        let user = Actor(kind: .user, id: "u-1")
        #expect(user != Actor(kind: .system, id: "u-1"))
        #expect(user != Actor(kind: .user, id: "u-2"))
        #expect(Samples.source == Source(program: Samples.program.id, partner: Samples.partner))
        #expect(Samples.source != Source(program: Samples.program.id))
        #expect(
            Samples.source
                != Source(prefix: "urn:x", program: Samples.program.id, partner: Samples.partner))
    }
}
