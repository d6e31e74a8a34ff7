#!/usr/bin/env python3
"""Looks at the report page in a real browser: headless Chromium, driven over its debugging pipe.

The page has to load without a complaint or a request, say what `balance` and `list` say at every
month end that its slider has and what `association list` says at its own date, be the same to read
without its script, leave what people wrote as text, and print. Times are told, not judged. Status:
0 agrees, 1 does not, 77 no browser here.
"""

import bisect
import collections
import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools" / "browser"))
from chromium import Browser, program  # noqa: E402

BUCKETS = ("earned adjusted rolledIn rolledOut converted reserved approved paid due expired "
           "available claimed").split()
HOSTILE = "</script><img src=x onerror=alert(1)><b>bold</b> \u202e&amp;"
MOST_BYTES = 5_000_000

READ = """(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const texts = (row, from) => [...row.cells].slice(from).map((cell) => cell.textContent);
  const accounts = data.blocks.map(([fund, partner], place) => {
    const row = document.getElementById("r" + place);
    return { fund: data.funds[fund], partner, hidden: row.hidden, figures: texts(row, 1),
      buckets: row.closest("table").dataset.buckets.split(",").map(Number) };
  });
  const funds = data.funds.map((fund, place) => {
    const row = document.getElementById("f" + place);
    return { fund, hidden: row.hidden, figures: texts(row, 4).slice(0, 6) };
  });
  const tiles = [...document.querySelectorAll("[data-currency]")].map((article) =>
    [article.querySelector("h3").textContent,
      [...article.querySelectorAll("dd")].map((tile) => tile.textContent)]);
  const table = document.getElementById("statuses");
  const statuses = table ? [...table.tBodies[0].rows].map((row) => texts(row, 0).slice(0, 6)) : [];
  const rows = (id) => [...(document.getElementById(id)?.tBodies[0].rows || [])];
  const standings = rows("standings").map((row) => texts(row, 0));
  const associations = rows("listed").map((row) => [...texts(row, 0).slice(0, 6),
    row.cells[6].querySelector("span")?.textContent || "", row.cells[7].textContent]);
  return { accounts, funds, tiles, statuses, standings, associations, days: data.days,
    currencies: data.currencies.map(([code]) => code) };
})()"""

OUTLINE = """(() => {
  const wrong = [];
  let level = 0;
  for (const head of document.querySelectorAll("h1,h2,h3,h4")) {
    const next = Number(head.tagName[1]);
    if (next > level + 1) wrong.push("heading out of order: " + head.textContent);
    level = next;
  }
  for (const head of document.querySelectorAll("th"))
    if (!head.scope) wrong.push("table header without scope: " + head.textContent);
  for (const field of document.querySelectorAll("input,select"))
    if (!field.labels.length) wrong.push("field without label: " + field.id);
  for (const link of document.querySelectorAll("a[href^='#']"))
    if (!document.getElementById(link.hash.slice(1))) wrong.push("dead link: " + link.hash);
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  if (new Set(ids).size !== ids.length) wrong.push("two elements have one id");
  if (document.querySelector("img,iframe,object,form[action]")) wrong.push("foreign element");
  return wrong.slice(0, 9);
})()"""

wrong = []


def check(is_right, what):
    if not is_right:
        wrong.append(what)


def claims(*arguments, ledger, parse=True):
    run = subprocess.run(
        [os.environ["CLAIMS_BINARY"], *map(str, arguments), "--ledger", str(ledger)],
        capture_output=True, check=False, env={**os.environ, "CLAIMS_NOW": "2020-09-20T10:00:00Z"})
    if run.returncode != 0:
        raise RuntimeError(f"claims {arguments}: {run.stderr.decode()[:500]}")
    return json.loads(run.stdout) if parse else None


def amount(text):
    return Decimal(text.replace(",", ""))


