/// What people write in generated claims: a few sentences for each occasion.
enum Phrases {
    static let cities = [
        "Antwerp", "Boston", "Denver", "Essen", "Fukuoka", "Ghent", "Leeds", "Lyon", "Osaka",
        "Porto", "Tampa", "Utrecht",
    ]
    static let comments = [
        "the second page has the date", "sent by the agency today", "please see the first document",
        "the customer confirmed by telephone", "this is the same campaign as last spring",
    ]
    static let documentNotes = [
        "as it was published", "with date and place", "first and last page",
        "the brand is at the foot of the page", "photographed on the day",
    ]
    static let shortfalls = [
        "the date cannot be read", "the brand cannot be seen", "the second page is missing",
        "the invoice does not name the activity", "this is an order, not an invoice",
    ]
    static let rejections = [
        "the activity shows no product of the program", "the invoice is for another activity",
        "the proof is of another campaign", "no answer shows who took part",
    ]
    static let disputes = [
        "the product is named on the second page", "the invoice's date is the order's",
        "the proof was attached on the day it was asked for",
    ]
    static let reductions = [
        "food and drink are not covered", "taxes are not covered",
        "one of the dates is outside the usage period",
    ]
    static let withdrawals = ["handed in twice by mistake", "the customer cancelled"]
    static let reversals = ["the bank account was closed", "paid to the wrong account"]
    static let corrections = ["seats cancelled within 30 days", "deal registered twice"]
    static let endings = ["the customer chose another partner", "the subscription ended"]
    static let workloads = ["Exchange Online", "SharePoint Online", "Teams", "Intune", "Azure"]
}
