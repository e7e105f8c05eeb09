// What is known of one row: its findings with the fix to copy, and each link with its way and its answer.

const RULE_PAGES = "https://github.com/opendilab/rlhf-linkcheck/blob/main/docs/rules/";
const PORTION = 40;

function details(row) {
  const paper = row.url && !row.links.some((link) => link.url === row.url);
  return [
    element(
      "p",
      { class: "muted" },
      [row.kind, row.section, row.path ? `${row.path}:${row.line ?? 1}` : ""].filter(Boolean).map((text, index) => [index ? " · " : "", outside(text)]),
    ),
    row.title && row.id ? element("p", { class: "muted identity" }, outside(row.id)) : null,
    paper ? element("p", {}, address(row.url)) : null,
    row.findings.length ? element("h4", {}, `Findings (${row.findings.length})`) : null,
    ...inPortions([...row.findings].sort((a, b) => GRAVITY[b.severity] - GRAVITY[a.severity]), findingPart),
    row.links.length ? element("h4", {}, `Links (${row.links.length})`) : null,
    ...inPortions(row.links, linkPart),
  ].filter(Boolean);
}

// A file can have thousands of findings: what nobody has asked to see is not made.
function inPortions(items, make, holder = (button) => button) {
  const made = items.slice(0, PORTION).map(make);
  const rest = items.slice(PORTION);
  if (!rest.length) return made;
  const button = element("button", { type: "button", class: "more" }, `Show more (${NUMBERS.format(rest.length)})`);
  const held = holder(button);
  button.addEventListener("click", () => {
    const more = inPortions(rest, make, holder);
    more[0].tabIndex = -1;
    held.replaceWith(...more);
    more[0].focus();
  });
  return [...made, held];
}

const inItem = (button) => element("li", {}, button);

function findingPart(finding) {
  const known = /^[A-Z]{3}[0-9]{3}$/.test(finding.code);
  const page = { href: `${RULE_PAGES}${finding.code}.md`, rel: "noopener noreferrer nofollow", target: "_blank", class: "code" };
  return element(
    "article",
    { class: `finding ${finding.severity}${finding.suppressed ? " suppressed" : ""}` },
    element(
      "p",
      { class: "finding-head" },
      sign(finding.severity),
      " ",
      known ? element("a", page, finding.code) : element("span", { class: "code" }, outside(finding.code)),
      " ",
      element("span", { class: "muted" }, outside(finding.name ?? ""), ` ${finding.severity}`),
    ),
    element("p", {}, outside(finding.message ?? "")),
    bothPart(finding),
    ...inPortions(finding.edits ?? [], (edit) => fixPart(edit, finding)),
    facts([
      ["place", finding.place],
      ["field", finding.field],
      ["link", finding.url && finding.url !== finding.listed?.join("") ? address(finding.url) : ""],
      ["source", [finding.source, finding.retrieved_at].filter(Boolean).join(", ")],
      ["suppressed by", finding.suppressed_by],
      ["known since", finding.known_since],
      ["graver now", finding.risen],
    ]),
    relatedPart(finding),
  );
}

function bothPart(finding) {
  if (!finding.listed && !finding.found) return null;
  const part = (name, texts, tag) => (texts ? element("div", {}, element("dt", {}, name), element("dd", {}, pieces(texts, tag))) : null);
  return element(
    "dl",
    { class: "both" },
    part("listed", finding.listed, "del"),
    part(finding.source ? "found" : "expected", finding.found, "ins"),
  );
}

function fixPart([field, value], finding) {
  return element(
    "div",
    { class: "fix" },
    element("p", { class: "fix-head" }, element("span", {}, "Fix ", outside(field || "here"), finding.unsafe ? " (look at it before you take it over)" : ""), value ? copyButton(`the fix for ${field || "this place"}`, value) : null),
    value ? element("code", {}, outside(value)) : element("p", {}, "Take it out."),
  );
}

function relatedPart(finding) {
  if (!finding.related) return null;
  return element(
    "ul",
    { class: "related" },
    inPortions(
      finding.related,
      (related) => {
        const name = related.entry ? `${related.entry} (${related.place})` : related.place;
        const target = related.key && byKey.has(related.key);
        return element("li", {}, "see ", target ? element("a", { href: addressOf({ open: related.key }), "data-open": related.key }, outside(name)) : outside(name));
      },
      inItem,
    ),
  );
}