def compare(page, balances, listed, where):
    """What the page shows against what the commands say."""
    known = {(row["program"], row["partner"], row["period"], row["currency"]): row
             for row in balances}
    sums = collections.defaultdict(lambda: collections.defaultdict(Decimal))
    for row in balances:
        for bucket in BUCKETS:
            for key in (row["currency"], (row["program"], row["period"], row["currency"])):
                sums[key][bucket] += Decimal(row[bucket])
    for account in page["accounts"]:
        code, period, currency = account["fund"]
        key = (code, account["partner"], period, page["currencies"][currency])
        row = known.pop(key, None)
        shown = {BUCKETS[number]: amount(text)
                 for number, text in zip(account["buckets"], account["figures"])}
        for bucket in BUCKETS:
            wanted = Decimal(row[bucket]) if row else Decimal(0)
            check(shown.get(bucket, 0) == wanted,
                  f"{where}: {key} {bucket}: {shown.get(bucket)}, expected {wanted}")
    check(not known, f"{where}: not on the page: {list(known)[:3]}")
    columns = ["earned", "claimed", "approved", "paid", "expired", "available"]
    for fund in page["funds"]:
        key = (fund["fund"][0], fund["fund"][1], page["currencies"][fund["fund"][2]])
        check([amount(text) for text in fund["figures"]] == [sums[key][name] for name in columns],
              f"{where}: fund {key}: {fund['figures']}")
    columns.remove("approved")
    for code, tiles in page["tiles"]:
        check([amount(text) for text in tiles] == [sums[code][name] for name in columns],
              f"{where}: {code}: {tiles}")
    groups = collections.defaultdict(lambda: [0, Decimal(0), Decimal(0), Decimal(0)])
    for claim in listed:
        group = groups[claim["status"].replace("_", " "), claim["currency"] or "-"]
        group[0] += 1
        for place, name in enumerate(("amount", "approved", "paid"), 1):
            group[place] += Decimal(claim[name] or 0)
    shown = {(row[0], row[1]): [int(row[2]), *map(amount, row[3:6])] for row in page["statuses"]}
    check(shown == dict(groups), f"{where}: claims by status: {shown}, expected {dict(groups)}")


def date(days):
    return str(datetime.date(1970, 1, 1) + datetime.timedelta(days))


def days_between(first, second):
    return (datetime.date.fromisoformat(second) - datetime.date.fromisoformat(first)).days


def standing_since(association, ledger, limits):
    """The day on which the event happened that led an association to its status."""
    told = claims("association", "explain", association, *limits, "--format", "json",
                  ledger=ledger)
    return next(line["time"][:10] for line in told["lines"]
                if line["sequence"] == told["statusSince"])


def left_text(due, state, today):
    """How the page says how long is left until a day, or since."""
    days = abs(days_between(today, due))
    count = f"{days:,} day{'' if days == 1 else 's'}"
    if state == "due":
        return f"{due}, {count if days else 'today'}"
    return f"{due}, overdue by {count}" if state == "overdue" else f"{due}, expired {count} ago"


def compare_associations(page, ledger, filters, limits, where):
    """The associations on the page against what the commands say of the same moment."""
    listed = claims("association", "list", *filters, *limits, "--format", "json", ledger=ledger)
    today = date(page["days"][-1])
    groups = collections.defaultdict(lambda: [0, 0, 0, 0, 0, 0])
    wanted = []
    for row in listed:
        since = standing_since(row["association"], ledger, limits)
        group = groups[row["status"].replace("_", " ")]
        group[0] += 1
        group[1 + bisect.bisect_left((7, 30, 60, 90), days_between(since, today))] += 1
        wanted.append([
            row["association"], row["partner"], row["program"], row["activity"],
            row["status"].replace("_", " "), since,
            left_text(row["due"], row["dueState"], today) if row["due"] else "",
            ", ".join(row["competing"]) or "-"])
    shown = [[row[0], re.sub(r".* \((.*)\)$", r"\1", row[1]), *row[2:]]
             for row in page["associations"]]
    check(shown == wanted, f"{where}: associations: "
          f"{[pair for pair in zip(shown, wanted) if pair[0] != pair[1]][:1]}, "
          f"{len(shown)} of {len(wanted)}")
    closed = ("approved", "rejected", "ended")
    wanted = {status: [str(group[0]), *("-" if status in closed else str(age) for age in group[1:])]
              for status, group in groups.items()}
    shown = {row[0]: row[1:] for row in page["standings"]}
    check(shown == wanted, f"{where}: associations by status: {shown}, expected {wanted}")
    return len(listed)


