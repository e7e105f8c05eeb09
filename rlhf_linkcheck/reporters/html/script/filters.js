// The filters above the table, and how many rows they let through.

const field = (id) => document.getElementById(id);

function makeFilters() {
  const group = field("verdicts");
  for (const verdict of VERDICTS) {
    const number = counts.verdicts.get(verdict) ?? 0;
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
  field("code").append(
    option("", "All findings and none"),
    ...["error", "warning", "info", "suppressed"].map((each) => option(each, each === "suppressed" ? "Suppressed" : `Any ${each}`)),
    ...[...counts.codes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, number]) => option(code, `${code} ${counts.names.get(code)} (${NUMBERS.format(number)})`)),
  );
}

function makeSections() {
  const name = (section) => (section === OUTSIDE ? "Outside entries" : section.slice(0, 40));
  field("section").append(
    option("", "All sections"),
    ...[...counts.sections].map(([section, number]) => option(section, `${name(section)} (${NUMBERS.format(number)})`)),
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
  field("count").textContent = isFiltered() ? (table.found.length ? `${found} of ${all} match` : `None of ${all} matches`) : rows.length ? `${all} in all` : "Nothing was looked at";
}
