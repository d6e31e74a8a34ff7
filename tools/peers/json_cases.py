#!/usr/bin/env python3
"""Accept or refuse: our scanner and Python's over a generated suite of JSON texts.

Each text stands as a foreign member of an event's data, one event a line, and 'claims verify' says
which lines are none. Where the two may differ by design is said beside the case. Status: 0 agree,
1 do not.
"""

import itertools
import json
import os
import random
import subprocess
import sys
import tempfile

DEEPEST = 16  # deeper than any event of this format nests
rng = random.Random(8259)


def grammar_cases():
    numbers = ["0", "-0", "1", "-1", "10", "01", "-01", "+1", "1.", ".5", "1.5", "1.50", "-1.5e3",
               "1e3", "1E+3", "1E-3", "1e", "1e+", "1.e3", "0x10", "1_000", "١", "- 1",
               "--1", "NaN", "Infinity", "-Infinity", "9007199254740993", "1" * 60, "0." + "1" * 60]
    strings = ['""', '"a"', '"\\""', "'a'", '"\\/"', '"\\b\\f\\n\\r\\t\\\\"', '"\\a"', '"\\v"',
               '"\\0"', '"\\x41"', '"\\u0041"', '"\\u00"', '"\\u00G0"', '"\\U0041"', '"\\ud83d\\ude00"',
               '"\\ud83d"', '"\\ude00"', '"\\ude00\\ud83d"', '"\\ud83dx"', '"\\ud83d\\u0041"',
               '"\\u0000"', '"\x7f"', '"\x1f"', '"\x00"', '"\t"', '"\u00e9"', '"\U0001f600"', '"\u2028"',
               '"a', 'a"', '"a" "b"', '"\\"', '"\\\\"', '"\\\\\\"']
    literals = ["true", "false", "null", "True", "TRUE", "nul", "nulll", "undefined", "tru", "none"]
    arrays = ["[]", "[ ]", "[1]", "[1,2]", "[1,]", "[,1]", "[1,,2]", "[1 2]", "[", "]", "[1",
              "[[]]", "[[],[]]", "[1]]", "[\"a\",1,null,true,{}]", "[1;2]", "[\x0c1]", "[\xa01]"]
    objects = ["{}", "{ }", '{"a":1}', '{"a":1,}', '{,"a":1}', '{"a" 1}', '{"a":}', '{:1}', '{a:1}',
               "{'a':1}", '{"a":1,"a":1}', '{"a":1,"\\u0061":2}', '{"a":1 "b":2}', '{"a":1,"b":2}',
               '{1:1}', '{null:1}', '{"a":1}}', '{"a":{"a":1}}', '{"":0}', '{"a":1,"b":2,"a":3}',
               '{"a"::1}', '{"a":1/*c*/}', '{"a":1}//c', '{"\\ud800":1}']
    yield from numbers + strings + literals + arrays + objects
    for space, (before, after) in itertools.product(
            [" ", "\t", "\r", "\x0b", "\x0c", "\xa0", "\ufeff", "\u2003"],
            [("[", "1]"), ("[1", "]"), ("[1", ",2]"), ("[1,", "2]"), ('{"a"', ':1}'), ('{"a":', "1}")]):
        yield before + space + after
    for depth in (1, 5, 12, 20, 100, 1_000, 10_000):
        yield "[" * depth + "]" * depth
        yield '{"a":' * depth + "1" + "}" * depth
        yield "[" * depth