def slide(browser, month):
    browser.run(f"""(() => {{ const when = document.getElementById("when");
      when.value = {month}; when.dispatchEvent(new Event("input")); }})()""")
    return browser.run(READ)


def compare_months(browser, ledger, page, filters, months, limits=()):
    for month in months:
        day = date(page["days"][month])
        # The last one is the page's own viewpoint.
        as_of = limits if month == len(page["days"]) - 1 else ["--as-of", day]
        compare(slide(browser, month),
                claims("balance", *filters, *as_of, "--format", "json", ledger=ledger),
                claims("list", *filters, *as_of, "--format", "json", ledger=ledger),
                f"{' '.join(filters)} {day}")


def contrast(page_text):
    """Every colour of text against both grounds, in both themes (WCAG 2, level AA)."""
    def light(colour):
        digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
        parts = [int(digits[place:place + 2], 16) / 255 for place in (0, 2, 4)]
        parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
                 for part in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    themes = re.findall(r":root\{([^}]*)\}", page_text)
    check(len(themes) == 3, f"{len(themes)} themes, expected light, dark and paper")
    for theme in themes:
        colours = dict(re.findall(r"--(\w+):(#\w+)", theme))
        for ground in ("ground", "panel"):
            for ink in ("ink", "soft", "link", "good", "wait", "bad"):
                pair = sorted((light(colours[ink]), light(colours[ground])), reverse=True)
                ratio = (pair[0] + 0.05) / (pair[1] + 0.05)
                check(ratio >= 4.5, f"{ink} {colours[ink]} on {colours[ground]}: {ratio:.2f}")


def by_keyboard(browser):
    """What the page does without a mouse; where the focus is can be seen."""
    def focused(expression, selector=None):
        if selector:
            browser.run(f"document.querySelector({selector!r}).focus()")
        return browser.run(
            f"(() => {{ const e = document.activeElement; return {expression}; }})()")

    browser.press("Tab")
    check(focused("e.hash") == "#main", "the first stop does not skip the navigation")
    check(focused("getComputedStyle(e).outlineStyle") == "solid", "the focus cannot be seen")
    browser.press("Enter")
    browser.press("Tab")
    check(focused("!!e.closest('#overview')"), "what is skipped is not skipped")
    last = focused("e.getAttribute('aria-valuetext')", "#when")
    browser.press("ArrowLeft")
    before = focused("e.getAttribute('aria-valuetext')")
    check(last and before < last, f"the slider goes from {last} to {before}")
    for row in ("#f0", ".accounts tbody tr", ".claims .c"):
        links = f"[...document.querySelector({row!r}).getElementsByTagName('a')]"
        stops = browser.run(links + ".filter(link => link.tabIndex === 0).length")
        check(stops == 1, f"a row of {row} is {stops} stops")
    focused("0", "#partner")
    browser.call("Input.insertText", text="nobody")
    check(browser.run("document.getElementById('said').textContent").startswith("Nothing matches"),
          "nobody is told that nothing matches")
    focused("0", "#controls button")
    browser.press("Enter")
    browser.run("new Promise(done => setTimeout(done, 50))")
    check(browser.run("document.getElementById('said').textContent") == "", "nothing starts again")
    is_open = focused("e.parentElement.open", ".account > summary")
    browser.press("Enter")
    check(focused("e.parentElement.open") != is_open, "an account does not open and close")


