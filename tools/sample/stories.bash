# The lives that claims and associations of the sample lead. Read by tools/make-sample.
# shellcheck shell=bash disable=SC2154
#
# A story is told in working days from the day the claim is handed in: `partner 0 submit` is that
# day, `reviewer 2 approve` two days after. The claim at hand is in the variables that
# `tell_claim` sets.

partner() { at "$1" "$partner_actor" partner "$2" "$subject" "${@:3}"; }
reviewer() { at "$1" "$reviewer_actor" reviewer "$2" "$subject" "${@:3}"; }
finance() { at "$1" service_account:payments finance "$2" "$subject" "${@:3}"; }

# --- What a claim is made of

make_document() {
    document=$documents/$subject-$1.pdf
    printf '%s, %s\n%s\n' "$subject" "$1" "$title" >"$document"
}

attach_core() {
    make_document core-requirements
    partner "$1" attach "$document" --kind core_requirement --evidence EV-1 \
        --note "company brand, contact information and product content"
}

attach_proof() {
    local metric=()
    [[ -z "$metric_text" ]] || metric=(--metric-name "${metric_text%%=*}" --metric-value "${metric_text#*=}")
    make_document proof
    partner "$1" attach "$document" --kind proof_of_execution --evidence EV-2 "${metric[@]}" \
        --note "shows what was done, where and when"
}

attach_bill() {
    if [[ $work == vendor ]]; then
        make_document invoice
        partner "$1" attach "$document" --kind third_party_invoice --evidence EV-3 \
            --note "the vendor's invoice for the activity" \
            --invoice-number "INV-${subject#CLM-}" --invoice-vendor "Meridian Media" \
            --invoice-date "$activity_on" --invoice-amount "$amount" \
            --invoice-currency "$currency"
    else
        make_document certification
        partner "$1" attach "$document" --kind certification_statement --evidence EV-3 \
            --note "hours and rates of the staff, signed"
    fi
}

create() {
    local by=--third-party-vendor period=FY20-H1
    [[ $work == vendor ]] || by=--in-house-work
    [[ $activity_on < 2020-01-01 ]] || period=FY20-H2
    partner -4 create --program "$program" --partner "$partner_id" --activity "$activity" \
        --period "$period" \
        --amount "$amount" --currency "$currency" --activity-date "$activity_on" \
        --title "$title" "$by"
}

attach_all() {
    [[ $needed != *c* ]] || attach_core -2
    [[ $needed != *p* ]] || attach_proof -2
    attach_bill -1
}

file() {
    create
    attach_all
    partner 0 submit
}

start() { file; reviewer 1 start-review; }
approve() { start; reviewer 2 approve; }

# --- Drafts

draft() { create; [[ $needed != *c* ]] || attach_core -2; }
withdrawn() { create; partner 3 withdraw --reason "the activity is paid from another budget"; }

amended() {
    create
    partner -3 amend --amount "$(half "$amount")" --location "Main office" \
        --title "$title, first part"
    amount=$(half "$amount")
    attach_all
    partner 0 submit
    reviewer 1 start-review
    reviewer 2 approve
    pay 28
}

colleague() {
    create
    partner -3 request-evidence --from "$partner_actor-2" --kind proof_of_execution \
        --note "the final copy, please"
    partner -3 comment --text "the copy of last year was for another activity"
    attach_all
    make_document wrong-page
    partner -1 attach "$document" --kind other --evidence EV-4 --note "the second page"
    partner 0 detach EV-4 --reason "a page of another project"
    partner 0 submit
    reviewer 1 start-review
    reviewer 2 approve
    pay 27
}

# --- In review

submitted() { file; }
in_review() { start; }
withdrawn_late() { start; partner 2 withdraw --reason "handed in twice"; }
approved() { approve; }
rejected() { start; reviewer 2 reject --reason "the activity is not eligible in this program"; }

asked() {
    start
    reviewer 2 request-documents --due-on "$(day 12)" --originals \
        --item "proof_of_execution: the brand cannot be seen on the copy"
}

asked_open() { asked; }

answer() {
    make_document "better-proof-$2"
    partner "$1" attach "$document" --kind proof_of_execution --evidence "EV-1$2" \
        --note "the brand is on the upper right"
    partner "$1" submit
}

asked_once() {
    asked
    answer 6 1
    reviewer 7 start-review
    reviewer 8 approve
    pay 32
}

asked_twice() {
    asked
    answer 6 1
    reviewer 7 start-review
    reviewer 8 request-documents --due-on "$(day 18)" \
        --item "proof_of_execution/EV-11: the date cannot be read" \
        --item "other: the contract with the printer"
    make_document contract
    partner 11 attach "$document" --kind other --evidence EV-5 --note "the printer's contract"
    answer 11 2
    reviewer 12 start-review
    reviewer 13 approve
    pay 35
}

asked_amended() {
    asked
    partner 5 amend --amount "$(half "$amount")"
    answer 6 1
    reviewer 7 start-review
    reviewer 8 approve
    pay 32
}

