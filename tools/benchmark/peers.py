"""The peers: one program each that reads the log and answers the same question.

The question: how many events of each type; what was earned, by program, usage period and currency;
what was paid less what came back, by currency. An answer is a dictionary from a tuple to a whole
number (events, or minor units). A peer in Python is run as `peers.py NAME FILE`, prints its answer
as JSON, and the seconds from the first byte read to the answer, without the start of Python.
"""

import json
import sys
import time
from collections import Counter

EARNED, PAID, REVERSED = "funds.earned", "claim.reimbursed", "claim.reimbursement_reversed"


def program(source):
    """The program of /programs/PROGRAM/partners/PARTNER."""
    return source.split("/")[2]


def keep(answer, kind, source, subject, currency, units):
    if kind == EARNED:
        answer["earned", program(source), subject, currency] += units
    elif kind == PAID:
        answer["paid", currency] += units
    elif kind == REVERSED:
        answer["paid", currency] -= units


def with_orjson(path):
    import orjson
    start = time.perf_counter()
    counts, answer = Counter(), Counter()
    with open(path, "rb") as lines:
        for line in lines:
            event = orjson.loads(line)
            kind = event["type"]
            counts[kind] += 1
            if kind in (EARNED, PAID, REVERSED):
                data = event["data"]
                keep(answer, kind, event["source"], event["subject"], data["currency"],
                     data["amountMinor"])
    answer.update({("events", kind): count for kind, count in counts.items()})
    return answer, time.perf_counter() - start


DUCKDB = """
select type,
       case when type = 'funds.earned' then split_part(source, '/', 3) end as program,
       case when type = 'funds.earned' then subject end as period,
       case when type in ('funds.earned', 'claim.reimbursed', 'claim.reimbursement_reversed')
            then data.currency end as currency,
       count(*) as events,
       sum(data."amountMinor") as units
from read_json(?, format = 'newline_delimited', columns = {
    type: 'VARCHAR', source: 'VARCHAR', subject: 'VARCHAR',
    data: 'STRUCT("amountMinor" BIGINT, currency VARCHAR)'})
group by all
"""


def with_duckdb(path):
    import duckdb
    connection = duckdb.connect(config={"threads": 2})
    start = time.perf_counter()
    rows = connection.execute(DUCKDB, [path]).fetchall()
    seconds = time.perf_counter() - start
    answer = Counter()
    for kind, of_program, period, currency, events, units in rows:
        answer["events", kind] += events
        if currency is not None:
            keep(answer, kind, f"/programs/{of_program}", period, currency, int(units))
    return answer, seconds


# The two sums alone, over the columns they need: what the design's bar was measured with.
DUCKDB_SUMS = """
select sum(data."amountMinor") filter (type = 'funds.earned'),
       sum(data."amountMinor") filter (type = 'claim.reimbursed')
from read_json(?, format = 'newline_delimited', columns = {
    type: 'VARCHAR', data: 'STRUCT("amountMinor" BIGINT)'})
"""


def with_duckdb_sums(path):
    import duckdb
    connection = duckdb.connect(config={"threads": 2})
    start = time.perf_counter()
    earned, paid = connection.execute(DUCKDB_SUMS, [path]).fetchone()
    seconds = time.perf_counter() - start
    return {("sum", "earned"): int(earned or 0), ("sum", "paid"): int(paid or 0)}, seconds


JQ = r"""
reduce inputs as $event ({};
  .["events\t" + $event.type] += 1
  | if $event.type == "funds.earned" then
      .["earned\t" + ($event.source | split("/")[2]) + "\t" + $event.subject + "\t"
        + $event.data.currency] += $event.data.amountMinor
    elif $event.type == "claim.reimbursed" then
      .["paid\t" + $event.data.currency] += $event.data.amountMinor
    elif $event.type == "claim.reimbursement_reversed" then
      .["paid\t" + $event.data.currency] -= $event.data.amountMinor
    else . end)
| to_entries[] | "\(.key)\t\(.value)"
"""

