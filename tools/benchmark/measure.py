"""Runs commands in turns and keeps the wall time and the peak memory of each run."""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

PEERS = Path(__file__).with_name("peers.py")
# The unit of ru_maxrss.
KIBIBYTE = 1 if sys.platform == "darwin" else 1024
# A peer slower than this is run once.
SLOW_SECONDS = 15


class Run:
    """One run of a command: its output, wall seconds and peak resident bytes."""

    def __init__(self, command, environment=None):
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            start = time.perf_counter()
            child = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                env={**os.environ, **(environment or {})})
            # The usage of this child alone, where getrusage gives the largest of all so far.
            _, status, usage = os.wait4(child.pid, 0)
            self.seconds = time.perf_counter() - start
            child.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            self.output = out.read().decode()
            self.errors = err.read().decode()
        self.status = child.returncode
        self.memory = usage.ru_maxrss * KIBIBYTE


class Contender:
    """Something to time: a command, and how to read its answer."""

    def __init__(self, name, command, answer=None, reports_seconds=False, before=None,
                 statuses=(0,)):
        self.name, self.command, self.answer = name, command, answer
        self.reports_seconds, self.before, self.statuses = reports_seconds, before, statuses
        self.seconds, self.memory, self.found, self.problem = [], [], None, None

    def run(self):
        if self.before:
            self.before()
        run = Run(self.command)
        if run.status not in self.statuses:
            self.problem = (run.errors or run.output).strip().splitlines()[-1:] or [
                f"status {run.status}"]
            return
        seconds = run.seconds
        if self.reports_seconds:
            report = json.loads(run.output)
            seconds = report["seconds"]
            self.found = {tuple(key): number for *key, number in report["answer"]}
        elif self.answer:
            self.found = self.answer(run.output)
        self.seconds.append(seconds)
        self.memory.append(run.memory)

    @property
    def median(self):
        return median(self.seconds)

    @property
    def peak(self):
        return max(self.memory)


def python_peer(name, label, path):
    """A contender of `peers.py`, timed by itself so that the start of Python does not count."""
    return Contender(label, [sys.executable, str(PEERS), name, str(path)], reports_seconds=True)


def in_turns(contenders, runs, tell):
    """Runs all, one after the other, and again; the file cache is warmed by whoever reads first."""
    for turn in range(runs):
        for contender in contenders:
            is_slow = contender.seconds and contender.seconds[0] > SLOW_SECONDS
            if contender.problem or is_slow:
                continue
            tell(f"{contender.name}, run {turn + 1} of {runs}")
            contender.run()
            if contender.problem:
                tell(f"notice: {contender.name} is left out: {contender.problem[0]}")
    return [contender for contender in contenders if not contender.problem]


def available(program):
    return shutil.which(program) is not None


def warm(path):
    """Reads a file once, so that the first one timed finds it in memory like the others."""
    with open(path, "rb") as file:
        while file.read(1 << 22):
            pass


def table(heads, rows):
    """A Markdown table, numbers to the right."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in [heads, *cells]) for i in range(len(heads))]
    def line(row):
        return "| " + " | ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths))) + " |"
    rule = "|" + "|".join(
        "-" * (width + 2) if i == 0 else "-" * (width + 1) + ":"
        for i, width in enumerate(widths)) + "|"
    return "\n".join([line(heads), rule, *map(line, cells)])


def seconds_text(seconds):
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds:.2f} s"


def peak_text(count):
    """A peak; a child's starts at this program's own, below which nothing can be told."""
    floor = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIBIBYTE
    return megabytes(count) if count > floor * 1.05 else f"< {megabytes(floor)}"


def megabytes(count):
    return f"{count / 1_000_000:.0f} MB"
