"""The measurements of tools/bench; see `tools/bench --help`."""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
from datetime import date
from importlib import metadata
from pathlib import Path

import peers
from measure import (Contender, Run, available, in_turns, megabytes, peak_text, python_peer,
                     seconds_text, table, warm)

CLAIMS = os.environ["CLAIMS_BINARY"]
PARTS = ["replay", "questions", "writing", "verify", "scale"]
RESULTS = {}


def tell(text):
    print(text, file=sys.stderr, flush=True)


def fail(text):
    tell(f"tools/bench: {text}")
    sys.exit(1)


def whole(run, what):
    """A run that has to succeed."""
    if run.status != 0:
        fail(f"{what} ended with status {run.status}: {run.errors.strip()[-500:]}")
    return run


class Ledger:
    """A generated ledger: its folder, and the same lines as one file."""

    def __init__(self, events, options):
        self.events = events
        self.folder = options.folder / f"{events}-{options.seed}"
        self.file = options.folder / f"{events}-{options.seed}.jsonl"
        self.made = None
        if not (self.folder / "made").exists():
            shutil.rmtree(self.folder, ignore_errors=True)
            tell(f"generating {events} events")
            self.made = whole(
                Run([CLAIMS, "generate", "--events", str(events), "--seed", str(options.seed),
                     "--output", str(self.folder)]), "generate").seconds
            with open(self.file, "wb") as target:
                for segment in sorted(self.folder.glob("0*.jsonl")):
                    with open(segment, "rb") as source:
                        shutil.copyfileobj(source, target, 1 << 22)
            (self.folder / "made").write_text("")
        self.bytes = self.file.stat().st_size
        warm(self.file)


def keep(part, contenders):
    RESULTS[part] = {
        contender.name: {"seconds": contender.seconds, "memory": contender.memory}
        for contender in contenders}


def show(part, contenders, first, note=""):
    """Prints medians and ratios to the first."""
    keep(part, contenders)
    rows = [
        [contender.name, seconds_text(contender.median), f"{contender.median / first.median:.2f} x",
         peak_text(contender.peak), len(contender.seconds)]
        for contender in contenders]
    print(f"\n## {part}\n")
    if note:
        print(f"{note}\n")
    print(table(["", "median", "ratio", "peak memory", "runs"], rows), flush=True)


def agree(contenders, expected, what, keys=None):
    for contender in contenders:
        if contender.found is None:
            continue
        wanted = {k: v for k, v in expected.items() if keys is None or k[0] in keys}
        if not peers.same(contender.found, wanted):
            differing = sorted(
                str(key) for key in set(contender.found) | set(wanted)
                if contender.found.get(key, 0) != wanted.get(key, 0))
            fail(f"{contender.name} does not agree about {what}: {', '.join(differing[:5])}")


def replay_part(ledger, options):
    path = str(ledger.file)
    ours = Contender("claims replay", [CLAIMS, "replay", path, "--format", "json"],
                     peers.from_replay)
    contenders = [
        ours, python_peer("duckdb", "DuckDB, the same answer", path),
        python_peer("duckdb-sums", "DuckDB, two bare sums", path),
        Contender("wc -l", ["wc", "-l", path]),
        python_peer("orjson", "Python with orjson", path)]
    for name, command in peers.commands(path).items():
        if available(command[0]):
            contenders.append(Contender(name, command, peers.from_lines))
        else:
            tell(f"notice: {name} is left out: there is no {command[0]}")
    done = in_turns(contenders, options.runs, tell)
    if ours not in done:
        fail(f"claims replay: {ours.problem}")
    agree([c for c in done if c.name != "DuckDB, two bare sums"], ours.found, "the sums")
    sums = next((c for c in done if c.name == "DuckDB, two bare sums"), None)
    if sums:
        earned = sum(v for k, v in ours.found.items() if k[0] == "earned")
        if sums.found["sum", "earned"] != earned:
            fail("DuckDB's bare sum of what was earned is another")
    show("Replay from zero", done, ours,
         "claims keeps every claim and fund, checks order, ids and rules; the peers count events by "
         "type and add up what was earned and paid. Ratio: to claims. DuckDB and Python without "
         "their start.")
    journal_part(ledger, ours, options)
    return ours


