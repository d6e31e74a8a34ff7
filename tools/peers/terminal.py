#!/usr/bin/env python3
"""Looks at the command line in a real terminal (a pty) of 80 and of 200 columns, in bash, zsh and
fish, and as a manual page.

A terminal shows marks, bars and colours; NO_COLOR, TERM=dumb, other character sets and pipes get
what they can show; no table is wider than the terminal; completions offer the ledger's own names.
Status: 0 all as it should be, 1 not.
"""

import fcntl
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ["CLAIMS_BINARY"]
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
QUIET = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "CLAIMS_LEDGER": str(ROOT / "events")}
UTF8 = {"TERM": "xterm", "LANG": "C.UTF-8"}

wrong = []


def check(is_right, what):
    if not is_right:
        wrong.append(what)


def next_bytes(ours):
    """The next bytes that a terminal shows; none at the end."""
    try:
        return os.read(ours, 1 << 16)
    except OSError:
        return b""


def terminal(*arguments, columns=80, **environment):
    """What a command writes to a terminal of so many columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = subprocess.Popen(
        [PROGRAM, *arguments], stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.PIPE,
        env={**QUIET, **environment})
    os.close(theirs)
    text = b""
    while piece := next_bytes(ours):
        text += piece
    process.wait()
    os.close(ours)
    return text.decode().replace("\r\n", "\n")


def pipe(*arguments, **environment):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False,
                          env={**QUIET, **environment}).stdout


def complete(line):
    """What bash offers at the end of a line, with the script that the program writes."""
    words = line.split(" ")
    script = f"""
        source "$1"
        COMP_WORDS=({" ".join(repr(word) for word in words)})
        COMP_CWORD={len(words) - 1}
        COMP_LINE={line!r}
        COMP_POINT={len(line)}
        _claims claims {words[-1]!r} {words[-2]!r}
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "claims").symlink_to(PROGRAM)
        completion = Path(folder) / "claims.bash"
        completion.write_text(pipe("--generate-completion-script", "bash"))
        run = subprocess.run(
            ["bash", "-c", script, "bash", completion], capture_output=True, text=True, check=False,
            env={**QUIET, "PATH": f"{folder}:{os.environ['PATH']}"})
    return run.stdout.split()


# How each shell learns the completions of $1, typed at its prompt.
INTERACTIVE = {
    "zsh": (["zsh", "-f", "-i"], "fpath=({0} $fpath); autoload -U compinit; compinit -u -D"),
    "fish": (["fish", "--no-config", "-i"], "source {0}/claims.fish"),
}


