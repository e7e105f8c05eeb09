// What is shown, and how it stands in the page's address: after the «#», so that no server hears of it.

const state = { q: "", verdict: "", code: "", section: "", sort: "", open: "" };
const INITIAL_SORT = "-findings";
const QUIET_MS = 150;
let writing = 0;

function readState() {
  const given = new URLSearchParams(location.hash.slice(1));
  for (const name of Object.keys(state)) state[name] = given.get(name) ?? "";
}

function addressOf(changes) {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...state, ...changes })) if (value) given.set(name, value);
  return `#${given}`;
}

// A page opened from a file may be refused a history; then the address stays as it is, and all else works.
function writeState(how = "replaceState") {
  clearTimeout(writing);
  try {
    history[how](null, "", addressOf({}));
  } catch (error) {
    if (error.name !== "SecurityError") throw error;
  }
}

// Browsers ignore a page that writes its address at each key.
function writeStateSoon() {
  clearTimeout(writing);
  writing = setTimeout(writeState, QUIET_MS);
}

function isFiltered() {
  return Boolean(state.q || state.verdict || state.code || state.section);
}
