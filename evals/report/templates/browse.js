"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { samples, runs, signs, page: size } = data;
  const form = document.getElementById("filters");
  const rows = document.getElementById("rows");
  const tally = document.getElementById("tally");
  const pager = document.getElementById("pager");
  const STATES = ["right", "acceptable", "wrong", "failed", "unscored"];
  const SIGN = { right: "✓", acceptable: "≈", wrong: "✗", failed: "!", unscored: "·" };
  const LABEL_SCORES = ["correct", "acceptable"]; // which the outcome says already
  const STANCE = { supports: "for", refutes: "against", neutral: "neutral" };
  let found = samples, page = 0;

  // Text only ever enters the page as text: nothing a sample says is read as markup.
  const make = (tag, kind, ...inside) => {
    const node = document.createElement(tag);
    if (kind) node.className = kind;
    node.append(...inside.filter((each) => each !== null && each !== ""));
    return node;
  };
  const words = (label) => (label || "none").replaceAll("_", " ");
  const signed = (label) => (signs[label] ? signs[label] + " " : "") + words(label);
  const count = (number) => number.toLocaleString("en");

  const haystacks = new Array(samples.length);
  samples.forEach((sample, place) => { sample.place = place; });
  const haystack = (sample) => haystacks[sample.place] ??= [
    sample.id, sample.claim, sample.rule, sample.failed, ...(sample.why || []),
    ...(sample.quotes || []).flatMap((quote) => [quote.text, quote.doc, quote.outlet, quote.origin]),
    ...(sample.more || []).flatMap((pair) => pair[1]),
  ].join("\n").toLowerCase();

  // --- choosing ---

  const options = (name, pairs) => {
    const select = form.elements[name];
    for (const [value, text] of [["", name === "order" ? "as they are" : "any"], ...pairs]) {
      const option = make("option", "", text);
      option.value = value;
      select.append(option);
    }
    select.closest("label").hidden = pairs.length < (name === "order" ? 1 : 2);
  };
  const counted = (key, order, text) => {
    const counts = new Map();
    for (const sample of samples) {
      const value = sample[key] ?? "";
      if (value !== "") counts.set(value, (counts.get(value) || 0) + 1);
    }
    const values = order ? order.filter((value) => counts.has(value)) : [...counts.keys()].sort();
    return values.map((value) => [value, `${text(value)} (${count(counts.get(value))})`]);
  };
  const labels = Object.keys(signs);
  options("state", counted("state", STATES, words));
  options("gold", counted("gold", labels, signed));
  options("given", counted("given", labels, signed));
  options("rule", counted("rule", null, words));
  options("run", runs.length > 1 ? runs.map((name, place) => [String(place), name]) : []);
  const scores = [...new Set(samples.flatMap((sample) => Object.keys(sample.scores || {})))]
    .filter((name) => !LABEL_SCORES.includes(name)).slice(0, 12);
  options("order", [
    ...(samples.some((sample) => sample.confidence !== undefined)
      ? [["+confidence", "surest first"], ["-confidence", "least sure first"]] : []),
    ...scores.map((name) => ["-" + name, `lowest ${words(name)} first`]),
  ]);

  const orderBy = (order) => {
    const name = order.slice(1), sense = order[0] === "+" ? -1 : 1;
    const value = (sample) => (name === "confidence" ? sample.confidence : sample.scores?.[name]);
    return (one, other) => {
      const a = value(one), b = value(other);
      if (a === undefined || b === undefined) return (a === undefined) - (b === undefined);
      return sense * (a - b) || one.place - other.place;
    };
  };
  const choose = () => {
    const asked = Object.fromEntries(new FormData(form));
    const wanted = asked.words.trim().toLowerCase().split(/\s+/).filter(Boolean);
    found = samples.filter((sample) =>
      ["state", "gold", "given", "rule"].every((key) => !asked[key] || sample[key] === asked[key])
      && (!asked.run || sample.run === Number(asked.run))
      && wanted.every((word) => haystack(sample).includes(word)));
    if (asked.order) found = [...found].sort(orderBy(asked.order));
    turn(0);
  };

  // --- showing ---

  const summary = (sample) => {
    const labels = make("span", "labels", sample.claim ? make("span", "id", sample.id) : null);
    if (sample.gold || sample.given) {
      labels.append("gold ", make("b", "", signed(sample.gold)), sample.failed ? "" : ", given ");
      if (!sample.failed) labels.append(make("b", "word", signed(sample.given)));
    }
    if (sample.failed) labels.append(make("b", "word", (sample.gold ? ", " : "") + "failed"));
    if (!sample.gold && !sample.given && !sample.failed) labels.append(scored(sample.scores));
    const sign = make("span", "sign", SIGN[sample.state]);
    sign.title = sample.state;
    sign.setAttribute("role", "img");
    sign.setAttribute("aria-label", sample.state);
    return make("summary", "", sign, make("span", "claim", sample.claim || sample.id), labels);
  };
  const scored = (given) => Object.entries(given || {}).filter(([name]) => !name.includes("/"))
    .slice(0, 3).map(([name, value]) => `${words(name)} ${value.toFixed(2)}`).join(", ");

  const quote = (each) => {
    const from = [STANCE[each.stance] || each.stance, each.outlet, each.published,
      each.origin && each.origin !== each.outlet ? "said by " + each.origin : "", each.doc];
    const box = make("blockquote", each.stance in STANCE ? each.stance : "",
      make("p", "", each.text || "(the whole document)"),
      make("footer", "", from.filter(Boolean).join(" · ")));
    for (const remark of each.remarks || []) box.append(make("footer", "", "checked: " + remark));
    return box;
  };
  const chips = (pairs) => make("p", "chips", ...pairs.map(([name, value]) =>
    make("span", "", words(name) + " ", make("b", "", String(value)))));
  const list = (lines) => make("ul", "", ...lines.map((line) => make("li", "", line)));

  const proof = (sample) => {
    const box = make("div", "proof");
    const add = (heading, ...parts) => box.append(...(heading ? [make("h5", "", heading)] : []), ...parts);
    if (sample.failed) add("", make("p", "", "Failed: " + sample.failed));
    const short = (sample.more || []).filter(([, lines]) => lines.length === 1 && lines[0].length < 60);
    const facts = [["id", sample.id]];
    if (runs.length > 1) facts.push(["run", runs[sample.run]]);
    if (sample.rule) facts.push(["settled by the rule", words(sample.rule)]);
    if (sample.also) facts.push(["also acceptable", sample.also.map(words).join(", ")]);
    if (sample.confidence !== undefined) facts.push(["confidence", sample.confidence.toFixed(2)]);
    add("", chips([...facts, ...short.map(([name, lines]) => [name, lines[0]])]));
    if (sample.ratings) add("Ratings, 1 to 5", chips(sample.ratings));
    if (sample.why) add("Reasons", list(sample.why));
    if (sample.quotes) add(sample.quotes.length === 1 ? "Quote" : "Quotes", ...sample.quotes.map(quote));
    if (sample.settle) add("What would settle it", make("p", "", sample.settle));
    const apart = Object.entries(sample.scores || {}).filter(([name]) => !LABEL_SCORES.includes(name));
    if (apart.length) add("Scores", chips(apart.map(([name, value]) => [name, Number(value.toFixed(3))])));
    const lists = (sample.more || []).filter((each) => !short.includes(each));
    box.append(make("div", "lists", ...lists.map(([name, lines]) =>
      make("div", "", make("h5", "", name), list(lines)))));
    return box;
  };
  const row = (sample) => {
    const details = make("details", "state-" + sample.state, summary(sample));
    details.addEventListener("toggle", () => {
      if (details.open && details.childElementCount === 1) details.append(proof(sample));
    });
    return make("li", "", details);
  };

  const turn = (to) => {
    const pages = Math.max(1, Math.ceil(found.length / size));
    page = Math.min(Math.max(0, to), pages - 1);
    rows.replaceChildren(...found.slice(page * size, (page + 1) * size).map(row));
    rows.start = page * size + 1;
    const part = found.length === samples.length ? "" : ` of ${count(samples.length)}`;
    tally.textContent = found.length
      ? `${count(found.length)}${part} ${found.length === 1 && !part ? "sample" : "samples"}`
      : "No sample is like that. Clear the filters to see all.";
    pager.hidden = pages === 1;
    pager.children[0].disabled = page === 0;
    pager.children[2].disabled = page === pages - 1;
    pager.children[1].textContent = `Page ${count(page + 1)} of ${count(pages)}`;
  };
  const turnTo = (to) => { turn(to); document.getElementById("samples").scrollIntoView(); };

  // --- hands ---

  const move = (step) => {
    const all = [...rows.querySelectorAll("summary")];
    const at = all.indexOf(document.activeElement);
    const next = all[at < 0 ? 0 : Math.min(Math.max(0, at + step), all.length - 1)];
    if (next) next.focus();
  };
  let waiting;
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(choose, event.target.name === "words" ? 150 : 0);
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); choose(); });
  form.addEventListener("reset", () => setTimeout(choose, 0));
  pager.children[0].addEventListener("click", () => turnTo(page - 1));
  pager.children[2].addEventListener("click", () => turnTo(page + 1));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    const onRow = rows.contains(event.target);
    const keys = {
      "/": () => form.elements.words.focus(),
      j: () => move(1), k: () => move(-1),
      n: () => page < Math.ceil(found.length / size) - 1 && turnTo(page + 1), p: () => page && turnTo(page - 1),
      ...(onRow ? { ArrowDown: () => move(1), ArrowUp: () => move(-1) } : {}),
    };
    if (Object.hasOwn(keys, event.key)) { event.preventDefault(); keys[event.key](); }
  });
  for (const cell of document.querySelectorAll("td[data-gold]")) {
    const { gold, given } = cell.dataset;
    const button = make("button", "", ...cell.childNodes);
    button.type = "button";
    button.title = `Show samples with gold ${words(gold)}, ` + (given === "failed" ? "failed" : "given " + words(given));
    button.addEventListener("click", () => {
      form.reset();
      form.elements.gold.value = gold;
      form.elements[given === "failed" ? "state" : "given"].value = given;
      if (runs.length > 1) form.elements.run.value = cell.closest("table").dataset.run;
      setTimeout(() => { choose(); document.getElementById("samples").scrollIntoView(); }, 0);
    });
    cell.replaceChildren(button);
  }
  document.getElementById("browser").hidden = false;
  choose();
})();
