# What the sample's activities ask for and how its people are called. Read by tools/make-sample.
# shellcheck shell=bash disable=SC2034

# Activity: title, then the documents always needed (c: core requirement, p: proof of execution),
# then the metric to report.
declare -A activity_title=(
    [print-advertising]="Advertisement in the regional business weekly"
    [digital-advertising]="Banner campaign for cloud backup"
    [direct-mail-email-sms]="Mailing to small manufacturers"
    [telemarketing]="Calls on expiring on-premises licences"
    [customer-seminars-bootcamps]="Half-day seminar on remote work"
    [tradeshows-expositions]="Booth at the regional IT fair"
    [internal-training-floor-days]="Floor day for the sales desk"
    [microsoft-exams-tuition]="Exam fees of three consultants"
    [multi-touch-digital-campaign]="Landing page, mailing and webinar"
    [proof-of-concept]="Proof of concept for a logistics firm"
    [employee-purchase-web-setup]="Employee purchase shop"
    [social-media-marketing]="Four weeks of sponsored posts"
    [best-practice-development]="Playbook for tenant migrations"
    [migration-services]="Mailbox migration for a municipality"
    [solution-building-third-parties]="Connector to the warehouse system"
    [on-demand-training]="Recorded course on security basics"
)
declare -A activity_documents=(
    [print-advertising]=cp [digital-advertising]=cp [direct-mail-email-sms]=cp [telemarketing]=cp
    [customer-seminars-bootcamps]=cp [tradeshows-expositions]=cp
    [internal-training-floor-days]=cp [microsoft-exams-tuition]=cp
    [multi-touch-digital-campaign]=cp [proof-of-concept]=cp [employee-purchase-web-setup]=p
)
declare -A activity_metric=(
    [print-advertising]="estimated customer or partner reach=18000 readers"
    [digital-advertising]="results summary=412 clicks of 96000 views"
    [direct-mail-email-sms]="estimated customer or partner reach=2400 addresses"
    [telemarketing]="results summary=310 calls, 74 contacts"
    [customer-seminars-bootcamps]="number of registered guests=46"
    [tradeshows-expositions]="estimated number of attendees or booth visitors=650"
    [internal-training-floor-days]="number of attendees=14"
    [microsoft-exams-tuition]="attendee list and cost per person=3 persons"
)

# Partner: name, country, currency.
declare -A partner_about=(
    [4567890]="Harbor Lane IT|US|USD"
    [4571023]="Blue Ridge Software|US|USD"
    [4580114]="Copperfield Networks|US|USD"
    [4592260]="Quarry Street Systems|US|USD"
    [4603377]="Delta Kantoor Automatisering|NL|EUR"
    [4611942]="Sandbach Datentechnik|DE|EUR"
    [4628805]="Old Mill Consulting|US|USD"
    [4630051]="Lakeshore Cloud|CA|USD"
    [4647719]="Pinewood Managed Services|US|USD"
    [4655318]="Three Rivers Hosting|US|USD"
)
enrolments=(
    "csp-indirect-reseller 4567890" "csp-indirect-reseller 4571023"
    "csp-indirect-reseller 4603377" "csp-indirect-reseller 4628805"
    "csp-indirect-provider 4580114" "csp-indirect-provider 4611942"
    "csp-indirect-provider 4630051" "csp-direct 4571023" "csp-direct 4592260"
    "csp-direct 4647719" "csp-direct 4655318" "online-services-advisor 4567890"
    "online-services-advisor 4647719" "dynamics-isv 4611942"
)
