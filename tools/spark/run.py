#!/usr/bin/env python3
"""Replays a ledger in parts on Spark; what it prints is what `claims replay --format json` prints.

Spark reads the segments, checks that sequences count up without gap or repeat, that `recordedtime`
never goes back and that each id stands once a source; finds the partners that have a claim, document,
invoice or customer in common, which one part has to hold; gives each part its lines in order, beside
those of whole programs; and pipes each part through one `claims replay - --part`, so that every rule
is the program's own. The figures of the parts are then summed. No line passes through Python.

  run.py LEDGER --claims PROGRAM [--master URL] [--parts N] [--as-of WHEN] [--output FILE]
                [--compare]

LEDGER is a folder of segments, or one .jsonl file, at a path or address that Spark can read (such as
s3a://bucket/ledger). spark-submit mixes what is told into standard output: --output keeps the answer
apart. PROGRAM is sent to each worker, so it has to run there. --compare replays the ledger on this
machine too and tells whether the two answers are the same bytes. Exits with 0; 1 if they are not; 64
for wrong usage; 65 for a ledger with a fault, which is told with its sequence; 66 where there is no
such ledger or program.
"""

import argparse
import json
import os
import shlex
import subprocess
import sys
import time
from collections import Counter
from decimal import Decimal

from pyspark.errors import AnalysisException
from pyspark.sql import SparkSession, Window
from pyspark.sql import functions as F

WRONG_USAGE, BAD_DATA, NOT_FOUND = 64, 65, 66

# What is read of a line here; everything else is left to the program.
EVENT = (
    "id STRING, source STRING, type STRING, subject STRING, sequence STRING, recordedtime STRING, "
    "data STRUCT<sha256: STRING, invoice: STRUCT<number: STRING, vendor: STRING>, tenantId: STRING>"
)

# The events that every part has. The program says the same: its parts have to agree on them.
PROGRAM_WIDE = ("program.published", "period.closed")

# Rows of the answer are of the same thing where these members are the same; the others are sums.
KEYS = {
    "claims": ("status", "currency"),
    "funds": ("program", "period", "currency"),
    "findings": ("finding", "meaning"),
}
SUMS = ("partners", "claimCount", "associations", "findingCount")


class Fault(Exception):
    """What is wrong with a ledger, in the words of the program."""


def tell(text):
    print(text, file=sys.stderr, flush=True)


class Arguments(argparse.ArgumentParser):
    def error(self, message):
        self.exit(WRONG_USAGE, f"{self.format_usage()}error: {message}\n")


def arguments():
    parser = Arguments(
        description=__doc__.splitlines()[0], epilog="See the top of this file.")
    parser.add_argument("ledger", metavar="LEDGER")
    parser.add_argument("--claims", metavar="PROGRAM", required=True)
    parser.add_argument("--master", metavar="URL", help="of the cluster; without it spark-submit's")
    parser.add_argument("--parts", metavar="N", type=int, help="4 for each core, without it")
    parser.add_argument("--as-of", metavar="WHEN", help="as for claims replay")
    parser.add_argument("--output", metavar="FILE", help="write the answer to a file instead")
    parser.add_argument("--compare", action="store_true")
    return parser


# MARK: the lines


def lines(spark, ledger):
    """The lines with their place, and what is read of them; one row a line, none left out."""
    path = ledger if ledger.endswith(".jsonl") else ledger.rstrip("/") + "/[0-9]*.jsonl"
    # Lines end with LF and nothing else. The number of a row goes up by one along a block of a file.
    text = spark.read.option("lineSep", "\n").text(path).select(
        F.col("value"), F.col("_metadata.file_path").alias("file"),
        F.col("_metadata.file_block_start").alias("block"),
        F.monotonically_increasing_id().alias("row"))
    event = F.from_json("value", EVENT).alias("event")
    return text.select("value", "file", "block", "row", event).select(
        "value", "file", "block", "row", "event",
        F.when(F.is_valid_utf8("value"), F.expr("try_cast(event.sequence AS BIGINT)"))
        .alias("sequence"),
        F.try_to_timestamp("event.recordedtime").alias("recorded"),
        partner_of(F.col("event")).alias("partner"))


def partner_of(event):
    """Whose event it is; nothing for those of whole programs."""
    name = F.regexp_extract(event.source, "/programs/[^/]+/partners/([^/]+)$", 1)
    # Percent-encoded as in a path, where a plus is a plus.
    name = F.coalesce(F.try_url_decode(F.replace(name, F.lit("+"), F.lit("%2B"))), name)
    return F.when(~event.type.isin(*PROGRAM_WIDE) & (name != ""), name)