def look(browser, ledger, folder):
    """The sample: every month end, filters, no script, hostile text, print."""
    page_file = folder / "page.html"
    claims("comment", "CLM-1042", "--text", HOSTILE, "--by", "u-1", ledger=ledger, parse=False)
    claims("report", "--html", page_file, ledger=ledger, parse=False)
    seconds = browser.open(page_file)
    page = browser.run(READ)
    compare(page, claims("balance", "--format", "json", ledger=ledger),
            claims("list", "--format", "json", ledger=ledger), "as written")
    count = compare_associations(page, ledger, [], [], "as written")
    check(count > 0, "the sample has no association any more")
    compare_months(browser, ledger, page, [], range(len(page["days"])))
    for text in browser.run(OUTLINE):
        wrong.append(text)
    shown = browser.run("document.getElementById('accounts').textContent")
    check("</script><img src=x onerror=alert(1)><b>bold</b> \\u{202E}&amp;" in shown,
          "a comment with markup is not shown as it is")
    chosen = browser.run("""(() => { const field = document.getElementById("program");
      field.value = "csp-direct"; field.dispatchEvent(new Event("change", { bubbles: true }));
      return [...document.querySelectorAll("tr[id^=f]")].filter((row) => !row.hidden)
        .map((row) => row.cells[0].textContent); })()""")
    check(set(chosen) == {"csp-direct"}, f"the filter of programs shows {chosen}")
    check(browser.pdf()[:5] == b"%PDF-", "it does not print")
    browser.open(page_file)
    by_keyboard(browser)
    browser.open(page_file, script=False)
    compare(browser.run(READ), claims("balance", "--format", "json", ledger=ledger),
            claims("list", "--format", "json", ledger=ledger), "without script")
    check(browser.run("document.getElementById('controls').hidden"),
          "without script there are controls that do nothing")
    limits = ["--as-of", "2020-03-15", "--known-at", "600"]
    for code in ("csp-indirect-reseller", "online-services-advisor"):
        filters = ["--program", code]
        claims("report", "--html", page_file, *filters, *limits, ledger=ledger, parse=False)
        browser.open(page_file)
        page = browser.run(READ)
        compare_months(browser, ledger, page, filters, [len(page["days"]) - 1], limits)
        count = compare_associations(page, ledger, filters, limits, f"{code} in March")
        check((count > 0) == (code == "online-services-advisor"), f"{count} associations of {code}")
    check(not browser.complaints, f"complaints: {browser.complaints}")
    check(all(url.startswith("file:") for url in browser.requests), f"asks {browser.requests}")
    contrast(page_file.read_text())
    return f"the sample in {seconds:.2f} s"


def look_at_many(browser, folder):
    """Ten thousand claims: small enough, and right at some month ends."""
    ledger, page_file = folder / "many", folder / "many.html"
    subprocess.run([os.environ["CLAIMS_BINARY"], "generate", "--events", "104500", "--seed", "7",
                    "--output", ledger], capture_output=True, check=True)
    claims("report", "--html", page_file, ledger=ledger, parse=False)
    size = page_file.stat().st_size
    check(size <= MOST_BYTES, f"the page of 10,000 claims has {size} bytes")
    seconds = browser.open(page_file)
    page = browser.run(READ)
    count = sum(int(row[2]) for row in page["statuses"])
    check(count >= 10_000, f"{count} claims, expected ten thousand")
    compare_months(browser, ledger, page, [], [4, 9, len(page["days"]) - 1])
    check(not browser.complaints, f"complaints: {browser.complaints}")
    return f"{count} claims ({size} bytes) in {seconds:.2f} s"


def main():
    if not program():
        return 77
    with tempfile.TemporaryDirectory() as name, Browser() as browser:
        folder = Path(name)
        ledger = folder / "ledger"
        shutil.copytree(ROOT / "events", ledger)
        told = [look(browser, ledger, folder), look_at_many(browser, folder)]
    for text in wrong[:10]:
        print(text[:400])
    print(f"loaded: {'; '.join(told)}; {len(wrong)} disagreements")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