MILLER = r"""
@events[$type] += 1;
if ($type == "funds.earned") {
  @earned[splitax($source, "/")[3]][$subject][$data["currency"]] += $data["amountMinor"];
} elif ($type == "claim.reimbursed") {
  @paid[$data["currency"]] += $data["amountMinor"];
} elif ($type == "claim.reimbursement_reversed") {
  @paid[$data["currency"]] -= $data["amountMinor"];
}
end {
  for (type, count in @events) { print "events\t" . type . "\t" . count }
  for ((program, period, currency), units in @earned) {
    print "earned\t" . program . "\t" . period . "\t" . currency . "\t" . units
  }
  for (currency, units in @paid) { print "paid\t" . currency . "\t" . units }
}
"""


def commands(path):
    """The commands of the peers that are no Python, and what has to be there for them."""
    return {
        "jq": ["jq", "--null-input", "--raw-output", JQ, path],
        "Miller": ["mlr", "--ijsonl", "--ojsonl", "--no-auto-flatten", "put", "-q", MILLER, path],
    }


def from_lines(text):
    """The answer of a peer that prints tab-separated lines, the number last."""
    answer = Counter()
    for line in text.splitlines():
        *key, number = line.split("\t")
        answer[tuple(key)] += int(float(number))
    return answer


def from_replay(text):
    """The answer in the JSON of `claims replay`."""
    replay = json.loads(text)
    answer = Counter()
    for kind, count in replay["eventsByType"].items():
        answer["events", kind] += count
    for row in replay["funds"]:
        answer["earned", row["program"], row["period"], row["currency"]] += minor(row["earned"])
        answer["paid", row["currency"]] += minor(row["paid"])
    return answer


def minor(amount):
    """A decimal amount with all its currency's digits, in minor units."""
    return int(amount.replace(".", ""))


def same(left, right):
    """Whether two answers agree; what is zero may be left out."""
    return {k: v for k, v in left.items() if v} == {k: v for k, v in right.items() if v}


def journal(source, target):
    """Writes the events that carry money of a fund as a journal that ledger and hledger read.

    Amounts are minor units, so that the currency's digits do not matter. Returns the answer the
    journal has to give.
    """
    answer = Counter()
    with open(source, "rb") as lines, open(target, "w", encoding="utf-8") as out:
        for line in lines:
            if b'"type":"funds.earned"' in line or b'"type":"claim.reimburse' in line:
                event = json.loads(line)
                kind, data = event["type"], event["data"]
                units, currency = data["amountMinor"], data["currency"]
                if kind == EARNED:
                    account = f"earned:{program(event['source'])}:{event['subject']}"
                else:
                    account = "paid"
                    units = units if kind == PAID else -units
                out.write(f"{event['time'][:10]} {event['subject']}\n"
                          f"    {account}  {units} {currency}\n    equity\n\n")
                keep(answer, kind, event["source"], event["subject"], currency,
                     data["amountMinor"])
    return answer


def from_ledger(text):
    """The answer in ledger's balance: account, bar, amount, then further amounts a line each."""
    answer = Counter()
    for line in text.splitlines():
        *account, amount = line.split("|")
        if account:
            key = account[0].split(":")
        units, currency = amount.split(" ")
        answer[(*key, currency)] += int(units)
    return answer


def from_hledger(text):
    """The answer in the CSV of hledger's balance: an account and a cell of amounts a row."""
    import csv
    answer = Counter()
    for account, amounts in list(csv.reader(text.splitlines()))[1:]:
        for amount in amounts.split(", "):
            units, currency = amount.split(" ")
            answer[(*account.split(":"), currency)] += int(units)
    return answer


if __name__ == "__main__":
    name, file = sys.argv[1:]
    peer = {
        "orjson": with_orjson, "duckdb": with_duckdb, "duckdb-sums": with_duckdb_sums}[name]
    found, taken = peer(file)
    json.dump(
        {"seconds": taken, "answer": [[*key, number] for key, number in found.items()]},
        sys.stdout)
