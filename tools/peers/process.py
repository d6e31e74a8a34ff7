#!/usr/bin/env python3
"""Has pm4py load the exports of event logs, and takes XES there and back.

XES and OCEL have to hold as many cases, objects, events and activities as the log has; a log that
was imported from XES comes out with every activity as often, case by case, and in its order; and an
export imported and exported again is the same. Status: 0 they agree, 1 they do not, 77 pm4py is
missing.
"""

import collections
import contextlib
import datetime
import io
import json
import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")
os.environ["TQDM_DISABLE"] = "1"
try:
    # It greets whoever imports it.
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        import pm4py
    from lxml import etree
except ImportError:
    sys.exit(77)

from ledgers import (CLAIMS, ROOT, all_ledgers, answer, claims, declarations, declarations_log,
                     import_xes)

wrong = []


def disagree(what, ours, theirs):
    if ours != theirs:
        wrong.append(f"{what}: {str(ours)[:300]} against {str(theirs)[:300]}")


def lines(ledger):
    run = subprocess.Popen([CLAIMS, "log", "--ledger", ledger], stdout=subprocess.PIPE)
    for line in run.stdout:
        yield json.loads(line)
    if run.wait() != 0:
        raise RuntimeError(f"claims log: status {run.returncode}")


def expected(ledger):
    """What the raw lines hold: for XES the events of claims, for OCEL all."""
    cases, activities, types = set(), collections.Counter(), collections.Counter()
    objects = collections.defaultdict(set)
    for event in lines(ledger):
        types[event["type"]] += 1
        kind, _, action = event["type"].partition(".")
        names = event["source"].split("/")
        objects["program"].add(names[2])
        if len(names) > 4:
            objects["partner"].add((names[2], names[4]))
        if kind in ("claim", "association"):
            objects[kind].add(event["subject"])
        if action == "evidence_attached":
            objects["evidence"].add((kind, event["subject"], event["data"]["evidence"]))
        if action == "reimbursed":
            objects["payment"].add((names[2], names[4], event["data"]["paymentReference"]))
        if kind == "claim":
            cases.add(event["subject"])
            activities[event.get("xesactivity", event["type"])] += 1
    return cases, activities, types, {kind: len(found) for kind, found in objects.items()}


def with_pm4py(name, ledger, folder):
    cases, activities, types, objects = expected(ledger)
    log = folder / "claims.xes"
    claims("export", "xes", "--ledger", ledger, "--output", log)
    frame = pm4py.read_xes(str(log))
    disagree(f"{name}, cases", len(cases), frame["case:concept:name"].nunique())
    disagree(f"{name}, activities", dict(activities), dict(frame["concept:name"].value_counts()))
    cells = len(frame)
    del frame
    log.unlink()
    log = folder / "ledger.jsonocel"
    claims("export", "ocel", "--ledger", ledger, "--output", log)
    ocel = pm4py.read_ocel2_json(str(log))
    disagree(f"{name}, types of OCEL", dict(types),
             dict(ocel.events["ocel:activity"].value_counts()))
    found = dict(ocel.objects["ocel:type"].value_counts())
    objects["fund"] = len(answer("balance", "--ledger", ledger))
    # A fund without a single posting is touched by no event.
    objects["fund"] = min(objects["fund"], found.get("fund", 0))
    disagree(f"{name}, objects of OCEL", objects, found)
    known = set(ocel.objects["ocel:oid"])
    for what, table in [("events", ocel.relations["ocel:oid"]), ("objects", ocel.o2o["ocel:oid_2"])]:
        loose = set(table) - known
        if loose:
            wrong.append(f"{name}, OCEL: {what} name objects that are not there: {list(loose)[:3]}")
    log.unlink()
    print(f"{name}: pm4py reads {len(cases)} cases, {cells} events, {len(activities)} activities; "
          f"{sum(types.values())} events of {len(known)} objects")


def traces(log):
    """Case to its activities with their times, in the order of the file."""
    found = {}
    for _, trace in etree.iterparse(str(log), tag="{*}trace"):
        events = []
        for event in trace.iterfind("{*}event"):
            values = {child.get("key"): child.get("value") for child in event}
            events.append((values["concept:name"], values["time:timestamp"]))
        (case,) = [child.get("value") for child in trace if child.get("key") == "concept:name"]
        found[case] = events
        trace.clear()
    return found


def moment(text):
    return datetime.datetime.fromisoformat(text)


def there_and_back(name, ledger, folder):
    """An export imported into a new ledger gives the same export of activities."""
    first, second = folder / "first.xes", folder / "second.xes"
    claims("export", "xes", "--ledger", ledger, "--output", first)
    import_xes(folder / "back", first, "claims.json", at="2022-01-01T00:00:00Z")
    claims("export", "xes", "--ledger", folder / "back", "--output", second)
    ours, theirs = traces(first), traces(second)
    disagree(f"{name}, there and back", ours, theirs)
    print(f"{name}: {sum(map(len, ours.values()))} events of {len(ours)} cases are the same after "
          "import and export")
    return ours


def from_elsewhere(ledger, exported):
    """Every activity of the original log is in the export, as often and in its order."""
    original = traces(declarations_log())
    disagree("declarations, cases", set(original), set(exported))
    names = {name for events in original.values() for name, _ in events}
    for case, events in original.items():
        # A stable sort: those of one moment stay as they are in the file.
        wanted = [name for name, time in sorted(events, key=lambda event: moment(event[1]))]
        found = [name for name, _ in exported.get(case, []) if name in names]
        if wanted != found:
            wrong.append(f"declarations, {case}: {found}, expected {wanted}")
    count = sum(map(len, original.values()))
    print(f"declarations: all {count} activities of the original, of {len(names)} names, come out")


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for name, ledger in all_ledgers():
            with contextlib.redirect_stderr(io.StringIO()):
                with_pm4py(name, ledger, folder)
        (folder / "sample").mkdir()
        there_and_back("sample", ROOT / "events", folder / "sample")
        if ledger := declarations():
            (folder / "declarations").mkdir()
            from_elsewhere(ledger, there_and_back("declarations", ledger, folder / "declarations"))
    for text in wrong[:50]:
        print(text)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
