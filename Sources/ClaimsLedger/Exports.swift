// Whoever imports this library names the words of the domain and of its answers without a further
// import: `Money`, `ClaimID`, `Viewpoint`, `FundBalances` and the others.
@_exported public import ClaimsDomain
@_exported public import ClaimsProjections