function linkPart(link) {
  const heading = element("p", { class: "link-head" }, sign(link.verdict), " ", element("strong", {}, link.verdict), link.reason === "ok" ? "" : ` ${link.reason.replaceAll("_", " ")}`, link.status ? ` · ${link.status}` : "");
  return element(
    "article",
    { class: `link ${link.verdict}` },
    heading,
    element("p", {}, address(link.url)),
    link.detail ? element("p", {}, outside(link.detail)) : null,
    chainPart(link),
    facts([
      ["answered by", link.source],
      ["attempts", link.attempts],
      ["time", duration(link.elapsed_ms)],
      ["checked", (link.checked_at ?? "") + (link.from_cache ? " (remembered)" : "")],
      ["moved to", link.moved_to ? address(link.moved_to) : ""],
      ["https", link.secure_url ? address(link.secure_url) : ""],
      ["not on the page", link.missing_fragment ? `#${link.missing_fragment}` : ""],
      ["no home either", link.homeless],
      ["not settled", link.unsettled],
      ["first seen", link.past?.first_seen],
      ["last alive", link.past?.last_alive],
      ["dead since", link.past?.failing_since],
      ["audits dead", link.past?.failures],
      ["unclear since", link.past?.uncertain_since],
      ["came back", link.past?.flaps ? `${NUMBERS.format(link.past.flaps)}×` : ""],
    ]),
    evidencePart(link),
  );
}

function chainPart(link) {
  const hops = link.redirects ?? [];
  if (!hops.length && !link.final_url) return null;
  const end = link.final_url && link.final_url !== hops.at(-1)?.[1] ? element("li", {}, "ended at ", address(link.final_url)) : null;
  return element(
    "ol",
    { class: "chain", "aria-label": "Redirects" },
    inPortions(hops, ([status, url]) => element("li", {}, element("span", { class: "number" }, `${status}`), " ", address(url)), inItem),
    end,
  );
}

function evidencePart(link) {
  const records = [
    ["Record", link.record],
    ["Current version", link.newest],
    ...(link.earlier ?? []).map((record) => ["Earlier version", record]),
    ...(link.elsewhere ?? []).map((record) => ["Elsewhere", record]),
    ...(link.meant ?? []).map((record) => ["Perhaps meant", record]),
  ].filter(([, record]) => record);
  const parts = [
    ...inPortions(records, ([name, record]) => recordPart(name, record)),
    link.repository ? repositoryPart(link.repository) : null,
    ...inPortions(link.writings ?? [], writingPart),
  ].filter(Boolean);
  return parts.length ? element("details", {}, element("summary", {}, "What the source holds"), ...parts) : null;
}

function recordPart(name, record) {
  return element(
    "section",
    {},
    element("h5", {}, name),
    facts([
      ["title", record.title],
      ["other titles", record.other_titles?.join("; ")],
      ["authors", record.authors ? record.authors.join(", ") + (record.cut ? " …" : "") : ""],
      ["identity", record.identity],
      ["version", record.version],
      ["withdrawn", record.withdrawn],
      ["published", record.published],
      ["DOI", record.doi],
      ["repositories", record.repositories?.join(", ")],
      ["source", `${record.source}, ${record.retrieved_at}${record.trust === "record" ? "" : ` (${record.trust})`}`],
    ]),
  );
}

function repositoryPart(repository) {
  return element(
    "section",
    {},
    element("h5", {}, "Repository"),
    facts([
      ["name", repository.name],
      ["about", repository.description],
      ["homepage", repository.homepage ? address(repository.homepage) : ""],
      ["last change", repository.pushed_at],
      ["archived", repository.archived_at ?? repository.archived],
      ["restricted", [repository.restricted, repository.restriction].filter(Boolean).join(": ")],
      ["empty", repository.empty],
      ["fork of", repository.fork_of ?? repository.fork],
      ["licence", repository.licence],
      ["topics", repository.topics?.join(", ")],
      ["authors", repository.authors?.join(", ")],
      ["default branch", repository.default_branch],
      ["identity", repository.identity],
      ["source", [repository.source, repository.retrieved_at].filter(Boolean).join(", ")],
    ]),
  );
}

function writingPart(writing) {
  return element(
    "section",
    {},
    element("h5", {}, outside(writing.path ?? "A file")),
    facts([
      ["heading", writing.heading],
      ["names", writing.names?.join(", ")],
      ["listed titles in it", writing.titles?.join("; ")],
      ["own paper", writing.own?.map((own) => [own.title, own.paper].filter(Boolean).join(" ")).join("; ")],
      ["words", writing.words],
      ["notice", writing.notice],
    ]),
  );
}
