// The rows: read in slices, searched and sorted.

const SLICE_MS = 12;
const GRAVITY = { error: 3, warning: 2, info: 1 };
const VERDICTS = ["dead", "uncertain", "skipped", "alive"];
const SIGNS = { dead: "✕", uncertain: "?", skipped: "–", alive: "✓", error: "✕", warning: "!", info: "i" };
const OUTSIDE = "~outside";

const rows = [];
const byKey = new Map();
const orders = new Map();
const counts = { verdicts: new Map(), codes: new Map(), names: new Map(), sections: new Map() };

const KEYS = {
  list: (row) => row.number,
  verdict: (row) => -row.rank,
  title: (row) => row.sorted,
  findings: (row) => row.gravity * 1e6 + row.open.length,
  section: (row) => fold(row.section ?? "\uffff"),
  links: (row) => row.links.length,
  time: (row) => row.time,
};

// A script that computes for long keeps the reader from scrolling.
function pause() {
  if (globalThis.scheduler?.yield) return scheduler.yield();
  return new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = done;
    channel.port2.postMessage(null);
  });
}

async function readRows(tell) {
  let since = performance.now();
  for (const element of document.querySelectorAll("script.rows")) {
    const text = element.textContent;
    element.remove();
    for (const row of JSON.parse(element.classList.contains("packed") ? await unpacked(text) : text)) addRow(row);
    if (performance.now() - since > SLICE_MS) {
      tell(rows.length);
      await pause();
      since = performance.now();
    }
  }
}

async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
}

function addRow(row) {
  row.number = rows.length;
  row.links ??= [];
  row.findings ??= [];
  row.open = row.findings.filter((finding) => !finding.suppressed);
  row.name = (row.title ?? "").trim() || row.id || row.links[0]?.url || row.path || row.key;
  row.kind = row.category ?? (row.id ? "entry" : row.links.length ? "link" : "file");
  row.verdicts = new Set(row.links.map((link) => link.verdict));
  row.rank = VERDICTS.findIndex((verdict) => row.verdicts.has(verdict));
  if (row.rank < 0) row.rank = VERDICTS.length;
  row.gravity = Math.max(0, ...row.open.map((finding) => GRAVITY[finding.severity]));
  row.time = Math.max(0, ...row.links.map((link) => link.elapsed_ms ?? 0));
  row.sorted = fold(row.name);
  row.text = fold(searchedOf(row).join("\n"));
  rows.push(row);
  byKey.set(row.key, row);
  countRow(row);
}

function countRow(row) {
  const count = (map, key) => map.set(key, (map.get(key) ?? 0) + 1);
  for (const verdict of row.verdicts) count(counts.verdicts, verdict);
  for (const code of new Set(row.open.map((finding) => finding.code))) count(counts.codes, code);
  for (const finding of row.open) counts.names.set(finding.code, finding.name ?? "");
  if (row.section) count(counts.sections, row.section);
  else if (row.kind === "link") count(counts.sections, OUTSIDE);
}

function searchedOf(row) {
  const words = [row.name, row.id ?? "", row.kind, row.section ?? "", row.url ?? "", row.path ?? ""];
  for (const link of row.links) words.push(link.url, link.reason, link.detail ?? "");
  for (const finding of row.findings) words.push(finding.code, finding.name ?? "", finding.message ?? "");
  return words;
}

// «Bengio» finds «Béngio»: without marks and in lower case.
function fold(text) {
  const plain = /[^\x00-\x7f]/.test(text) ? text.normalize("NFKD").replace(/\p{M}+/gu, "") : text;
  return plain.toLowerCase();
}

// An address can name anything, also what every object has, such as «__proto__».
function order(sort) {
  const name = Object.hasOwn(KEYS, sort.replace(/^-/, "")) ? sort : INITIAL_SORT;
  if (!orders.has(name)) {
    const sign = name.startsWith("-") ? -1 : 1;
    const keys = rows.map(KEYS[name.replace(/^-/, "")]);
    const compare = (a, b) => (keys[a] < keys[b] ? -sign : keys[a] > keys[b] ? sign : a - b);
    orders.set(name, rows.map((_, number) => number).sort(compare));
  }
  return orders.get(name);
}

function matching() {
  const words = fold(state.q).split(/\s+/).filter(Boolean);
  const verdicts = state.verdict.split(",").filter(Boolean);
  return order(state.sort).filter((number) => {
    const row = rows[number];
    return (
      words.every((word) => row.text.includes(word)) &&
      (!verdicts.length || verdicts.some((verdict) => row.verdicts.has(verdict))) &&
      (!state.code || hasFinding(row)) &&
      (!state.section || (state.section === OUTSIDE ? row.kind === "link" : row.section === state.section))
    );
  });
}

function hasFinding(row) {
  if (state.code === "suppressed") return row.findings.length > row.open.length;
  const name = Object.hasOwn(GRAVITY, state.code) ? "severity" : "code";
  return row.open.some((finding) => finding[name] === state.code);
}
