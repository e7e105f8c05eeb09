// Elements are made one by one and filled with text: nothing that comes from outside is ever read as markup.

const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;
const NAMED = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const LONGEST = 2000;
const NUMBERS = new Intl.NumberFormat("en");

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "onclick") made.addEventListener("click", value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return made;
}

// What is not seen is spelt out, as in the text report, and what has no end is cut.
function seen(text, most = LONGEST) {
  const cut = text.length > most ? `${text.slice(0, most)}… (${NUMBERS.format(text.length - most)} more)` : text;
  return cut.replace(UNSEEN, (character) => {
    const code = character.codePointAt(0);
    if (NAMED[character]) return NAMED[character];
    if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
    if (code < 0x10000) return `\\u${code.toString(16).padStart(4, "0")}`;
    return `\\U${code.toString(16).padStart(8, "0")}`;
  });
}

function outside(text, most) {
  return element("bdi", {}, seen(text, most));
}

// Only what leads to the web, and reads as it is, can be followed.
function address(url) {
  if (!/^https?:\/\//i.test(url) || seen(url) !== url) return element("span", { class: "address" }, outside(url));
  return element("a", { class: "address", href: url, rel: "noopener noreferrer nofollow", target: "_blank" }, outside(url));
}

function sign(name) {
  return element("span", { class: `sign ${name}`, "aria-hidden": "true" }, SIGNS[name]);
}

function pieces(texts, name) {
  return element(
    "bdi",
    {},
    texts.map((text, index) => (index % 2 ? element(name, {}, seen(text)) : seen(text))),
  );
}

function duration(milliseconds) {
  if (!milliseconds) return "";
  return milliseconds < 1000 ? `${milliseconds} ms` : `${NUMBERS.format(Math.round(milliseconds / 100) / 10)} s`;
}

// Names with their values, as far as there are any.
function facts(pairs) {
  const told = pairs.filter(([, value]) => value !== undefined && value !== null && value !== "" && value !== false);
  return element(
    "dl",
    { class: "facts" },
    told.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, plainly(value)))),
  );
}

function plainly(value) {
  if (value === true) return "yes";
  if (typeof value === "number") return NUMBERS.format(value);
  return typeof value === "string" ? outside(value) : value;
}

function copyButton(label, text) {
  const button = element("button", { type: "button", class: "copy", "aria-label": `Copy ${label}` }, "Copy");
  button.addEventListener("click", async () => {
    button.textContent = (await copied(text)) ? "Copied" : "Not copied";
    announce(button.textContent);
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
  return button;
}

// A page opened from a file may have no clipboard, or be refused it.
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedByHand(text);
  }
}

function copiedByHand(text) {
  const field = element("textarea", { class: "unseen", readonly: true, "aria-hidden": "true" });
  field.value = text;
  const before = document.activeElement;
  document.getElementById("panel").append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  before?.focus({ preventScroll: true });
  return done;
}

function announce(text) {
  document.getElementById("said").textContent = text;
}
