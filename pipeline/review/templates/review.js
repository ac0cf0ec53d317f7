// The review page: draws the changes, takes decisions, keeps them in this browser, hands them out.
// All text of sheets is hostile. It becomes text nodes only; no markup is ever made of a string.
"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const DATA = read("data");
  const WORDING = read("wording");
  const KINDS = ["gained", "lost", "changed"];
  const SIGNS = { gained: "+", lost: "−", changed: "~" };
  const GROUPS = ["rule", "table", "sheet", "publisher"];
  const STATUSES = ["open", "accepted", "rejected", "earlier", "all"];
  const SHEET_CHANGES = ["same", "edited", "added", "removed"];
  const CHOICES = new Set(DATA.choices);
  const KEPT = `jobsheets.review.${DATA.id}`;
  const OLD = 1;
  const NEW = 2;
  const WIDE = matchMedia("(min-width: 75rem)");
  const byId = (id) => document.getElementById(id);

  // ---- Elements and words -------------------------------------------------------------------------------

  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === false || value === null || value === undefined) continue;
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return made;
  }

  let language = "en";
  let numbers = new Intl.NumberFormat("en");
  let plurals = new Intl.PluralRules("en");

  function say(key, values = {}) {
    const forms = WORDING.ui[key][language].split("|");
    const form = forms.length > 1 && plurals.select(values.n) !== "one" ? forms[1] : forms[0];
    return form.replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === "number" ? numbers.format(values[name]) : values[name]));
  }

  const named = (room, name) => WORDING[room][name]?.[language] ?? name.replaceAll("_", " ");

  // ---- Hostile text -------------------------------------------------------------------------------------

  // Controls, invisible characters, and all that turns the direction of reading; soft hyphens may stay.
  const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;
  const FOREIGN = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}]/u;
  const PIECES = /([\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}])|([\p{L}\p{M}]+)/gu;
  const SUSPECT = new RegExp(`${HIDDEN.source}|${FOREIGN.source}`, "u");

  const codeOf = (sign) => `U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;

  /** Nodes that show a text as it is: hidden characters named, words of mixed alphabets marked. */
  function plain(text) {
    if (!SUSPECT.test(text)) return [text];
    const nodes = [];
    let last = 0;
    const put = (match, node) => {
      nodes.push(text.slice(last, match.index), node);
      last = match.index + match[0].length;
    };
    for (const match of text.matchAll(PIECES)) {
      const [, hidden, word] = match;
      if (hidden) {
        const name = codeOf(hidden);
        put(match, element("span", { class: "hidden", title: say("character", { name }) }, name));
      } else if (FOREIGN.test(word) && /\p{Script=Latin}/u.test(word)) {
        const name = [...word].filter((letter) => FOREIGN.test(letter)).join(" ");
        put(match, element("span", { class: "mixed", title: say("mixed", { name }) }, word));
      }
    }
    return [...nodes, text.slice(last)];
  }

  /** The same for an attribute, which holds no nodes. */
  const bare = (text) => String(text).replace(new RegExp(HIDDEN.source, "gu"), (sign) => `[${codeOf(sign)}]`);

  const bdi = (text, attributes = {}) => element("bdi", attributes, plain(String(text)));

  /** Nodes for text[from:to], cut at the edges of layers {start, end, wrap}; the first layer is the outermost. */
  function paint(text, from, to, layers) {
    const edges = new Set([from, to]);
    for (const { start, end } of layers) {
      if (start > from && start < to) edges.add(start);
      if (end > from && end < to) edges.add(end);
    }
    const cuts = [...edges].sort((a, b) => a - b);
    const nodes = [];
    for (let i = 0; i + 1 < cuts.length; i += 1) {
      const over = layers.filter((layer) => layer.start <= cuts[i] && layer.end >= cuts[i + 1]);
      let inner = plain(text.slice(cuts[i], cuts[i + 1]));
      for (const layer of over.reverse()) inner = [layer.wrap(inner)];
      nodes.push(...inner);
    }
    return nodes;
  }

  // ---- What differs, word by word -----------------------------------------------------------------------

  const TOKENS = /\s+|[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu;
  const MOST = 250000;

  /** Pairs of equal entries (i, j) of two lists, in order: a longest common subsequence, or none if the lists are long. */
  function common(a, b) {
    let head = 0;
    while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
    let tail = 0;
    while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
    const n = a.length - head - tail;
    const m = b.length - head - tail;
    const pairs = Array.from({ length: head }, (_, i) => [i, i]);
    if (n && m && n * m <= MOST) {
      const width = m + 1;
      const best = new Uint16Array((n + 1) * width);
      for (let i = n - 1; i >= 0; i -= 1) {
        for (let j = m - 1; j >= 0; j -= 1) {
          const at = i * width + j;
          best[at] = a[head + i] === b[head + j] ? best[at + width + 1] + 1 : Math.max(best[at + width], best[at + 1]);
        }
      }
      for (let i = 0, j = 0; i < n && j < m; ) {
        const at = i * width + j;
        if (a[head + i] === b[head + j]) pairs.push([head + i++, head + j++]);
        else if (best[at + width] >= best[at + 1]) i += 1;
        else j += 1;
      }
    }
    for (let i = tail; i > 0; i -= 1) pairs.push([a.length - i, b.length - i]);
    return pairs;
  }

  /** Stretches [start, end] of each text that the other one has not. */
  function differences(old, fresh) {
    const sides = [old, fresh].map((text) => text.match(TOKENS) ?? []);
    const pairs = common(...sides);
    return sides.map((tokens, side) => {
      const kept = new Set(pairs.map((pair) => pair[side]));
      const found = [];
      let at = 0;
      tokens.forEach((token, i) => {
        const end = at + token.length;
        if (!kept.has(i)) {
          const last = found.at(-1);
          if (last && last[1] === at) last[1] = end;
          else found.push([at, end]);
        }
        at = end;
      });
      return found;
    });
  }

  const wrapper = (tag, attributes) => (inner) => element(tag, attributes, inner);
  const stretches = (found, offset, tag) => found.map(([start, end]) => ({ start: start + offset, end: end + offset, wrap: wrapper(tag) }));
  const unseen = (key) => element("span", { class: "unseen" }, `${say(key)}: `);

  // ---- The changes --------------------------------------------------------------------------------------

  const changes = DATA.changes.map((change, index) => ({ ...change, index, about: DATA.sheets[change.sheet] }));
  const indexOf = new Map(changes.map((change) => [change.change_id, change.index]));
  const decisions = new Map();
  const textOf = (sheet, side) => sheet.texts.length === 1 ? sheet.texts[0] : sheet.texts[side - 1];
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ");

  function statusOf(change) {
    return decisions.get(change.index)?.decision ?? (change.reviewed ? "earlier" : "open");
  }

  function wordsOf(change) {
    if (change.words === undefined) {
      const sides = [change.old, change.new].map((row) => (row ? Object.values(row).join(" ") : ""));
      const around = change.places.map((place, i) => (place ? textOf(change.about, i + 1).slice(place[0], place[3]) : ""));
      change.words = fold([change.rule, change.source, change.about.publisher ?? "", ...sides, ...around].join(" "));
    }
    return change.words;
  }

  const state = {
    group: "rule", status: "open", search: "", current: -1, rows: [], matching: [],
    off: { kinds: new Set(), tables: new Set(), changes: new Set() },
    collapsed: new Set(), sheet: null,
  };

  function keyOf(change) {
    if (state.group === "rule") return `${change.table}\u0000${change.rule}`;
    if (state.group === "table") return change.table;
    return (state.group === "sheet" ? change.source : change.about.publisher) ?? "";
  }

  const FACETS = { kinds: (change) => change.kind, tables: (change) => change.table, changes: (change) => change.about.change };

  function matches(change, without = "") {
    if (state.status !== "all" && statusOf(change) !== state.status) return false;
    for (const [name, of] of Object.entries(FACETS)) {
      if (name !== without && state.off[name].has(of(change))) return false;
    }
    return state.terms.every((term) => wordsOf(change).includes(term));
  }

  function arrange() {
    state.terms = fold(state.search).split(" ").filter(Boolean);
    state.matching = changes.filter((change) => matches(change));
    const groups = new Map();
    for (const change of state.matching) {
      const key = keyOf(change);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(change);
    }
    const ordered = [...groups];
    if (state.group === "rule" || state.group === "publisher") {
      // By the size of the whole group, so that the order stays while decisions empty it.
      const sizes = new Map();
      for (const change of changes) sizes.set(keyOf(change), (sizes.get(keyOf(change)) ?? 0) + 1);
      ordered.sort((a, b) => sizes.get(b[0]) - sizes.get(a[0]));
    }
    state.rows = [];
    for (const [key, members] of ordered) {
      const folded = state.collapsed.has(key);
      state.rows.push({ id: `g${key}`, key, members, folded });
      if (!folded) state.rows.push(...members.map((change) => ({ id: `c${change.index}`, change })));
    }
  }

  // ---- The list: only what is in view is in the document --------------------------------------------------

  const list = byId("list");
  const feed = byId("feed");
  const ESTIMATE = { group: 56, change: 170 };
  const heights = new Map();
  const drawn = new Map();
  let tops = new Float64Array(1);

  const heightOf = (row) => heights.get(row.id) ?? (row.change ? ESTIMATE.change : ESTIMATE.group);

  function stack() {
    tops = new Float64Array(state.rows.length + 1);
    state.rows.forEach((row, i) => { tops[i + 1] = tops[i] + heightOf(row); });
    feed.style.height = `${tops[state.rows.length]}px`;
  }

  function rowAt(offset) {
    let low = 0;
    let high = state.rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (tops[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  function draw() {
    for (let round = 0; round < 4; round += 1) {
      const view = list.clientHeight;
      const first = Math.max(0, rowAt(list.scrollTop - view / 2));
      const last = Math.min(state.rows.length - 1, rowAt(list.scrollTop + view * 1.5));
      const anchor = state.rows.length ? rowAt(list.scrollTop) : 0;
      const offset = list.scrollTop - tops[anchor];
      const wanted = new Set();
      for (let i = first; i <= last; i += 1) wanted.add(i);
      const current = state.rows.findIndex((row) => row.change?.index === state.current);
      if (current >= 0) wanted.add(current); // keeps the focus where it is
      const ids = new Set([...wanted].map((i) => state.rows[i].id));
      for (const [id, node] of drawn) {
        if (!ids.has(id)) {
          node.remove();
          drawn.delete(id);
        }
      }
      let before = null;
      for (const i of [...wanted].sort((a, b) => a - b)) {
        const row = state.rows[i];
        let node = drawn.get(row.id);
        if (!node) {
          node = row.change ? card(row.change) : heading(row);
          drawn.set(row.id, node);
        }
        // The order in the document is that of the list, for readers and the Tab key.
        const next = before ? before.nextSibling : feed.firstChild;
        if (node !== next) feed.insertBefore(node, next);
        before = node;
        node.setAttribute("aria-posinset", i + 1);
        node.setAttribute("aria-setsize", state.rows.length);
        node.style.transform = `translateY(${tops[i]}px)`;
      }
      let moved = false;
      for (const i of wanted) {
        const row = state.rows[i];
        const height = drawn.get(row.id).offsetHeight;
        if (height && heights.get(row.id) !== height) {
          heights.set(row.id, height);
          moved = true;
        }
      }
      if (!moved) return;
      stack();
      if (state.rows.length && Math.abs(list.scrollTop - tops[anchor] - offset) > 1) list.scrollTop = tops[anchor] + offset;
    }
  }

  let waiting = false;
  function drawSoon() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      draw();
    });
  }

  /** Arrange and draw anew. */
  function refresh() {
    const held = feed.contains(document.activeElement);
    arrange();
    for (const node of drawn.values()) node.remove();
    drawn.clear();
    stack();
    draw();
    const none = !state.rows.length;
    byId("empty").hidden = !none;
    byId("empty").textContent = none ? say(tally().left ? "empty" : "all_done") : "";
    facets();
    progress();
    if (held) focusCurrent(false);
  }

  // ---- A group and a change, drawn ------------------------------------------------------------------------

  function heading(row) {
    const { key, members } = row;
    const waits = members.filter((change) => statusOf(change) === "open");
    const counts = KINDS.map((kind) => [kind, members.filter((change) => change.kind === kind).length]).filter(([, n]) => n);
    const id = `group-${members[0].index}`;
    return element("article", { class: "group", "aria-labelledby": id },
      element("h2", { id },
        element("button", { type: "button", class: "fold", "aria-expanded": String(!row.folded), onclick: () => foldGroup(key) },
          groupName(key, members[0]),
          element("span", { class: "counts" }, counts.map(([kind, n]) => element("span", { class: `count ${kind}`, title: say(kind) },
            `${SIGNS[kind]}${numbers.format(n)}`))))),
      waits.length ? element("div", { class: "bulk", role: "group", "aria-label": say("group_hint"), title: say("group_hint") },
        element("button", { type: "button", class: "accept", onclick: () => decideAll(waits, "accepted") }, say("accept_group", { n: waits.length })),
        element("button", { type: "button", class: "reject", onclick: () => decideAll(waits, "rejected") }, say("reject_group", { n: waits.length }))) : null);
  }

  function groupName(key, change) {
    if (state.group === "rule") return [tableChip(change.table), " ", change.rule ? bdi(change.rule) : say("no_rule")];
    if (state.group === "table") return [tableChip(key)];
    return [key ? bdi(key) : say("no_publisher")];
  }

  const tableChip = (name) => element("span", { class: `chip t-${name}` }, named("tables", name));

  function foldGroup(key) {
    if (!state.collapsed.delete(key)) state.collapsed.add(key);
    refresh();
    const at = state.rows.findIndex((row) => row.key === key);
    drawn.get(state.rows[at]?.id)?.querySelector("button").focus();
  }

  function card(change) {
    const status = statusOf(change);
    const id = `change-${change.index}`;
    const current = change.index === state.current;
    return element("article", {
      class: `change ${change.kind} is-${change.reviewed && status === "earlier" ? change.reviewed : status}`, id, tabindex: current ? 0 : -1,
      "aria-current": current ? "true" : false, "aria-labelledby": `${id}-name ${id}-status`, "aria-describedby": `${id}-quotes`,
      "data-id": change.change_id, onclick: () => select(change.index, false), onfocusin: () => select(change.index, false),
    },
    element("header", {},
      element("h3", { id: `${id}-name` },
        element("span", { class: `kind ${change.kind}` }, element("span", { "aria-hidden": "true" }, SIGNS[change.kind]), ` ${say(change.kind)}`),
        " ", tableChip(change.table), change.rule ? [" ", bdi(change.rule, { class: "rule" })] : null),
      element("span", { class: "where" }, bdi(change.source),
        change.about.publisher ? [" · ", bdi(change.about.publisher)] : null,
        change.about.change === "same" ? null : [" · ", say(`sheet_${change.about.change}`)]),
      element("span", { class: "status", id: `${id}-status` },
        status === "open" ? "" : status === "earlier" ? say(`earlier_${change.reviewed}`) : say(status))),
    element("div", { id: `${id}-quotes`, class: "quotes" }, quotes(change)),
    element("footer", {},
      values(change),
      element("div", { class: "actions" },
        element("button", { type: "button", class: "quiet", onclick: (event) => act(event, change, () => openSheet(change)) }, say("open_sheet")),
        liveLink(change),
        element("button", { type: "button", class: "accept", "aria-pressed": String(status === "accepted"),
          onclick: (event) => act(event, change, () => decide(change, "accepted")) }, say("accept")),
        element("button", { type: "button", class: "reject", "aria-pressed": String(status === "rejected"),
          onclick: (event) => act(event, change, () => decide(change, "rejected")) }, say("reject")))));
  }

  function act(event, change, action) {
    event.stopPropagation();
    select(change.index, false);
    action();
  }

  /** The sentence before and after, the evidence marked; once where both are the same. */
  function quotes(change) {
    const [old, fresh] = change.places.map((place, i) => place && { place, text: textOf(change.about, i + 1), side: i });
    if (!old && !fresh) return [];
    const piece = ({ place, text }) => text.slice(place[0], place[3]);
    const spot = ({ place }) => `${place[1] - place[0]} ${place[2] - place[0]}`;
    if (old && fresh && piece(old) === piece(fresh) && spot(old) === spot(fresh)) return [quote(fresh, "both", [])];
    if (!old || !fresh) return [quote(old ?? fresh, old ? "before" : "after", [])];
    const [gone, come] = differences(piece(old), piece(fresh));
    return [quote(old, "before", stretches(gone, old.place[0], "del")), quote(fresh, "after", stretches(come, fresh.place[0], "ins"))];
  }

  function quote({ place, text }, key, layers) {
    const [first, start, end, last] = place;
    const mark = { start, end, wrap: wrapper("mark") };
    return element("p", { class: `quote ${key}` }, element("span", { class: "side" }, say(key)),
      element("q", { lang: "fr", dir: "auto" }, paint(text, first, last, [mark, ...layers])));
  }

  const PLACES = new Set(["start", "end", "rule", "at", "position", "evidence"]);

  /** For a changed record the fields that differ; else all that the record says. */
  function values(change) {
    if (change.kind === "changed") {
      const fields = change.fields.filter((name) => name !== "evidence" || !change.places[0]);
      if (change.table === "sheets" && fields.includes("text")) {
        return [fieldList(change, fields.filter((name) => name !== "text")), textChanges(change.about)];
      }
      return fieldList(change, fields);
    }
    const row = change.new ?? change.old;
    const names = Object.keys(row).filter((name) => !PLACES.has(name) && !name.endsWith("_id") && row[name] !== false
      && (change.table !== "sheets" || name !== "text") && row[name] !== row.evidence || name === "register_id");
    return element("dl", { class: "values" }, names.map((name) => element("div", {}, term(name), element("dd", {}, value(name, row[name])))));
  }

  const term = (name) => element("dt", { title: DATA.meanings[name] ?? name }, named("fields", name));

  function fieldList(change, names) {
    return element("dl", { class: "values differing" }, names.map((name) => element("div", {}, term(name),
      element("dd", {}, fieldChange(name, change.old[name], change.new[name])))));
  }

  function fieldChange(name, old, fresh) {
    if (typeof old === "string" && typeof fresh === "string" && !CHOICES.has(name)) {
      const [gone, come] = differences(old, fresh);
      const kept = old.length - gone.reduce((sum, [start, end]) => sum + end - start, 0);
      if (kept > 2) {
        return [unseen("before"), element("bdi", { class: "was" }, paint(old, 0, old.length, stretches(gone, 0, "del"))), arrow(),
          unseen("after"), element("bdi", { class: "now" }, paint(fresh, 0, fresh.length, stretches(come, 0, "ins")))];
      }
    }
    return [unseen("before"), element("del", {}, value(name, old)), arrow(), unseen("after"), element("ins", {}, value(name, fresh))];
  }

  const arrow = () => element("span", { class: "arrow", "aria-hidden": "true" }, " → ");

  function value(name, said) {
    if (said === undefined || said === null) return element("i", {}, say("nothing"));
    if (typeof said === "boolean") return say(said ? "yes" : "no");
    if (typeof said === "number") return numbers.format(said);
    return CHOICES.has(name) && WORDING.values[said] ? named("values", said) : bdi(said, { lang: "fr" });
  }

  const MOST_LINES = 8;

  /** The lines of a sheet's text that differ; a line altered is shown with its words. */
  function textChanges(sheet) {
    const [old, fresh] = [OLD, NEW].map((side) => (textOf(sheet, side) ?? "").split("\n"));
    const shown = [];
    let [i, j] = [0, 0];
    for (const [a, b] of [...common(old, fresh), [old.length, fresh.length]]) {
      for (; i < a && j < b; i += 1, j += 1) {
        const [gone, come] = differences(old[i], fresh[j]);
        shown.push(line("before", old[i], stretches(gone, 0, "del")), line("after", fresh[j], stretches(come, 0, "ins")));
      }
      for (; i < a; i += 1) shown.push(line("before", old[i], [{ start: 0, end: old[i].length, wrap: wrapper("del") }]));
      for (; j < b; j += 1) shown.push(line("after", fresh[j], [{ start: 0, end: fresh[j].length, wrap: wrapper("ins") }]));
      [i, j] = [a + 1, b + 1];
    }
    const left = shown.length - MOST_LINES;
    return element("div", { class: "lines" }, shown.slice(0, MOST_LINES).map((make) => make()),
      left > 0 ? element("p", { class: "where" }, say("more_lines", { n: left })) : null);
  }

  const line = (key, text, layers) => () => element("p", { class: `quote ${key}` }, element("span", { class: "side" }, say(key)),
    element("q", { lang: "fr", dir: "auto" }, paint(text, 0, text.length, layers)));

  // ---- The live page --------------------------------------------------------------------------------------

  const encoded = (words) => encodeURIComponent(words).replaceAll("-", "%2D");

  /** The address of the live page at a sentence, as a text fragment; null unless it is an http or https one. */
  function liveAddress(change) {
    let address;
    try {
      address = new URL(change.about.url);
    } catch {
      return null;
    }
    if (address.protocol !== "http:" && address.protocol !== "https:") return null;
    const side = change.places[1] ? 1 : 0;
    const place = change.places[side];
    if (!place) return address.href;
    const sentence = textOf(change.about, side + 1).slice(place[0], place[3]).split(/[\n\t]/)[0].trim();
    const words = sentence.split(/\s+/);
    const fragment = words.length > 12 ? `${encoded(words.slice(0, 5).join(" "))},${encoded(words.slice(-5).join(" "))}` : encoded(sentence);
    return `${address.href.includes("#") ? address.href : `${address.href}#`}:~:text=${fragment}`;
  }

  function liveLink(change) {
    const address = liveAddress(change);
    return address && element("a", { class: "live", href: address, target: "_blank", rel: "noopener noreferrer",
      title: `${say("live_page_long")}: ${new URL(address).host}`, onclick: (event) => event.stopPropagation() }, say("live_page"));
  }

  // ---- The whole sheet --------------------------------------------------------------------------------------

  const panel = byId("sheet");

  function openSheet(change) {
    const place = change.places[1] ?? change.places[0];
    state.sheet = { sheet: change.sheet, side: change.new || !change.old ? NEW : OLD, change, start: place?.[1] };
    if (textOf(change.about, state.sheet.side) === null) state.sheet.side = OLD + NEW - state.sheet.side;
    drawSheet();
    const docks = !panel.open && WIDE.matches;
    if (docks) panel.show();
    else if (!panel.open) panel.showModal();
    document.body.classList.add("with-sheet");
    if (docks) focusCurrent(false); // a panel beside the list does not take the focus from it
    panel.querySelector(".now-here")?.scrollIntoView({ block: "center" });
    widthChanged();
  }

  function closeSheet() {
    if (panel.open) panel.close();
  }

  panel.addEventListener("close", () => {
    document.body.classList.remove("with-sheet");
    state.sheet = null;
    widthChanged();
    focusCurrent(false);
  });

  function drawSheet() {
    const { sheet: index, side, change } = state.sheet;
    const sheet = DATA.sheets[index];
    const text = textOf(sheet, side);
    const spans = sheet.spans.filter((span) => span[4] & side);
    const used = DATA.tables.filter((_, i) => spans.some((span) => span[0] === i));
    const hidden = state.hiddenTables ??= new Set();
    const versions = sheet.change === "added" || sheet.change === "removed" ? [] : [OLD, NEW];
    panel.replaceChildren(
      element("div", { class: "head" },
        element("div", {},
          element("h2", { id: "sheet-title" }, bdi(sheet.source ?? say("untitled"))),
          element("p", { class: "where" }, sheet.publisher ? bdi(sheet.publisher) : null, liveLink(change))),
        element("button", { type: "button", class: "quiet", onclick: closeSheet, "aria-keyshortcuts": "Escape" }, say("close"))),
      element("div", { class: "legend" },
        versions.length ? element("span", { class: "switch", role: "group", "aria-label": say("version") }, versions.map((one) => element("button", {
          type: "button", "aria-pressed": String(one === side),
          onclick: () => { state.sheet.side = one; drawSheet(); panel.querySelector(`[data-side="${one}"]`).focus(); }, "data-side": one },
        say(one === OLD ? "before" : "after")))) : null,
        element("span", { role: "group", "aria-label": say("shown_tables"), class: "chips" }, used.map((name) => element("button", {
          type: "button", class: `chip t-${name}`, "aria-pressed": String(!hidden.has(name)), "data-table": name,
          onclick: () => { if (!hidden.delete(name)) hidden.add(name); drawSheet(); panel.querySelector(`[data-table="${name}"]`).focus(); } },
        `${named("tables", name)} ${spans.filter((span) => DATA.tables[span[0]] === name).length}`)))),
      element("div", { class: "text", lang: "fr", tabindex: "0", role: "region", "aria-labelledby": "sheet-title" },
        sheetLines(sheet, text ?? "", spans.filter((span) => !hidden.has(DATA.tables[span[0]])))),
      records(spans));
  }

  function sheetLines(sheet, text, spans) {
    const { side, sheet: index } = state.sheet;
    const headings = new Map(sheet.headings.filter((entry) => entry[3] & side).map(([start, , depth]) => [start, depth]));
    const altered = new Map();
    for (const change of changes) {
      const place = change.sheet === index && change.places[side - 1];
      if (place) altered.set(`${change.table} ${place[1]} ${place[2]}`, change);
    }
    const ordered = [...spans].sort((a, b) => b[2] - b[1] - (a[2] - a[1])); // the longest is the outermost
    const layers = ordered.map(([table, start, end, said]) => ({ start, end, wrap: (inner) => mark(DATA.tables[table], start, end, said, inner, altered) }));
    for (const change of altered.values()) { // a section has no span of its own
      const place = change.places[side - 1];
      if (change.table === "sections") layers.push({ start: place[1], end: place[2], wrap: (inner) => mark("sections", place[1], place[2], {}, inner, altered) });
    }
    const nodes = [];
    let start = 0;
    for (const part of text.split("\n")) {
      const end = start + part.length;
      const here = layers.filter((layer) => layer.start < end && layer.end > start);
      const depth = headings.get(start);
      nodes.push(element(depth === undefined ? "p" : depth < 2 ? "h3" : "h4", { dir: "auto" }, paint(text, start, end, here)));
      start = end + 1;
    }
    return nodes;
  }

  function mark(table, start, end, said, inner, altered) {
    const change = altered.get(`${table} ${start} ${end}`);
    const title = [named("tables", table), ...Object.entries(said).map(([name, one]) => `${named("fields", name)} ${bare(one)}`)].join(", ");
    if (!change) return element("mark", { class: `t-${table}`, title }, inner);
    const go = () => { select(change.index, true); };
    const here = change.index === state.current ? " now-here" : "";
    return element("mark", { class: `t-${table} altered ${change.kind}${here}`, title: `${say(change.kind)}: ${title}`, role: "button", tabindex: "0",
      "aria-label": `${say(change.kind)}, ${title}. ${say("to_change")}`, onclick: go,
      onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); go(); } } }, inner);
  }

  function records(spans) {
    return element("details", { class: "records" }, element("summary", {}, say("records", { n: spans.length })),
      element("ul", {}, spans.map(([table, start, end, said]) => element("li", {}, tableChip(DATA.tables[table]), " ",
        element("q", { lang: "fr" }, plain(textOf(DATA.sheets[state.sheet.sheet], state.sheet.side).slice(start, end))),
        element("dl", { class: "values" }, Object.entries(said).map(([name, one]) => element("div", {}, term(name), element("dd", {}, value(name, one)))))))));
  }

  // ---- Going about ----------------------------------------------------------------------------------------

  const live = byId("live");
  const announce = (text) => { live.textContent = text; };

  /** Make a change the current one; with `go`, bring it into view and focus it. */
  function select(index, go) {
    if (state.current !== index) {
      const before = drawn.get(`c${state.current}`);
      before?.setAttribute("tabindex", "-1");
      before?.removeAttribute("aria-current");
      state.current = index;
      const now = drawn.get(`c${index}`);
      now?.setAttribute("tabindex", "0");
      now?.setAttribute("aria-current", "true");
      if (state.sheet && panel.open && WIDE.matches) openSheet(changes[index]);
    }
    if (go) {
      if (panel.open && !WIDE.matches) closeSheet();
      if (!state.rows.some((row) => row.change?.index === index)) {
        state.collapsed.delete(keyOf(changes[index]));
        if (!matches(changes[index])) clearFilters();
        refresh();
      }
      focusCurrent(true);
    }
  }

  function focusCurrent(reveal) {
    const at = state.rows.findIndex((row) => row.change?.index === state.current);
    if (at < 0) return;
    const place = () => {
      const margin = 12;
      if (tops[at] - margin < list.scrollTop) list.scrollTop = tops[at] - margin;
      else if (tops[at + 1] + margin > list.scrollTop + list.clientHeight) {
        list.scrollTop = Math.min(tops[at] - margin, tops[at + 1] + margin - list.clientHeight);
      }
      draw();
    };
    if (reveal) {
      place();
      place(); // once more with the heights now known
    }
    drawn.get(state.rows[at].id)?.focus({ preventScroll: true });
  }

  function step(by) {
    const shown = state.rows.filter((row) => row.change).map((row) => row.change.index);
    if (!shown.length) return;
    const at = shown.indexOf(state.current);
    select(shown[at < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, at + by))], true);
  }

  // ---- Decisions --------------------------------------------------------------------------------------------

  const history = [];

  function tally() {
    const all = { accepted: 0, rejected: 0, earlier: 0, open: 0 };
    for (const change of changes) all[statusOf(change)] += 1;
    return { ...all, left: all.open, done: all.accepted + all.rejected };
  }

  function record(entries) {
    history.push(entries.map(([change]) => [change.index, decisions.get(change.index)]));
    for (const [change, decision] of entries) {
      if (decision) decisions.set(change.index, decision);
      else decisions.delete(change.index);
    }
    keep();
  }

  const made = (decision) => ({ decision, decided: new Date().toISOString().slice(0, 19) + "Z" });

  function decide(change, decision) {
    const rows = state.rows.filter((row) => row.change);
    const at = rows.findIndex((row) => row.change === change);
    const next = rows[at + 1] ?? rows[at - 1];
    const taken = decisions.get(change.index)?.decision === decision;
    record([[change, taken ? null : made(decision)]]);
    if (!taken && next) state.current = next.change.index;
    refresh();
    focusCurrent(true);
    if (state.sheet && panel.open && WIDE.matches && !taken && next) openSheet(next.change);
    announce(say(taken ? "said_undone" : `said_${decision}`, { n: 1, left: tally().left }));
  }

  function decideAll(members, decision) {
    record(members.map((change) => [change, made(decision)]));
    refresh();
    list.focus({ preventScroll: true });
    announce(say("said_group", { n: members.length }));
  }

  function undo() {
    const entries = history.pop();
    if (!entries) {
      announce(say("said_nothing"));
      return;
    }
    for (const [index, before] of entries) {
      if (before) decisions.set(index, before);
      else decisions.delete(index);
    }
    keep();
    refresh();
    select(entries[0][0], true);
    announce(say("said_undone", { n: entries.length }));
  }

  let unsaved = false;
  let storage = null;

  function keep() {
    unsaved = true;
    try {
      storage.setItem(KEPT, JSON.stringify([...decisions].map(([index, { decision, decided }]) => [changes[index].change_id, decision, decided])));
    } catch {
      notice(say("no_storage"));
    }
  }

  function restore() {
    try {
      storage = window.localStorage;
      const kept = JSON.parse(storage.getItem(KEPT) ?? "[]");
      decisions.clear();
      for (const [id, decision, decided] of kept) {
        if (indexOf.has(id)) decisions.set(indexOf.get(id), { decision, decided });
      }
    } catch {
      storage = null;
      notice(say("no_storage"));
    }
  }

  function notice(text) {
    byId("notice").textContent = text;
    byId("notice").hidden = !text;
  }

  /** A line of decisions.jsonl: the change as `jobsheets diff --json` has it, and what was decided. */
  function lineOf(index) {
    const { change_id, kind, table, rule, fields, contents, old, new: fresh, source, about } = changes[index];
    return JSON.stringify({ change_id, kind, table, sheet_id: about.id ?? source, source, publisher: about.publisher, sheet_change: about.change,
      rule, fields, contents, old, new: fresh, ...decisions.get(index) });
  }

  function download() {
    const lines = [...decisions.keys()].sort((a, b) => a - b).map((index) => `${lineOf(index)}\n`);
    const address = URL.createObjectURL(new Blob(lines, { type: "application/jsonl" }));
    const link = element("a", { href: address, download: "decisions.jsonl" });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    unsaved = false;
    announce(say("said_downloaded", { n: lines.length }));
  }

  async function importFile(file) {
    const entries = [];
    let other = 0;
    for (const [i, text] of (await file.text()).split("\n").entries()) {
      if (!text.trim()) continue;
      let entry;
      try {
        entry = JSON.parse(text);
        if (typeof entry.change_id !== "string" || !["accepted", "rejected"].includes(entry.decision)) throw new TypeError(text);
      } catch {
        notice(say("bad_file", { n: i + 1 }));
        return;
      }
      if (indexOf.has(entry.change_id)) entries.push([changes[indexOf.get(entry.change_id)], { decision: entry.decision, decided: entry.decided }]);
      else other += 1;
    }
    notice("");
    if (entries.length) record(entries);
    refresh();
    announce(say("said_imported", { n: entries.length, other }));
  }

  // ---- Filters and words of the page ------------------------------------------------------------------------

  function facets() {
    for (const [name, of] of Object.entries(FACETS)) {
      const counts = new Map();
      for (const change of changes) if (matches(change, name)) counts.set(of(change), (counts.get(of(change)) ?? 0) + 1);
      for (const box of byId(name).querySelectorAll("label")) box.lastChild.textContent = numbers.format(counts.get(box.dataset.value) ?? 0);
    }
    const totals = tally();
    for (const label of byId("statuses").querySelectorAll("label")) {
      const { value: status } = label.dataset;
      const n = status === "all" ? changes.length : totals[status];
      label.lastChild.textContent = numbers.format(n);
      label.hidden = status === "earlier" && !n;
    }
    byId("collapse").textContent = say(state.collapsed.size ? "expand" : "collapse");
    byId("undo").disabled = !history.length;
    byId("download").disabled = !decisions.size;
  }

  function progress() {
    const { accepted, rejected, earlier, done } = tally();
    const n = changes.length - earlier;
    byId("progress").textContent = say(earlier ? "progress_earlier" : "progress", { done, n, earlier });
    byId("meter-accepted").style.width = `${(100 * accepted) / (n || 1)}%`;
    byId("meter-rejected").style.width = `${(100 * rejected) / (n || 1)}%`;
  }

  function choice(type, group, one, label, checked, changed, extra = "") {
    return element("label", { "data-value": one, class: extra },
      element("input", { type, name: group, value: one, checked, onchange: changed }), element("span", { class: "name" }, label), element("span", { class: "n" }, ""));
  }

  function buildFilters() {
    const again = () => { refresh(); announce(say("said_shown", { n: state.matching.length })); };
    byId("groups").replaceChildren(...GROUPS.map((one) => choice("radio", "group", one, say(`by_${one}`), one === state.group, () => {
      state.group = one;
      state.collapsed.clear();
      list.scrollTop = 0;
      again();
    })));
    byId("statuses").replaceChildren(...STATUSES.map((one) => choice("radio", "status", one, say(`status_${one}`), one === state.status, () => {
      state.status = one;
      list.scrollTop = 0;
      again();
    })));
    const boxes = { kinds: [KINDS, (one) => say(one), (one) => `kind ${one}`], tables: [DATA.tables, (one) => named("tables", one), (one) => `dot t-${one}`],
      changes: [SHEET_CHANGES, (one) => say(`sheet_${one}`), () => ""] };
    for (const [name, [all, label, extra]] of Object.entries(boxes)) {
      const present = all.filter((one) => changes.some((change) => FACETS[name](change) === one));
      byId(name).replaceChildren(...present.map((one) => choice("checkbox", name, one, label(one), !state.off[name].has(one), (event) => {
        if (event.target.checked) state.off[name].delete(one);
        else state.off[name].add(one);
        again();
      }, extra(one))));
    }
  }

  function clearFilters() {
    for (const off of Object.values(state.off)) off.clear();
    state.search = "";
    state.status = "all";
    byId("search").value = "";
    buildFilters();
  }

  const KEYS = [["j", "next"], ["k", "previous"], ["a", "accept"], ["r", "reject"], ["A", "accept_group"], ["u", "undo"], ["o", "open"],
    ["c", "collapse"], ["/", "search"], ["?", "help"]];

  function speak(chosen) {
    language = chosen;
    numbers = new Intl.NumberFormat(chosen);
    plurals = new Intl.PluralRules(chosen);
    document.documentElement.lang = chosen;
    document.title = say("page_title", { old: DATA.names[0], new: DATA.names[1] });
    for (const node of document.querySelectorAll("[data-t]")) node.textContent = say(node.dataset.t);
    for (const node of document.querySelectorAll("[data-t-label]")) node.setAttribute("aria-label", say(node.dataset.tLabel));
    for (const node of document.querySelectorAll("[data-t-placeholder]")) node.placeholder = say(node.dataset.tPlaceholder);
    byId("names").replaceChildren(bdi(DATA.names[0]), " → ", bdi(DATA.names[1]));
    const other = chosen === "fr" ? "en" : "fr";
    byId("language").replaceChildren(element("span", { lang: other, title: other === "fr" ? "Français" : "English" }, other.toUpperCase()));
    byId("language").setAttribute("aria-label", other === "fr" ? "Français" : "English");
    byId("keys").replaceChildren(...KEYS.map(([key, name]) => element("div", {}, element("dt", {}, element("kbd", {}, key)), element("dd", {}, say(`key_${name}`)))));
    buildFilters();
    heights.clear();
    if (state.sheet) drawSheet();
    refresh();
  }

  function collapseAll() {
    if (state.collapsed.size) state.collapsed.clear();
    else for (const row of state.rows) if (!row.change) state.collapsed.add(row.key);
    list.scrollTop = 0;
    refresh();
  }

  function toggleFilters(open) {
    document.body.classList.toggle("with-filters", open);
    byId("open-filters").setAttribute("aria-expanded", String(open));
    widthChanged();
  }

  const ACTIONS = {
    j: () => step(1), k: () => step(-1), u: undo, c: collapseAll, o: () => state.current >= 0 && openSheet(changes[state.current]),
    a: () => decideCurrent("accepted"), r: () => decideCurrent("rejected"),
    A: () => {
      const key = state.current >= 0 && keyOf(changes[state.current]);
      const row = state.rows.find((one) => one.key !== undefined && one.key === key);
      const waits = row?.members.filter((change) => statusOf(change) === "open") ?? [];
      if (waits.length) decideAll(waits, "accepted");
    },
    "/": () => { toggleFilters(true); byId("search").focus(); }, "?": () => byId("help").showModal(),
  };

  function decideCurrent(decision) {
    if (state.rows.some((row) => row.change?.index === state.current)) decide(changes[state.current], decision);
    else step(0);
  }

  function pressed(event) {
    const typing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select");
    if (event.key === "Escape" && !event.defaultPrevented) {
      if (typing) typing.blur();
      else if (panel.open && !panel.matches(":modal")) closeSheet();
      else if (document.body.classList.contains("with-filters")) toggleFilters(false);
      return;
    }
    if (event.key === "Enter" && event.target.classList.contains("change")) ACTIONS.o();
    const off = typing || event.ctrlKey || event.metaKey || event.altKey || !byId("shortcuts").checked || byId("help").open;
    if (off || !Object.hasOwn(ACTIONS, event.key)) return;
    event.preventDefault();
    ACTIONS[event.key]();
  }

  let width = 0;
  function widthChanged() {
    if (list.clientWidth !== width) {
      width = list.clientWidth;
      heights.clear();
      stack();
    }
    draw();
  }

  // ---- Begin --------------------------------------------------------------------------------------------------

  if (DATA.showReviewed) state.status = "all";
  restore();
  arrange();
  state.current = state.rows[1]?.change.index ?? -1;
  speak((navigator.language || "en").toLowerCase().startsWith("fr") ? "fr" : "en");
  list.addEventListener("scroll", drawSoon, { passive: true });
  new ResizeObserver(widthChanged).observe(list);
  WIDE.addEventListener("change", closeSheet);
  document.addEventListener("keydown", pressed);
  let typed = 0;
  byId("search").addEventListener("input", (event) => {
    clearTimeout(typed);
    typed = setTimeout(() => {
      state.search = event.target.value;
      list.scrollTop = 0;
      refresh();
      announce(say("said_shown", { n: state.matching.length }));
    }, 120);
  });
  byId("open-filters").addEventListener("click", () => toggleFilters(!document.body.classList.contains("with-filters")));
  byId("undo").addEventListener("click", undo);
  byId("download").addEventListener("click", download);
  byId("import").addEventListener("click", () => byId("file").click());
  byId("file").addEventListener("change", (event) => {
    if (event.target.files.length) importFile(event.target.files[0]);
    event.target.value = "";
  });
  byId("language").addEventListener("click", () => speak(language === "fr" ? "en" : "fr"));
  byId("open-help").addEventListener("click", () => byId("help").showModal());
  byId("collapse").addEventListener("click", collapseAll);
  byId("reset").addEventListener("click", () => { clearFilters(); refresh(); });
  window.addEventListener("storage", (event) => { // another tab with this page decided
    if (event.key === KEPT) {
      restore();
      refresh();
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved && !storage) event.preventDefault();
  });
})();
