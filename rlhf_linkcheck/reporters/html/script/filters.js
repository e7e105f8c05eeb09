// The filters above the table, and how many rows they let through.

const field = (id) => document.getElementById(id);

function makeFilters() {
  const group = field("verdicts");
  for (const verdict of VERDICTS) {
    const number = rows.filter((row) => row.verdicts.has(verdict)).length;
    const button = element("button", { type: "button", class: "chip", "data-verdict": verdict, "aria-pressed": "false" }, sign(verdict), `${verdict} `, element("span", { class: "number muted" }, NUMBERS.format(number)));
    button.addEventListener("click", () => {
      const chosen = new Set(state.verdict.split(",").filter(Boolean));
      if (!chosen.delete(verdict)) chosen.add(verdict);
      state.verdict = VERDICTS.filter((each) => chosen.has(each)).join(",");
      refresh();
    });
    group.append(button);
  }
  makeCodes();
  makeSections();
  field("q").addEventListener("input", () => {
    state.q = field("q").value;
    refresh();
  });
  for (const name of ["code", "section"]) {
    field(name).addEventListener("change", () => {
      state[name] = field(name).value;
      refresh();
    });
  }
  field("clear").addEventListener("click", () => {
    Object.assign(state, { q: "", verdict: "", code: "", section: "" });
    refresh();
    field("q").focus();
  });
}

function option(value, label) {
  return element("option", { value }, seen(label, 60));
}

function makeCodes() {
  const counts = new Map();
  const names = new Map();
  for (const row of rows) {
    for (const code of new Set(row.open.map((finding) => finding.code))) counts.set(code, (counts.get(code) ?? 0) + 1);
    for (const finding of row.open) names.set(finding.code, finding.name ?? "");
  }
  field("code").append(
    option("", "All findings and none"),
    ...["error", "warning", "info", "suppressed"].map((each) => option(each, each === "suppressed" ? "Suppressed" : `Any ${each}`)),
    ...[...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, number]) => option(code, `${code} ${names.get(code)} (${NUMBERS.format(number)})`)),
  );
}

function makeSections() {
  const counts = new Map();
  for (const row of rows) if (row.section) counts.set(row.section, (counts.get(row.section) ?? 0) + 1);
  const links = rows.filter((row) => row.kind === "link").length;
  field("section").append(
    option("", "All sections"),
    ...[...counts].map(([section, number]) => option(section, `${seen(section, 40)} (${NUMBERS.format(number)})`)),
    ...(links ? [option(OUTSIDE, `Outside entries (${NUMBERS.format(links)})`)] : []),
  );
}

function showFilters() {
  if (field("q").value !== state.q) field("q").value = state.q;
  const chosen = new Set(state.verdict.split(","));
  for (const chip of document.querySelectorAll("[data-verdict]")) chip.setAttribute("aria-pressed", chosen.has(chip.dataset.verdict));
  for (const name of ["code", "section"]) {
    field(name).value = state[name];
    // An address can name what is not in this report; nothing matches it, and it says so.
    if (field(name).value !== state[name]) {
      field(name).append(option(state[name], `${state[name]} (0)`));
      field(name).value = state[name];
    }
  }
  field("clear").hidden = !isFiltered();
}

function showCount() {
  const [found, all] = [table.found.length, rows.length].map((number) => NUMBERS.format(number));
  field("count").textContent = isFiltered() ? (table.found.length ? `${found} of ${all} match` : `None of ${all} matches`) : `${all} in all`;
}