def byte_cases():
    yield from (b'"' + bytes(tail) + b'"' for tail in [
        [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x80], [0xDF, 0xBF], [0xE0, 0x80, 0x80],
        [0xE0, 0x9F, 0xBF], [0xE0, 0xA0, 0x80], [0xED, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
        [0xED, 0xBF, 0xBF], [0xEE, 0x80, 0x80], [0xEF, 0xBB, 0xBF], [0xEF, 0xBF, 0xBF], [0xE2, 0x82],
        [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x90, 0x80, 0x80],
        [0xF4, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF],
        [0xF0, 0x9F, 0x98], [0xC3, 0x28], [0xE2, 0x28, 0xA1], [0xF8, 0x88, 0x80, 0x80, 0x80]])
    for first, second in itertools.product((0xC2, 0xE0, 0xED, 0xF0, 0xF4), (0x7F, 0x80, 0x8F, 0x90,
                                                                         0x9F, 0xA0, 0xBF, 0xC0)):
        yield b'"' + bytes([first, second]) + b'"'
        yield b'"' + bytes([first, second, 0x80]) + b'"'
        yield b'"' + bytes([first, second, 0x80, 0x80]) + b'"'


def damaged_cases(count):
    bases = [b'{"a":[1,-2.5e+10,true,null],"b":{"c":"d\\u00e9\\n\\"","":[]}}', b'["\xc3\xa9\xe4\xb8\xad"]',
             b'{"invoice":{"number":"A-1","amountMinor":120000},"x":[[[]]]}']
    pieces = [b"{", b"}", b"[", b"]", b",", b":", b'"', b"\\", b"\\u", b"0", b"-", b".", b"e", b"E+",
              b"null", b" ", b"\t", b"\\uD800", b"\\uDC00", b"/", b"a", b"\xff", b"\x80", b"\x1f"]
    for _ in range(count):
        text = bytearray(rng.choice(bases))
        for _ in range(rng.randint(1, 3)):
            place = rng.randrange(len(text) + 1)
            kind = rng.randrange(3)
            if kind == 0:
                del text[place:place + rng.randint(1, 4)]
            elif kind == 1:
                text[place:place] = rng.choice(pieces)
            elif place < len(text):
                text[place] ^= 1 << rng.randrange(8)
        yield bytes(text)


class Refused(ValueError):
    pass


def unique(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise Refused("duplicate member")
    for text in names + [value for _, value in pairs if isinstance(value, str)]:
        text.encode()  # half a surrogate pair is no text
    return dict(pairs)


def no_constant(name):
    raise Refused(name)


def strings(value):
    if isinstance(value, str):
        value.encode()
    elif isinstance(value, list):
        for item in value:
            strings(item)


def python_accepts(line):
    try:
        value = json.loads(line.decode(), object_pairs_hook=unique, parse_constant=no_constant)
        strings(value["data"]["foreign"])
        return isinstance(value["data"], dict)
    except RecursionError:
        return False
    except (ValueError, KeyError, TypeError, UnicodeError):
        return False


def depth(text):
    """How deep it nests, strings left out."""
    deepest = level = 0
    inside = escaped = False
    for byte in text:
        if inside:
            inside, escaped = (escaped or byte != 0x22), (byte == 0x5C and not escaped)
        elif byte == 0x22:
            inside = True
        elif byte in b"[{":
            level += 1
            deepest = max(deepest, level)
        elif byte in b"]}":
            level -= 1
    return deepest


def may_differ(line):
    if depth(line) > DEEPEST or len(line) > 65_535:
        return "nesting and length have a limit here"
    return None


def main():
    cases = [case.encode("utf-8", "surrogatepass") for case in grammar_cases()]
    cases += list(byte_cases()) + list(damaged_cases(2_000))
    # What would end a line, or end the member and go on with others, is no text of its own.
    cases = [case for case in cases if b"\n" not in case]
    envelope = (b'{"specversion":"1.0","id":"i-%d","source":"/programs/p/partners/q","type":'
                b'"claim.comment_added","subject":"C","time":"2020-02-03T09:15:00Z","recordedtime":'
                b'"2020-02-03T09:15:00Z","sequence":"%012d","authtype":"user","authid":"u","data":'
                b'{"text":"t","foreign":%s}}')
    lines = [envelope % (n, n, case) for n, case in enumerate(cases, 1)]
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "cases.jsonl")
        with open(file, "wb") as out:
            out.write(b"".join(line + b"\n" for line in lines))
        run = subprocess.run([os.environ["CLAIMS_BINARY"], "verify", "--ledger", file, "--format",
                              "json"], capture_output=True)
    report = json.loads(run.stdout)
    refused = {int(fault.split(":")[1]) for fault in report["faults"]}
    wrong = []
    for number, line in enumerate(lines, 1):
        ours, theirs = number not in refused, python_accepts(line)
        if ours != theirs and not may_differ(line):
            wrong.append(f"{cases[number - 1][:120]!r}: we {'accept' if ours else 'refuse'} it, "
                         f"Python {'accepts' if theirs else 'refuses'} it")
    for text in wrong[:20]:
        print(f"json cases: {text}", file=sys.stderr)
    accepted = len(lines) - len(refused)
    if not 100 < accepted < len(lines) - 100:
        wrong.append("one-sided")
    print(f"json cases: {len(lines)} texts, {accepted} accepted, {len(refused)} refused, "
          f"{len(wrong)} judged otherwise than by Python")
    sys.exit(1 if wrong else 0)


main()