def journal_part(ledger, ours, options):
    """Plain-text accounting over an equivalent journal of the events that carry money."""
    tools = [tool for tool in ("hledger", "ledger") if available(tool)]
    for tool in {"hledger", "ledger"} - set(tools):
        tell(f"notice: {tool} is left out: there is no {tool}")
    if not tools:
        return
    path = ledger.file.with_suffix(".journal")
    tell("writing the journal")
    expected = peers.journal(ledger.file, path)
    agree([ours], {**ours.found, **expected}, "the journal")
    contenders = []
    if "hledger" in tools:
        contenders.append(Contender(
            "hledger balance", ["hledger", "--file", str(path), "balance", "--flat", "--no-total",
                                "--output-format", "csv", "earned", "paid"],
            peers.from_hledger))
    if "ledger" in tools:
        contenders.append(Contender(
            "ledger balance", ["ledger", "--file", str(path), "balance", "--flat", "--no-total",
                               "--format", "%(account)|%(display_total)\n",
                               "^earned", "^paid"], peers.from_ledger))
    done = in_turns(contenders, options.runs, tell)
    agree(done, expected, "the journal", keys=("earned", "paid"))
    if done:
        show("Plain-text accounting", [ours, *done], ours,
             f"On a journal of the events that carry money ({megabytes(path.stat().st_size)}), "
             "made from the log.")


