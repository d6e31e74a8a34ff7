/// The script of the report page: it only filters, and shows other month ends from the page's data.
///
/// Amounts are whole numbers of any size here as well, never floating point.
let pageScript = #"""

    "use strict";
    (() => {
    const byId = (id) => document.getElementById(id);
    const data = JSON.parse(byId("data").textContent);
    const last = data.days.length - 1;
    if (last < 0) return;
    const [EARNED, RESERVED, APPROVED, PAID, DUE, EXPIRED, AVAILABLE, CLAIMED] =
      [0, 5, 6, 7, 8, 9, 10, 11];
    const OVERVIEW = [EARNED, CLAIMED, APPROVED, PAID, EXPIRED, AVAILABLE];
    const PARTS = [PAID, DUE, RESERVED, AVAILABLE, EXPIRED];
    const zeros = () => Array(12).fill(0n);
    const put = (node, text) => { if (node.textContent !== text) node.textContent = text; };
    const day = (number) => new Date(number * 864e5).toISOString().slice(0, 10);

    function money(minor, digits) {
      const whole = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, "0");
      const end = whole.length - digits;
      return (minor < 0n ? "-" : "") + whole.slice(0, end).replace(/\B(?=(\d{3})+$)/g, ",")
        + (digits ? "." + whole.slice(end) : "");
    }

    // An account's figures at each month end; null before its first event.
    function course(changes, flips) {
      const sums = Array(8).fill(0n), past = new Set(flips), months = [];
      let place = 0, isPast = false, figures = null;
      for (let month = 0; month <= last; month++) {
        const isMoved = place < changes.length && changes[place] === month;
        if (isMoved) {
          const mask = changes[place + 1];
          place += 2;
          for (let bucket = 0; bucket < 8; bucket++)
            if (mask >> bucket & 1) sums[bucket] += BigInt(changes[place++]);
        }
        if (past.has(month)) isPast = !isPast;
        if (isMoved || (figures && past.has(month))) figures = balance(sums, isPast);
        months.push(figures);
      }
      return months;
    }
    function balance(sums, isPast) {
      const [earned, adjusted, rolledIn, rolledOut, converted, reserved, approved, paid] = sums;
      const rest = earned + adjusted + rolledIn - rolledOut - converted - reserved - approved;
      const expired = isPast && rest > 0n ? rest : 0n;
      return [...sums, approved - paid, expired, rest - expired, reserved + approved];
    }

    // A claim as it was on a day; null before its first event.
    function stand(list, today) {
      let found = null, at = 0, values = [0, 0, 0, -1], place = 0;
      while (place < list.length && at + list[place] <= today) {
        at += list[place];
        const code = list[place + 1], status = code >> 4;
        place += 2;
        for (let bit = 0; bit < 4; bit++) if (code >> bit & 1) values[bit] = list[place++];
        found = { status, since: found && found.status === status ? found.since : at };
      }
      if (found) [found.amount, found.approved, found.paid, found.currency] = values;
      return found;
    }

    let claimCount = 0;
    const blocks = data.blocks.map(([fund, partner, name, count, flips, changes]) => {
      const first = claimCount;
      claimCount += count;
      const [program, period, currency] = data.funds[fund];
      return { fund, program, period, currency, partner: (partner + " " + name).toLowerCase(),
        first, end: claimCount, months: course(changes, flips) };
    });
    const rows = document.getElementsByClassName("c");
    const home = Array(data.claims.length).fill(null);
    blocks.forEach((block) => { for (let i = block.first; i < block.end; i++) home[i] = block; });
    let ids = null;
    const idOf = (claim) =>
      (ids ||= Array.from(rows, (row) => row.cells[0].textContent.toLowerCase()))[claim];

    let month = last;
    let wanted = { state: -1 };
    const isChosen = (block) => (!wanted.program || block.program === wanted.program)
      && (!wanted.period || block.period === wanted.period)
      && (!wanted.partner || block.partner.includes(wanted.partner));
    function isListed(claim, now) {
      return now && (wanted.state < 0 || now.status === wanted.state)
        && (!wanted.claim || idOf(claim).includes(wanted.claim));
    }
    function add(sums, figures) {
      if (figures) for (let bucket = 0; bucket < 12; bucket++) sums[bucket] += figures[bucket];
    }
    const sizes = (figures) => PARTS.map((bucket) =>
      figures && figures[bucket] > 0n ? figures[bucket] : 0n);
    const sum = (list) => list.reduce((total, size) => total + size, 0n);
    const share = (size, whole) => whole > 0n ? Number(size * 10000n / whole) / 100 + "%" : "0";

    function fillCells(row, from, buckets, figures, digits) {
      buckets.forEach((bucket, place) => {
        const cell = row.cells[from + place];
        put(cell.firstElementChild || cell, money(figures[bucket], digits));
      });
    }

    function showFunds() {
      const funds = data.funds.map(() => null);
      blocks.forEach((block, place) => {
        const figures = block.months[month];
        const row = byId("r" + place);
        const isShown = isChosen(block) && block.isListed;
        row.hidden = byId("a" + place).hidden = !isShown;
        if (!isChosen(block)) return;
        add(funds[block.fund] ||= zeros(), figures);
        if (!isShown) return;
        const table = row.closest("table");
        const buckets = table.buckets ||= table.dataset.buckets.split(",").map(Number);
        fillCells(row, 1, buckets, figures || zeros(), data.currencies[block.currency][1]);
      });
      data.funds.forEach(([, , currency], place) => {
        const row = byId("f" + place), figures = funds[place];
        row.hidden = !figures;
        byId("s" + place).hidden = !blocks.some((block) => block.fund === place
          && isChosen(block) && block.isListed);
        if (!figures) return;
        fillCells(row, 4, OVERVIEW, figures, data.currencies[currency][1]);
        const parts = sizes(figures), whole = sum(parts);
        row.querySelectorAll(".bar i").forEach((bar, part) => {
          bar.style.width = share(parts[part], whole);
        });
      });
      return funds;
    }

    function showOverview(funds) {
      document.querySelectorAll("[data-currency]").forEach((article) => {
        const currency = Number(article.dataset.currency), sums = zeros();
        let isShown = false;
        funds.forEach((figures, place) => {
          if (!figures || data.funds[place][2] !== currency) return;
          isShown = true;
          add(sums, figures);
        });
        article.hidden = !isShown;
        article.querySelectorAll("[data-tile]").forEach((tile) =>
          put(tile, money(sums[tile.dataset.tile], data.currencies[currency][1])));
      });
    }

    // The bars change with what is chosen, not with the month.
    function showCharts() {
      document.querySelectorAll("[data-currency]").forEach((article) => {
        const currency = Number(article.dataset.currency), digits = data.currencies[currency][1];
        const months = data.days.map(() => zeros());
        for (const block of blocks)
          if (block.currency === currency && isChosen(block))
            months.forEach((sums, place) => add(sums, block.months[place]));
        const parts = months.map(sizes);
        const most = parts.map(sum).reduce((a, b) => a > b ? a : b, 0n);
        put(article.querySelector("[data-most]"), money(most, digits));
        article.querySelectorAll(".m").forEach((column, place) => {
          [...column.children].forEach((bar, part) => {
            bar.style.height = share(parts[place][PARTS.length - 1 - part], most);
          });
        });
        const table = article.querySelector("tbody");
        months.forEach((figures, place) =>
          fillCells(table.rows[place], 1, OVERVIEW, figures, digits));
      });
    }

    function showStatuses() {
      const groups = new Map(), today = data.days[month];
      data.claims.forEach((list, claim) => {
        if (home[claim] ? !isChosen(home[claim]) : wanted.program || wanted.period
          || wanted.partner) return;
        const now = stand(list, today);
        if (home[claim] && isListed(claim, now)) home[claim].isListed = true;
        if (!isListed(claim, now)) return;
        const key = now.status * 1000 + now.currency;
        let group = groups.get(key);
        if (!group) groups.set(key, group = { now, count: 0, sums: [0n, 0n, 0n],
          ages: Array(data.ages.length + 1).fill(0) });
        group.count++;
        group.sums[0] += BigInt(now.amount);
        group.sums[1] += BigInt(now.approved);
        group.sums[2] += BigInt(now.paid);
        const age = data.ages.findIndex((most) => today - now.since <= most);
        group.ages[age < 0 ? data.ages.length : age]++;
      });
      const body = byId("statuses")?.tBodies[0];
      if (!body || !data.claims.length) return 0;
      const list = [...groups.keys()].sort((a, b) => a - b).map((key) => groups.get(key));
      body.replaceChildren(...list.map(({ now, count, sums, ages }) => {
        const row = document.createElement("tr"), head = document.createElement("th");
        const [code, digits] = data.currencies[now.currency] || ["-", 0];
        head.scope = "row";
        head.className = "s" + now.status;
        head.textContent = data.statuses[now.status];
        row.append(head);
        const texts = [code, count, ...sums.map((value) => money(value, digits)),
          ...ages.map((age) => data.open[now.status] ? age : "-")];
        texts.forEach((text, place) => {
          const cell = row.insertCell();
          cell.textContent = text;
          if (place) cell.className = "n";
        });
        return row;
      }));
      return list.length;
    }

    // The claims of an account are brought up to date when they are in sight.
    function showClaims(details) {
      if (!details.open || details.hidden) return;
      for (const row of details.getElementsByClassName("c")) {
        const claim = Number(row.id.slice(1)), now = stand(data.claims[claim], data.days[month]);
        row.hidden = !isListed(claim, now);
        const timeline = row.nextElementSibling;
        if (timeline && timeline.className === "t") timeline.hidden = row.hidden;
        if (row.hidden) continue;
        const digits = (data.currencies[now.currency] || ["", 0])[1], cells = row.cells;
        put(cells[2], data.statuses[now.status]);
        cells[2].className = "s" + now.status;
        [now.amount, now.approved, now.paid].forEach((value, place) => {
          const cell = cells[3 + place];
          if (now.currency >= 0)
            put(cell.firstElementChild || cell, money(BigInt(value), digits));
        });
        put(cells[6], day(now.since));
      }
    }

    const form = byId("controls"), accounts = [...document.querySelectorAll(".account")];
    const value = (id) => byId(id) ? byId(id).value.trim() : "";
    function show() {
      const isNarrowed = wanted.state >= 0 || wanted.claim;
      for (const block of blocks) block.isListed = !isNarrowed;
      const isFound = showStatuses() > 0
        || blocks.some((block) => isChosen(block) && block.isListed);
      showOverview(showFunds());
      accounts.forEach(showClaims);
      const shown = day(data.days[month]);
      put(byId("shown"), shown);
      byId("when").setAttribute("aria-valuetext", shown);
      document.querySelectorAll(".chart").forEach((chart) =>
        [...chart.children].forEach((column, place) =>
          column.classList.toggle("on", place === month)));
      const nothing = isFound ? "" : "Nothing matches; 'Show all' starts again. ";
      const fixed = (byId("associations") ? "The associations, what" : "What")
        + " expires next, the findings, the movements and the timelines stay as of "
        + day(data.days[last]) + ".";
      put(byId("said"), nothing + (month === last ? "" : fixed));
    }
    function choose() {
      wanted = { program: value("program"), period: value("period"),
        partner: value("partner").toLowerCase(), claim: value("claim").toLowerCase(),
        state: data.statuses.indexOf(value("state")) };
      show();
      showCharts();
    }

    // The page as written is that of the last month end and of all; a browser may have kept more.
    month = Number(byId("when").value);
    if (month !== last || ["program", "period", "partner", "state", "claim"].some(value)) choose();
    byId("when").setAttribute("aria-valuetext", day(data.days[month]));
    form.hidden = false;
    byId("when").addEventListener("input", (event) => {
      month = Number(event.target.value);
      show();
    });
    form.addEventListener("change", (event) => { if (event.target.id !== "when") choose(); });
    form.addEventListener("input", (event) => {
      if (event.target.type === "search") choose();
    });
    form.addEventListener("reset", () => setTimeout(() => { month = last; choose(); }));
    form.addEventListener("submit", (event) => event.preventDefault());
    accounts.forEach((details) => details.addEventListener("toggle", () =>
      (showClaims(details), joinStops(details.getElementsByClassName("c")))));
    // The links of a row that lead to one place are one stop of the Tab key.
    function joinStops(rows) {
      for (const row of rows) {
        const places = new Set();
        for (const link of row.getElementsByTagName("a")) {
          if (places.has(link.hash)) link.tabIndex = -1;
          places.add(link.hash);
        }
      }
    }
    joinStops(document.querySelectorAll("#funds tr, .accounts tr, .account[open] .c"));
    // A link to something folded opens what it is folded in.
    const reveal = () => {
      let node = location.hash ? byId(location.hash.slice(1)) : null;
      for (; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
    };
    addEventListener("hashchange", reveal);
    reveal();
    })();

    """#