def typed(shell, line, wanted):
    """Whether a shell at its prompt offers or fills in something when a line and tabs are typed."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "claims").symlink_to(PROGRAM)
        (Path(folder) / "_claims").write_text(pipe("--generate-completion-script", "zsh"))
        (Path(folder) / "claims.fish").write_text(pipe("--generate-completion-script", "fish"))
        command, setup = INTERACTIVE[shell]
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
            env={**QUIET, **UTF8, "HOME": folder, "PATH": f"{folder}:{os.environ['PATH']}"},
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(theirs)

        def shows(mark, seconds):
            text, end = "", time.monotonic() + seconds
            while mark not in text and time.monotonic() < end:
                if not select.select([ours], [], [], 0.1)[0]:
                    continue
                piece = os.read(ours, 1 << 16).decode(errors="replace")
                if "\x1b[c" in piece or "\x1b[0c" in piece:
                    os.write(ours, b"\x1b[?62;c")  # fish asks what terminal this is
                text += piece
            return mark in text

        # The mark is not in what is typed, only in what it prints.
        os.write(ours, f"{setup.format(folder)}; echo REA''DY\n".encode())
        is_ready = shows("READY\r", 30)
        shows("never", 1)
        os.write(ours, f"{line}\t\t".encode())
        is_shown = is_ready and shows(wanted, 30)
        process.kill()
        process.wait()
        os.close(ours)
    return is_shown


def interrupted(*arguments):
    """What a terminal shows of a command that Ctrl-C is typed at after half a second."""
    child, ours = pty.fork()
    if child == 0:
        os.execve(PROGRAM, [PROGRAM, *arguments], {**QUIET, **UTF8})
    text, start, is_typed = b"", time.monotonic(), False
    while True:
        if not is_typed and time.monotonic() - start > 0.5:
            os.write(ours, b"\x03")
            is_typed = True
        if not select.select([ours], [], [], 0.05)[0]:
            continue
        piece = next_bytes(ours)
        if not piece:
            break
        text += piece
    os.waitpid(child, 0)
    os.close(ours)
    return text.decode().replace("\r\n", "\n")


def look():
    with tempfile.TemporaryDirectory() as folder:
        text = interrupted("generate", "--events", "9000000", "--output", f"{folder}/big")
        check(text.startswith("^C\ngenerated "), f"an answer on the line of ^C: {text!r}")
    listed = terminal("list", "--partner", "4592260", **UTF8)
    for mark in ("✓ approved", "✗ rejected", "◐ under_review", "× expired"):
        check(mark in listed, f"'{mark}' is not in the list")
    check("\x1b[32m✓ approved\x1b[0m" in listed, "an approved claim is not green")
    plain = terminal("list", "--partner", "4592260", NO_COLOR="1", **UTF8)
    check("\x1b" not in plain and "✓ approved" in plain, "NO_COLOR is not honoured")
    check(COLOUR.sub("", listed) == plain, "colours change more than colours")
    ascii_text = terminal("list", "--partner", "4592260", TERM="xterm", LANG="C", NO_COLOR="1")
    check(ascii_text.isascii() and "+ approved" in ascii_text, "not ASCII where LANG=C")
    dumb = terminal("list", "--partner", "4592260", TERM="dumb", LANG="C.UTF-8")
    check("✓" not in dumb and "\x1b" not in dumb, "TERM=dumb gets marks")
    check("✓" not in pipe("list", **UTF8), "a pipe gets marks")

    balance = terminal("balance", "--group-by", "program", columns=200, **UTF8)
    check("Of earned" in balance and "█" in balance and "░" in balance, "balance has no bars")
    check("█ paid" in COLOUR.sub("", balance), "the bars have no legend")
    check("Of earned" not in pipe("balance"), "a pipe gets bars")
    series = terminal("balance", "--group-by", "period", "--history", "month", **UTF8)
    check("Over time" in series and "▁" in series and "█" in series, "--history has no lines")

    for command, status in ((["show", "CLM-1042"], "Status:         ✓ approved"),
                            (["explain", "CLM-1042"], "Status:    ✓ approved since"),
                            (["history", "CLM-1042"], "status: under_review > ✓ approved"),
                            (["association", "show", "CPOR-2002"], "× ended"),
                            (["association", "explain", "CPOR-2002"], "× ended since"),
                            (["retention"], "✓ approved"), (["replay"], "✓ approved")):
        text = COLOUR.sub("", terminal(*command, columns=200, **UTF8))
        check(status in text, f"{' '.join(command)}: a status has no mark")
        check("✓" not in pipe(*command, **UTF8), f"{' '.join(command)}: a pipe gets marks")

    commands = (["list"], ["balance"], ["balance", "--group-by", "partner"], ["deadlines"],
                ["history", "CLM-1042"], ["check", "CLM-1042"], ["association", "list"],
                ["findings"], ["program", "list"], ["partner", "list"], ["show", "CLM-1042"],
                ["explain", "CLM-1042"], ["explain", "4567890", "FY20-H2"],
                ["explain", "4567890", "FY20-H2", "available"],
                ["association", "explain", "CPOR-2002"], ["association", "history", "CPOR-2002"])
    for columns in (80, 200):
        for command in commands:
            text = COLOUR.sub("", terminal(*command, columns=columns, **UTF8))
            body = [line for line in text.split("\n") if line and not line.startswith(
                ("as of", "(left out", "error"))]
            widest = max(map(len, body), default=0)
            check(widest <= columns, f"{' '.join(command)}: {widest} columns of {columns}")

    check("CLM-1042" in complete("claims history CLM-104"), "bash completes no claim")
    check("CPOR-2001" in complete("claims show CPOR-200"), "bash completes no association")
    check("4567890" in complete("claims balance --partner 456"), "bash completes no partner")
    check("csp-direct" in complete("claims list --program csp-d"), "bash completes no program")
    for shell in ("bash", "zsh", "fish"):
        script = pipe("--generate-completion-script", shell)
        check("---completion" in script, f"no live names in the completions of {shell}")
        if shutil.which(shell):
            with tempfile.NamedTemporaryFile("w", suffix=f".{shell}") as file:
                file.write(script)
                file.flush()
                run = subprocess.run([shell, "-n", file.name], capture_output=True, check=False)
                check(run.returncode == 0, f"{shell} cannot read its completions")
    for shell in INTERACTIVE:
        if not shutil.which(shell):
            print(f"notice: no {shell} here")
            continue
        for line, wanted in (("claims history CLM-104", "CLM-1042"),
                             ("claims show CPOR-200", "CPOR-2001"),
                             ("claims balance --partner 456", "4567890"),
                             ("claims list --program csp-d", "csp-direct")):
            check(typed(shell, line, wanted), f"{shell} does not complete '{line}'")
    manual = subprocess.run([ROOT / "tools" / "man", PROGRAM], capture_output=True, text=True,
                            check=True).stdout
    for command in ("report", "balance", "fund earn", "association submit", "import events"):
        check(f".SS claims {command}\n" in manual, f"the manual page lacks '{command}'")
    check("\n.nf\n  claims balance \\-\\-partner 4567890" in manual, "an example may be broken")
    for source in (ROOT / "Sources" / "claims").rglob("*.swift"):
        for variable in re.findall(r'environment\("(CLAIMS_\w+)"\)', source.read_text()):
            check(f"\\fB{variable}\\fR" in manual, f"the manual page lacks {variable}")
    if shutil.which("groff"):
        run = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z"], input=manual,
                             capture_output=True, text=True, check=False)
        check(not run.stderr, f"the manual page: {run.stderr}")


look()
for text in wrong:
    print(text[:300])
print(f"{len(wrong)} faults")
sys.exit(1 if wrong else 0)