def order_of(rows):
    """The rows beside the line before them in their block, and what is out of order in it."""
    before = Window.partitionBy("file", "block").orderBy("row")
    rows = rows.select("file", "block", "row", "sequence", "recorded").select(
        "*", F.lag("row").over(before).alias("lastRow"),
        F.lag("sequence").over(before).alias("last"),
        F.lag("recorded").over(before).alias("lastRecorded"))
    is_first = F.col("lastRow").isNull()
    follows = is_first | (F.col("sequence") == F.col("last") + 1)
    went_back = F.coalesce(F.col("recorded") < F.col("lastRecorded"), F.lit(False))
    is_fault = F.col("sequence").isNull() | ~F.coalesce(follows, F.lit(False)) | went_back
    return rows.withColumn("isFault", is_fault)


def place(file, sequence, what, fix):
    name = file.rsplit("/", 1)[-1]
    return f"{name}: error: {what}\n  at sequence {sequence}\n  fix: {fix}"


SPLICED = "the log was edited or spliced; restore it from a backup or a replica"
FOREIGN = "restore the file from a backup; 'claims verify' lists every fault"


def sequence_fault(file, found, expected):
    what = (f"'sequence' jumps to {found}, expected {expected}: events are missing"
            if found > expected else
            f"'sequence' is {found} again, expected {expected}: events are repeated")
    return Fault(place(file, expected, what, SPLICED))


def line_fault(row, expected):
    """The fault of a row of `order_of` that is one."""
    if row.sequence is None:
        return Fault(place(row.file, expected, "the line is not an event", FOREIGN))
    if row.sequence != expected:
        return sequence_fault(row.file, row.sequence, expected)
    what = f"'recordedtime' {row.recorded.isoformat()}Z is before the previous event's"
    return Fault(place(row.file, row.sequence, what, SPLICED))


def check_order(rows):
    """How many events there are and when the last was recorded; throws the first fault."""
    ordered = order_of(rows)
    blocks = ordered.groupBy("file", "block").agg(
        F.min("sequence").alias("first"), F.max("sequence").alias("last"),
        F.min("recorded").alias("from"), F.max("recorded").alias("to"),
        F.count_if("isFault").alias("faults")).collect()
    expected, recorded = 1, None
    for block in sorted(blocks, key=lambda block: (block.file.rsplit("/", 1)[-1], block.block)):
        if block.faults:
            here = ordered.where((F.col("file") == block.file) & (F.col("block") == block.block))
            first = here.orderBy("row").first()
            if first.sequence is not None and first.sequence != expected:
                raise sequence_fault(block.file, first.sequence, expected)
            fault = here.where("isFault").orderBy("row").first()
            raise line_fault(fault, expected + fault.row - first.row)
        if block["first"] != expected:
            raise sequence_fault(block.file, block["first"], expected)
        if recorded and block["from"] and block["from"] < recorded:
            what = "'recordedtime' is before the previous event's"
            raise Fault(place(block.file, expected, what, SPLICED))
        expected, recorded = block["last"] + 1, block["to"] or recorded
    if expected == 1:
        raise Fault("error: the ledger has no events")
    return expected - 1, recorded


def check_ids(rows):
    """Each id stands once a source; throws for the first that does not."""
    ids = rows.select("event.source", "event.id", "sequence",
                      F.xxhash64("event.source", "event.id").alias("hash"))
    # By hash, since eight bytes an event travel instead of a hundred; then exactly.
    twice = ids.groupBy("hash").agg(F.count("*").alias("count")).where("count > 1").select("hash")
    if twice.isEmpty():
        return
    again = ids.join(F.broadcast(twice), "hash").groupBy("source", "id").agg(
        F.count("*").alias("count"), F.array_sort(F.collect_list("sequence")).alias("places"))
    first = again.where("count > 1").orderBy(F.col("places")[1]).first()
    if first:
        what = (f"id '{first.id}' of source '{first.source}' stands already at sequence "
                f"{first.places[0]}")
        raise Fault(f"error: {what}\n  at sequence {first.places[1]}\n  fix: {SPLICED}")


# MARK: the parts


