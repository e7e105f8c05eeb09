// The table: as many rows as can be seen and some more, however many there are.

const SPARE = 8;
const COLUMNS = [
  ["verdict", "Verdict"],
  ["title", "Entry"],
  ["findings", "Findings", true],
  ["section", "Section"],
  ["links", "Links", true],
  ["time", "Slowest", true],
];
const table = { found: [], height: 60, body: null, shown: new Map(), current: 0 };

function makeTable() {
  const head = element("div", { role: "row", class: "row head", "aria-rowindex": "1" }, COLUMNS.map(headCell));
  table.body = element("div", { role: "rowgroup", class: "body" });
  const holder = document.getElementById("rows");
  holder.replaceChildren(element("div", { role: "rowgroup", class: "head-group" }, head), table.body);
  table.body.addEventListener("click", (event) => {
    const link = event.target.closest("[data-position]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !getSelection().isCollapsed) return;
    event.preventDefault();
    table.current = Number(link.dataset.position);
    openRow(rows[table.found[table.current]].key);
  });
  holder.addEventListener("keydown", walk);
  addEventListener("scroll", drawSoon, { passive: true });
  addEventListener("resize", () => {
    measure();
    drawSoon();
  });
  measure();
}

function headCell([name, label, downFirst]) {
  const button = element("button", { type: "button" }, label, element("span", { class: "arrow", "aria-hidden": "true" }));
  button.addEventListener("click", () => {
    const [first, second] = downFirst ? [`-${name}`, name] : [name, `-${name}`];
    state.sort = (state.sort || INITIAL_SORT) === first ? second : first;
    refresh();
  });
  return element("div", { role: "columnheader", class: `cell ${name}`, "data-sort": name, "aria-sort": "none" }, button);
}

function showSort() {
  const sort = state.sort || INITIAL_SORT;
  for (const cell of document.querySelectorAll("[data-sort]")) {
    const direction = sort === cell.dataset.sort ? "ascending" : sort === `-${cell.dataset.sort}` ? "descending" : "none";
    cell.setAttribute("aria-sort", direction);
  }
}

// Rows are as high as the reader's letters want.
function measure() {
  const probe = element("div", { class: "row" });
  table.body.append(probe);
  table.height = probe.offsetHeight || 60;
  probe.remove();
  for (const made of table.shown.values()) made.remove();
  table.shown.clear();
  table.body.style.height = `${table.found.length * table.height}px`;
}

function setFound(found) {
  table.found = found;
  table.current = 0;
  for (const made of table.shown.values()) made.remove();
  table.shown.clear();
  table.body.style.height = `${found.length * table.height}px`;
  document.getElementById("rows").setAttribute("aria-rowcount", found.length + 1);
  draw();
}

let drawing = false;
function drawSoon() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    draw();
  });
}

function draw() {
  const top = -table.body.getBoundingClientRect().top;
  // Wherever the reader is there are some, or keys and screen readers would find none.
  const first = Math.max(0, Math.min(Math.floor(top / table.height), table.found.length - SPARE) - SPARE);
  const last = Math.min(table.found.length, Math.max(Math.ceil((top + innerHeight) / table.height), SPARE) + SPARE);
  for (const [position, made] of table.shown) {
    // What has the focus stays, or a reader's keys would be lost.
    if ((position < first || position >= last) && !made.contains(document.activeElement)) {
      made.remove();
      table.shown.delete(position);
    }
  }
  const added = [];
  for (let position = first; position < last; position += 1) if (!table.shown.has(position)) added.push(rowElement(position));
  table.body.append(...added);
  inOrder(added);
  markCurrent(first, last);
}

// A screen reader goes by the order in the page: rows that came above are put there.
function inOrder(added) {
  const positions = [...table.shown.keys()].sort((a, b) => a - b);
  if (!added.length || positions.every((position, index) => table.body.children[index] === table.shown.get(position))) return;
  const before = document.activeElement;
  table.body.append(...positions.map((position) => table.shown.get(position)));
  if (before !== document.activeElement) before?.focus({ preventScroll: true });
}

function markCurrent(first, last) {
  const reachable = table.current >= first && table.current < last ? table.current : first + SPARE;
  for (const [position, made] of table.shown) {
    made.querySelector(".row-link").tabIndex = position === reachable || (reachable >= last && position === first) ? 0 : -1;
    made.classList.toggle("chosen", rows[table.found[position]].key === state.open);
  }
}

function rowElement(position) {
  const row = rows[table.found[position]];
  const verdict = VERDICTS[row.rank];
  const place = row.path ? `${row.path}:${row.line ?? 1}` : "outside entries";
  const cells = [
    element("div", { role: "cell", class: "cell verdict" }, verdict ? [sign(verdict), element("span", {}, verdict)] : element("span", { class: "muted" }, "no link")),
    element(
      "div",
      { role: "rowheader", class: "cell title" },
      element("a", { class: "row-link", href: addressOf({ open: row.key }), tabindex: "-1", title: seen(row.name, 300) }, outside(row.name, 300)),
      element("span", { class: "muted sub" }, outside(`${row.kind} · ${place}`, 120)),
    ),
    element("div", { role: "cell", class: "cell findings" }, badges(row)),
    element("div", { role: "cell", class: "cell section muted" }, outside(row.section ?? "", 60)),
    element("div", { role: "cell", class: "cell links number" }, row.links.length ? NUMBERS.format(row.links.length) : ""),
    element("div", { role: "cell", class: "cell time number" }, duration(row.time)),
  ];
  const made = element("div", { role: "row", class: "row", "aria-rowindex": position + 2, "data-position": position }, cells);
  made.style.transform = `translateY(${position * table.height}px)`;
  table.shown.set(position, made);
  return made;
}

function badges(row) {
  const codes = new Map();
  for (const finding of [...row.open].sort((a, b) => GRAVITY[b.severity] - GRAVITY[a.severity])) if (!codes.has(finding.code)) codes.set(finding.code, finding.severity);
  const made = [...codes].slice(0, 3).map(([code, severity]) => element("span", { class: `badge ${severity}` }, sign(severity), outside(code, 12)));
  return codes.size > 3 ? [...made, element("span", { class: "muted" }, `+${codes.size - 3}`)] : made;
}

function walk(event) {
  const steps = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
  if (!(event.key in steps) || !event.target.closest(".row-link")) return;
  event.preventDefault();
  const at = Number(event.target.closest("[data-position]").dataset.position);
  goTo(at + steps[event.key]);
}

function goTo(position) {
  if (!table.found.length) return;
  table.current = Math.min(Math.max(position, 0), table.found.length - 1);
  bringIntoView(table.current);
  draw();
  table.shown.get(table.current)?.querySelector(".row-link").focus({ preventScroll: true });
}

function bringIntoView(position) {
  const head = document.querySelector(".head-group").offsetHeight;
  const top = table.body.getBoundingClientRect().top + position * table.height;
  if (top < head) scrollBy({ top: top - head, behavior: "instant" });
  else if (top + table.height > innerHeight) scrollBy({ top: top + table.height - innerHeight, behavior: "instant" });
}