def some_claim(ledger):
    """A claim from the middle of the log with a history of its own."""
    with open(ledger.file, "rb") as file:
        file.seek(ledger.bytes // 2)
        file.readline()
        for line in file:
            if b'"type":"claim.approved"' in line:
                return json.loads(line)["subject"]
    fail("the ledger is too small to ask about a claim")


def questions_part(ledger, options):
    claim, where = some_claim(ledger), ["--ledger", str(ledger.folder), "--format", "json"]
    cache = ledger.folder / "cache"
    bare = Contender("replay, no index", [CLAIMS, "replay", *where])
    first = Contender("first question, no cache", [
        CLAIMS, "balance", "--as-of", "2020-06-30", "--group-by", "program", *where],
        before=lambda: shutil.rmtree(cache, ignore_errors=True))
    building = in_turns([bare, first], options.runs, tell)
    if len(building) < 2:
        fail(str(bare.problem or first.problem))
    has_index = any(cache.glob("*"))
    contenders = [
        Contender("balance --as-of, by program", [
            CLAIMS, "balance", "--as-of", "2020-06-30", "--group-by", "program", *where]),
        Contender("history CLAIM", [CLAIMS, "history", claim, *where]),
        Contender("show CLAIM", [CLAIMS, "show", claim, *where]),
        Contender("start (--version)", [CLAIMS, "--version"])]
    done = in_turns(contenders, options.runs, tell)
    if len(done) < len(contenders):
        fail("a question was not answered")
    show("Questions", [*building, *done], bare,
         "The first question builds the index; those below have it. Ratio: to a bare replay."
         if has_index else "Without an index: each replays the log.")
    return done


def writing_part(ledger, options):
    """Durable appends one by one, imports in batches, generation."""
    folder = options.folder / "scratch"

    def fresh():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)

    fresh()
    ledger_folder, count = folder / "appends", min(ledger.events, 20_000)
    whole(Run([CLAIMS, "generate", "--events", str(count), "--seed", str(options.seed),
               "--output", str(ledger_folder)]), "generate")
    claim = next(
        json.loads(line)["subject"] for line in open(ledger_folder / "000000000001.jsonl", "rb")
        if b'"type":"claim.created"' in line)
    appends = [json.loads(whole(
        Run([CLAIMS, "append-rate", claim, "--ledger", str(ledger_folder), "--format", "json"]),
        "append-rate").output) for _ in range(options.runs)]
    ratios = sorted(row["bareMicroseconds"] / row["appendMicroseconds"] for row in appends)

    imported = min(ledger.events, 500_000)
    part = folder / "part.jsonl"
    with open(ledger.file, "rb") as source, open(part, "wb") as target:
        for _ in range(imported):
            target.write(source.readline())

    def empty_ledger():
        shutil.rmtree(folder / "imported", ignore_errors=True)
        whole(Run([CLAIMS, "init", str(folder / "imported"), "--key", str(folder / "key"),
                   "--origin", "bench.invalid"]), "init")

    def nothing_there():
        shutil.rmtree(folder / "generated", ignore_errors=True)

    contenders = [
        Contender("import events", [CLAIMS, "import", "events", str(part), "--ledger",
                                    str(folder / "imported"), "--format", "json"],
                  before=empty_ledger),
        Contender("generate", [CLAIMS, "generate", "--events", str(imported), "--output",
                               str(folder / "generated")], before=nothing_there)]
    done = in_turns(contenders, options.runs, tell)
    if len(done) < 2:
        fail("; ".join(str(c.problem) for c in contenders if c.problem))
    keep("Writing", done)
    RESULTS["Appends"] = appends
    middle = sorted(appends, key=lambda row: row["appendMicroseconds"])[len(appends) // 2]
    rows = [["one durable append through the library", f"{middle['appendMicroseconds']} us",
             f"{ratios[len(ratios) // 2]:.2f} of the bare rate", ""],
            ["the same bytes, write and fdatasync", f"{middle['bareMicroseconds']} us", "1", ""]]
    rows += [[c.name, seconds_text(c.median), f"{imported / c.median:,.0f} events/s",
              peak_text(c.peak)] for c in done]
    print(f"\n## Writing\n\n{imported} events imported and generated.\n")
    print(table(["", "median", "rate", "peak memory"], rows), flush=True)
    shutil.rmtree(folder)


def verify_part(ledger, options):
    contenders = [Contender("openssl dgst -sha256",
                            ["openssl", "dgst", "-sha256", str(ledger.file)]),
                  Contender("claims verify", [CLAIMS, "verify", "--ledger", str(ledger.folder)])]
    if not available("openssl"):
        tell("notice: openssl is left out: there is no openssl")
        contenders = contenders[1:]
    done = in_turns(contenders, options.runs, tell)
    if contenders[-1] not in done:
        fail(f"claims verify: {contenders[-1].problem}")
    show("Verify", done, done[0], "Ratio: to openssl over the same bytes.")


def scale_part(options):
    rows = []
    for events in options.scale:
        ledger = Ledger(events, options)
        path = str(ledger.file)
        ours = Contender("claims replay", [CLAIMS, "replay", path, "--format", "json"],
                         peers.from_replay)
        peer = python_peer("duckdb-sums", "DuckDB", path)
        count = Contender("wc", ["wc", "-l", path])
        asked = Contender("balance", [
            CLAIMS, "balance", "--as-of", "2020-06-30", "--group-by", "program", "--ledger",
            str(ledger.folder), "--format", "json"])
        # Makes the index, which is timed elsewhere.
        whole(Run(asked.command), "balance")
        done = in_turns([ours, peer, count, asked], options.runs, tell)
        if ours not in done or asked not in done:
            fail(f"{events} events: {ours.problem or asked.problem}")
        keep(f"Scale {events}", done)
        rows.append([
            f"{events:,}", megabytes(ledger.bytes), seconds_text(ours.median),
            f"{events / ours.median:,.0f}", peak_text(ours.peak),
            f"{ours.median / peer.median:.2f} x" if peer in done else "-",
            f"{ours.median / count.median:.1f} x", seconds_text(asked.median),
            peak_text(asked.peak)])
    print("\n## Scale\n")
    print(table(["events", "bytes", "replay", "events/s", "peak memory", "to DuckDB", "to wc -l",
                 "balance --as-of", "its memory"], rows), flush=True)


def version(command):
    try:
        return subprocess.run(
            command, capture_output=True, text=True, check=False).stdout.splitlines()[0].strip()
    except (OSError, IndexError):
        return "missing"


def heading(ledger, options):
    processor = platform.processor() or platform.machine()
    try:
        for line in open("/proc/cpuinfo", encoding="utf-8"):
            if line.startswith("model name"):
                processor = line.split(":", 1)[1].strip()
                break
    except OSError:
        pass
    versions = [version([CLAIMS, "--version"]), f"Python {platform.python_version()}"]
    for name in ("duckdb", "orjson"):
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            tell(f"notice: {name} is left out: it is not installed")
    for command in (["jq", "--version"], ["mlr", "--version"], ["hledger", "--version"],
                    ["ledger", "--version"]):
        if available(command[0]):
            versions.append(version(command).split(",")[0])
    print(f"# claims and its peers\n\n{date.today()}, {os.cpu_count()} cores, {processor}, "
          f"{platform.system()} {platform.release()}\n\n{ledger.events:,} events, "
          f"{megabytes(ledger.bytes)}, seed {options.seed}; {options.runs} runs in turns, warm "
          f"file cache.\n\n{'; '.join(versions)}", flush=True)


def main():
    parser = argparse.ArgumentParser(prog="tools/bench")
    parser.add_argument("--events", type=int, default=2_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--scale", default="100000,1000000,10000000")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path(".build/bench"))
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    options.scale = [int(size) for size in options.scale.split(",") if int(size) > 0]
    options.folder.mkdir(parents=True, exist_ok=True)
    chosen = options.only.split(",")
    for part in chosen:
        if part not in PARTS:
            fail(f"--only has '{part}', expected some of {', '.join(PARTS)}")
    if options.runs < 1 or options.events < 1000:
        fail("--runs has to be at least 1, --events at least 1000")
    ledger = Ledger(options.events, options)
    heading(ledger, options)
    if "replay" in chosen:
        replay_part(ledger, options)
    if "questions" in chosen:
        questions_part(ledger, options)
    if "writing" in chosen:
        writing_part(ledger, options)
    if "verify" in chosen:
        verify_part(ledger, options)
    if "scale" in chosen and options.scale:
        scale_part(options)
    if options.json:
        options.json.write_text(json.dumps(RESULTS, indent=2) + "\n", encoding="utf-8")


main()