def things_in_common(rows):
    """What a rule may look at from two partners, one row each time a partner names it."""
    event = F.col("event")
    subject = F.when(event.type.rlike("^(claim|association)[.]"),
                     F.xxhash64(F.substring_index(event.type, ".", 1), event.subject))
    data = event.data
    things = F.array_compact(F.array(
        subject,
        F.when(data.sha256.isNotNull(), F.xxhash64(F.lit("file"), data.sha256)),
        F.when(data.invoice.number.isNotNull(),
               F.xxhash64(F.lit("invoice"), data.invoice.number, data.invoice.vendor)),
        F.when(data.tenantId.isNotNull(), F.xxhash64(F.lit("tenant"), F.lower(data.tenantId)))))
    return rows.where("partner IS NOT NULL").select(
        "partner", F.xxhash64("partner").alias("who"), F.explode(things).alias("thing"))


def groups_in_common(rows):
    """The partners that have something in common with another, each with one for all of them."""
    things = things_in_common(rows)
    shared = things.groupBy("thing").agg(
        F.min("who").alias("least"), F.max("who").alias("most")).where("least != most")
    shared = shared.select("thing").persist()
    try:
        if shared.isEmpty():
            return {}
        pairs = things.join(shared, "thing", "left_semi").select("thing", "partner").distinct()
        return united((row.thing, row.partner) for row in pairs.toLocalIterator())
    finally:
        shared.unpersist()


def united(pairs):
    """The least partner of each group, by partner, from the things that partners name."""
    parents, holders = {}, {}

    def root(partner):
        while parents.setdefault(partner, partner) != partner:
            parents[partner] = parents[parents[partner]]
            partner = parents[partner]
        return partner

    for thing, partner in pairs:
        one, other = root(holders.setdefault(thing, partner)), root(partner)
        parents[max(one, other)] = min(one, other)
    return {partner: root(partner) for partner in list(parents)}


def parted(spark, rows, groups, count):
    """The lines of each part, in order, each part in a partition of its own."""
    leader = F.col("partner")
    if groups:
        known = spark.createDataFrame(sorted(groups.items()), "partner STRING, leader STRING")
        rows = rows.join(F.broadcast(known), "partner", "left")
        leader = F.coalesce("leader", "partner")
    part = F.pmod(F.xxhash64(leader), F.lit(count)).cast("int")
    everywhere = F.sequence(F.lit(0), F.lit(count - 1))
    parts = F.when(F.col("partner").isNull(), everywhere).otherwise(F.array(part))
    return (rows.select("value", "sequence", F.explode(parts).alias("part"))
            .repartitionById(count, F.col("part")).sortWithinPartitions("sequence"))


def replayed(spark, lines_of_parts, program, options):
    """The answer of the program about each part."""
    lines_of_parts.createOrReplaceTempView("parts")
    # What is left of a part after a fault is read too, or Spark would tell of a broken pipe.
    replay = shlex.join([program, "replay", "-", "--part", "--format", "json", *options])
    script = f'{replay} 2>&1; echo "status $?"; cat >/dev/null'
    quoted = script.replace("\\", "\\\\").replace("'", "\\'")
    form = "ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\u0001' LINES TERMINATED BY '\\n'"
    answers = spark.sql(
        f"SELECT spark_partition_id() AS part, line FROM (SELECT TRANSFORM(value) {form} "
        f"USING '{quoted}' AS (line STRING) {form} FROM parts)")
    texts = {}
    for row in answers.collect():
        texts.setdefault(row.part, []).append(row.line)
    for text in texts.values():
        if text[-1] != "status 0":
            raise Fault("\n".join(text[:-1]))
    return [json.loads("\n".join(text[:text.index("}") + 1])) for text in texts.values()]


# MARK: the sum


def total(values):
    """The sum of counts or of decimals; nothing where there is nothing to sum."""
    values = [value for value in values if value is not None]
    if any(isinstance(value, str) for value in values):
        return str(sum(map(Decimal, values)))
    return sum(values) if values else None


def summed_rows(parts, name, order):
    """The rows of all parts, those of the same thing summed, in the order of the whole."""
    keys, groups = KEYS[name], {}
    for part in parts:
        for row in part[name]:
            groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    rank = {text: place for place, text in enumerate(order)}

    def place_of(key):
        return (rank.get(key[0], key[0]), *(text or "" for text in key[1:]))

    rows = []
    for key in sorted(groups, key=place_of):
        rows.append({member: value if member in keys else total(row[member] for row in groups[key])
                     for member, value in groups[key][0].items()})
    return rows


