// What happens when: the page is read, a key is pressed, a row is opened, the address changes.

const NARROW = matchMedia("(max-width: 60rem)");
const BESIDE = ".skip, .top, .hero, .columns, .cards, .filters, .counted, #rows, footer, #all";
let lastFocus = null;

function refresh() {
  announce("");
  showFilters();
  showSort();
  setFound(matching());
  showCount();
  writeStateSoon();
}

function openRow(key, how = state.open ? "replaceState" : "pushState") {
  lastFocus ??= document.activeElement;
  announce("");
  state.open = key;
  writeState(how);
  showPanel({ focus: true });
  // A part whose end is far below the screen's is brought up; the row stays in sight, as it stands beside it.
  const { top } = field("panel").getBoundingClientRect();
  if (top > innerHeight / 3) field("table").scrollIntoView({ behavior: "instant" });
}

function closePanel() {
  const key = state.open;
  state.open = "";
  writeState();
  showPanel({ focus: false });
  const position = table.found.findIndex((number) => rows[number].key === key);
  if (position >= 0) goTo(position);
  // What had the focus may be gone, as a row is that the filters hold back.
  else (lastFocus?.isConnected && lastFocus !== document.body ? lastFocus : field("q")).focus();
  lastFocus = null;
}

function showPanel({ focus }) {
  const panel = field("panel");
  const row = byKey.get(state.open);
  const wasOpen = !panel.hidden;
  panel.hidden = !row;
  document.documentElement.classList.toggle("opened", Boolean(row));
  if (row) fillPanel(panel, row);
  coverRest();
  if (wasOpen === panel.hidden) measure();
  draw();
  if (row && focus) field("panel-title").focus({ preventScroll: true });
}

function fillPanel(panel, row) {
  const close = element("button", { type: "button", class: "quiet", "aria-label": "Close", onclick: closePanel }, "✕");
  const step = (label, by) => element("button", { type: "button", class: "quiet", "aria-label": label, onclick: () => stepBy(by) }, by < 0 ? "↑" : "↓");
  const copy = copyButton("the address of this part", location.href.split("#")[0] + addressOf({}));
  copy.textContent = "Copy address";
  panel.replaceChildren(
    element("div", { class: "panel-bar" }, step("Previous row", -1), step("Next row", 1), copy, close),
    element("h3", { id: "panel-title", tabindex: "-1" }, outside(row.name)),
    ...details(row),
  );
  panel.scrollTop = 0;
}

function stepBy(by) {
  const at = table.found.findIndex((number) => rows[number].key === state.open);
  const position = Math.min(Math.max(at + by, 0), table.found.length - 1);
  if (!table.found.length || position === at) return;
  table.current = position;
  bringIntoView(position);
  openRow(rows[table.found[position]].key);
}

// On a narrow screen the part covers all else, which is then out of reach.
function coverRest() {
  const covered = NARROW.matches && !field("panel").hidden;
  for (const each of document.querySelectorAll(BESIDE)) each.inert = covered;
  field("panel").setAttribute("aria-modal", covered);
  document.documentElement.classList.toggle("covered", covered);
}

function followAddress() {
  if (location.hash === "#table") return;
  readState();
  if (state.open && !byKey.has(state.open)) announceMissing();
  showFilters();
  showSort();
  setFound(matching());
  showCount();
  showPanel({ focus: Boolean(state.open) });
  if (Object.values(state).some(Boolean)) showTable();
}

// An address may come from another report.
function announceMissing() {
  announce(`${seen(state.open, 80)} is not in this report`);
  state.open = "";
}

function showTable() {
  const position = table.found.findIndex((number) => rows[number].key === state.open);
  field("table").scrollIntoView({ behavior: "instant" });
  if (position >= 0) bringIntoView(position);
  else if (!state.open) field("table").focus({ preventScroll: true });
  draw();
}

function onKey(event) {
  const typing = event.target.closest?.("input, select, textarea");
  if (event.key === "Escape" && !field("panel").hidden) closePanel();
  else if (event.key === "Escape" && event.target === field("q") && state.q) {
    state.q = "";
    refresh();
  } else if (event.key === "ArrowDown" && event.target === field("q")) goTo(0);
  else if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && field("panel").ariaModal !== "true") field("q").focus();
  else return;
  event.preventDefault();
}

function theme(chosen) {
  try {
    if (chosen) localStorage.setItem("theme", chosen);
    return localStorage.getItem("theme");
  } catch {
    return chosen; // a page opened from a file may have no store
  }
}

function showTheme(chosen) {
  const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
  const button = document.getElementById("theme");
  if (!button) return;
  button.hidden = false;
  button.textContent = dark ? "Light" : "Dark";
  button.setAttribute("aria-label", `${button.textContent} colours`);
  button.onclick = () => showTheme(theme(dark ? "light" : "dark") ?? (dark ? "light" : "dark"));
}

async function start() {
  showTheme(theme());
  field("live").hidden = false;
  await readRows((number) => (field("count").textContent = `Reading … ${NUMBERS.format(number)}`));
  await pause();
  makeFilters();
  makeTable();
  await pause();
  order(INITIAL_SORT);
  await pause();
  NARROW.addEventListener("change", coverRest);
  document.addEventListener("keydown", onKey);
  addEventListener("popstate", followAddress);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-open]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openRow(link.dataset.open);
    showTable();
  });
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    field("table").focus();
  });
  followAddress();
  document.documentElement.dataset.ready = "";
}

document.documentElement.classList.add("js");
showTheme(theme());
document.addEventListener("DOMContentLoaded", start);