# The invoice cannot be had, so the rule that asks for it is set aside for this claim.
exception() {
    create
    [[ $needed != *c* ]] || attach_core -2
    [[ $needed != *p* ]] || attach_proof -2
    at -1 m-1 program_manager grant-exception "$subject" --rule third_party_invoice \
        --reason "the vendor is insolvent; the bank's statement of the transfer stands in"
    partner 0 submit
    reviewer 1 start-review
    reviewer 2 approve
    pay 30
}

endorsed() {
    start
    at 1 "$reviewer_actor-2" country_lead endorse "$subject" --step country
    at 2 r-90 program_lead endorse "$subject" --step program
    reviewer 3 approve
    pay 25
}

# --- Disputes

disputed() {
    start
    reviewer 2 reject --reason "the invoice is from before the usage period"
    partner 4 dispute --reason "the invoice's date is the order's; the delivery note is attached"
}

dispute_open() { disputed; }
dispute_won() { disputed; reviewer 7 approve --reason "the delivery note settles it"; pay 30; }
dispute_lost() { disputed; reviewer 8 reject --reason "the delivery note is from before, too"; }

# --- Payment

pay() {
    finance $(($1 - 20)) request-payment
    finance "$1" reimburse --payment-reference "PAY-${subject#CLM-}"
}

paid() { approve; pay 26; }
payment_requested() { approve; finance 5 request-payment; }

partial() {
    start
    reviewer 2 approve --amount "$(half "$amount")" --reason "half of the reach was in the region"
    pay 26
}

part_paid() {
    approve
    finance 5 request-payment
    finance 11 reimburse --amount "$(half "$amount")" --payment-reference "PAY-${subject#CLM-}-1"
}

two_payments() {
    part_paid
    finance 25 reimburse --payment-reference "PAY-${subject#CLM-}-2"
}

reversed() {
    paid
    finance 31 reverse-reimbursement --payment-reference "PAY-${subject#CLM-}" \
        --reason "the bank account is closed"
}

repaid() {
    reversed
    finance 40 reimburse --payment-reference "PAY-${subject#CLM-}-2"
}

# --- Associations

association() { at "$1" "$2" "$3" association "$4" "$subject" "${@:5}"; }
from_partner() { association "$1" "$partner_actor" partner "${@:2}"; }
from_review() { association "$1" r-31 reviewer "${@:2}"; }

association_draft() {
    local more=()
    case $product in
        "Dynamics 365"*) more+=(--technical-contact "c-$customer-t") ;;
    esac
    case $activity in
        revenue-association)
            more+=(--solution-seller "u-${partner_id:4}-s" --product-name "Sandbach Warehouse"
                --customer-name "Customer $customer") ;;
    esac
    from_partner -3 create --program "$program" --partner "$partner_id" \
        --customer-domain "customer-$customer.example" \
        --tenant-id "00000000-0000-4000-8000-00000000$customer" \
        --solution-area "$area" --activity "$activity" --product "$product" --title "$title" \
        --customer-contact "c-$customer" --partner-contact "$partner_actor" "${more[@]}"
    make_document statement-of-work
    from_partner -2 attach "$document" --kind proof_of_execution --evidence EV-1 \
        --note "signed by the customer" --dated-on "$(day -6)"
}

# Before October 2019: a claim on a subscription, within 90 days of its sale, without proof.
association_advised() {
    from_partner -1 create --program "$program" --partner "$partner_id" \
        --customer-domain "customer-$customer.example" \
        --tenant-id "00000000-0000-4000-8000-00000000$customer" \
        --solution-area "$area" --activity "$activity" --product "$product" --title "$title" \
        --subscription-id "sub-$customer-1" --transaction-on "$(day -20)"
    from_partner 0 submit
    from_review 1 start-review
    from_review 4 approve
}

association_submitted() { association_draft; from_partner 0 submit; }
association_in_review() { association_submitted; from_review 1 start-review; }
association_approved() { association_in_review; from_review 4 approve; }
association_ended() {
    association_approved
    from_partner 90 end --reason "the customer moved to another partner"
}
association_declined() {
    association_approved
    association 8 system:consent customer decline --reason "the customer opted out"
}
association_action_required() {
    association_in_review
    from_review 3 request-information --due-on "$(day 10)" \
        --item "proof_of_execution/EV-1: the signature is missing"
}
association_asked() {
    association_action_required
    make_document signed-statement-of-work
    from_partner 6 attach "$document" --kind proof_of_execution --evidence EV-2 --note "signed" \
        --dated-on "$(day 5)"
    from_partner 6 submit
    from_review 7 start-review
    from_review 9 approve --reason "complete"
}
association_rejected() {
    association_in_review
    from_review 4 reject --reason "another partner holds the association"
}
association_disputed() {
    association_rejected
    from_partner 6 dispute --reason "the other partner's contract has ended"
}