def summed(parts):
    """The answer about the ledger from those about its parts; each has all program-wide events."""
    everywhere, order = parts[0]["programWide"], parts[0]["order"]
    if any(part["programWide"] != everywhere for part in parts):
        raise Fault("error: the parts do not have the same program-wide events")
    kinds = {}
    for part in parts:
        for kind, count in part["eventsByType"].items():
            kinds[kind] = count if kind in everywhere else kinds.get(kind, 0) + count
    points = [part for part in parts if part["first"]]
    whole = {"events": sum(kinds.values())}
    for name, choose in [("first", min), ("last", max)]:
        whole[name] = choose((part[name] for part in points),
                             key=lambda point: point["sequence"], default=None)
    whole["programs"] = max(part["programs"] for part in parts)
    whole |= {name: sum(part[name] for part in parts) for name in SUMS}
    whole["eventsByType"] = {kind: kinds[kind] for kind in order["eventsByType"] if kind in kinds}
    for name in KEYS:
        whole[name] = summed_rows(parts, name, order.get(name, []))
    return whole


# MARK: the job


def answer(spark, options):
    """The answer of all parts together, as the program would print it."""
    began = time.monotonic()
    rows = lines(spark, options.ledger)
    count, recorded = check_order(rows)
    tell(f"{count} events in order ({time.monotonic() - began:.1f} s)")
    check_ids(rows)
    tell(f"each id once ({time.monotonic() - began:.1f} s)")
    groups = groups_in_common(rows)
    if groups:
        most = max(Counter(groups.values()).values())
        tell(f"partners with something in common with another: {len(groups)}, in one group {most}")
    # From the one viewpoint: deadlines have passed for a part whose own events ended before too.
    point = ["--known-at", recorded.isoformat(timespec="milliseconds") + "Z"]
    point += ["--as-of", options.as_of] if options.as_of else []
    program = os.path.basename(options.claims)
    answers = replayed(spark, parted(spark, rows, groups, options.parts), program, point)
    tell(f"{len(answers)} parts replayed ({time.monotonic() - began:.1f} s)")
    return json.dumps(summed(answers), indent=2, ensure_ascii=False) + "\n"


def session(options):
    builder = SparkSession.builder.appName("claims replay")
    if options.master:
        builder = builder.master(options.master)
    # Times without a zone are never meant; moments cross into Python as UTC.
    os.environ["TZ"] = "UTC"
    time.tzset()
    spark = (builder.config("spark.sql.session.timeZone", "UTC")
             .config("spark.ui.showConsoleProgress", "false").getOrCreate())
    spark.sparkContext.setLogLevel("OFF")
    options.parts = options.parts or 4 * spark.sparkContext.defaultParallelism
    spark.conf.set("spark.sql.shuffle.partitions", options.parts)
    spark.sparkContext.addFile(os.path.abspath(options.claims))
    return spark


def differs(options, text):
    """Whether the program on this machine says something else of the whole ledger."""
    point = ["--as-of", options.as_of] if options.as_of else []
    began = time.monotonic()
    whole = subprocess.run([options.claims, "replay", options.ledger, "--format", "json", *point],
                           capture_output=True, text=True, check=False)
    if whole.returncode != 0:
        tell(whole.stderr.strip())
        return True
    tell(f"one machine: {time.monotonic() - began:.1f} s")
    if whole.stdout == text:
        tell("the same figures")
        return False
    for one, other in zip(whole.stdout.splitlines(), text.splitlines()):
        if one != other:
            tell(f"error: one machine says {one.strip()}, the parts say {other.strip()}")
            return True
    tell("error: one answer is longer than the other")
    return True


def main():
    options = arguments().parse_args()
    if options.parts is not None and options.parts < 1:
        arguments().error("--parts has to be at least 1")
    if not os.access(options.claims, os.X_OK):
        tell(f"error: there is no program '{options.claims}'")
        return NOT_FOUND
    spark = session(options)
    try:
        text = answer(spark, options)
    except Fault as fault:
        tell(str(fault))
        return BAD_DATA
    except AnalysisException as error:
        if "PATH_NOT_FOUND" not in (error.getCondition() or ""):
            raise
        tell(f"error: there are no segments in '{options.ledger}'")
        return NOT_FOUND
    finally:
        spark.stop()
    if options.compare and differs(options, text):
        return 1
    if options.output:
        with open(options.output, "w", encoding="utf-8") as file:
            file.write(text)
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
