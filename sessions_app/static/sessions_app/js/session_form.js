// The session form, and the lists of sites of other forms, made quicker: groups of sites in one tap, only ticked sites in view, what was
// ticked read back in words, a word at a limited site, the minutes so far. The form is complete
// without this module, and the server decides everything it says here again.

const FOLD_FROM = 1; // with this many ticked sites the others are folded away at the start

for (const sites of document.querySelectorAll("[data-sites]")) enhanceSites(sites);
for (const clock of document.querySelectorAll("[data-elapsed-since]")) runClock(clock);

function enhanceSites(root) {
  const rows = [...root.querySelectorAll("[data-site]")].map(readRow);
  const showAll = root.querySelector("[data-show-all]");
  const presets = root.querySelector("[data-presets]");
  // Where the map stands first the list is folded from the start.
  let folded = root.dataset.sites === "folded" || rows.filter((row) => row.box.checked).length >= FOLD_FROM;

  const refresh = (leftOut = []) => {
    readBack(root.querySelector("[data-readback]"), rows, leftOut);
    fold(root, rows, folded);
    rows.forEach(speakLimit);
  };

  if (presets) {
    presets.hidden = false;
    presets.addEventListener("click", (event) => {
      const button = event.target.closest("[data-preset]");
      if (!button) return;
      refresh(tick(rows, button.dataset.preset));
    });
  }
  if (showAll) {
    showAll.hidden = false;
    showAll.addEventListener("click", () => {
      const first = rows.find((row) => row.element.hidden);
      folded = !folded;
      refresh();
      if (!folded && first) goTo(first);
    });
  }
  root.addEventListener("change", () => refresh());
  root.closest("form").addEventListener("formdata", ({ formData }) => dropUnused(formData, rows));
  refresh();
}

function readRow(element) {
  return {
    element,
    box: element.querySelector("input[type=checkbox]"),
    pressure: element.querySelector("select"),
    label: element.dataset.label,
    limit: element.dataset.limit,
    ceiling: Number(element.dataset.ceiling),
    message: element.querySelector("[data-message]"),
  };
}

// A group adds its sites, but never one without contact: those are returned, to be named.
// "Untick all" carries no codes.
function tick(rows, codes) {
  const wanted = new Set(codes.split(" ").filter(Boolean));
  if (wanted.size === 0) rows.forEach((row) => (row.box.checked = false));
  const named = rows.filter((row) => wanted.has(row.box.value));
  named.filter((row) => !isNoContact(row)).forEach((row) => (row.box.checked = true));
  return named.filter((row) => isNoContact(row) && !row.box.checked);
}

function isNoContact(row) {
  return Boolean(row.limit) && row.ceiling < 0;
}

function readBack(place, rows, leftOut) {
  const ticked = rows.filter((row) => row.box.checked).map((row) => row.label);
  place.hidden = false;
  const said = ticked.length === 0 ? "No site ticked yet." : `Patient's ${sentence(ticked)}.`;
  const omitted = sentence(leftOut.map((row) => row.label));
  setText(place, omitted ? `${said} Left out, no contact: ${omitted}.` : said);
}

function sentence(labels) {
  const lower = labels.map((label) => label.charAt(0).toLowerCase() + label.slice(1));
  return lower.join("; ");
}

function fold(root, rows, folded) {
  const showAll = root.querySelector("[data-show-all]");
  if (!showAll) return;
  for (const row of rows) {
    const inUse = row.box.checked || row.element.contains(document.activeElement);
    row.element.hidden = folded && !inUse;
  }
  for (const group of root.querySelectorAll(".sites__group")) {
    group.hidden = !group.querySelector("[data-site]:not([hidden])");
  }
  showAll.setAttribute("aria-expanded", String(!folded));
  showAll.textContent = folded ? `Show all ${rows.length} sites` : "Show only ticked sites";
}

// What was unfolded lies above the button, out of sight: one goes to where it begins.
function goTo(row) {
  row.box.focus({ preventScroll: true });
  row.element.closest(".sites__group").scrollIntoView({ block: "start" });
}

// The pressure of a site without hands says nothing: what is sent stays small.
function dropUnused(formData, rows) {
  rows.filter((row) => row.pressure && !row.box.checked).forEach((row) => formData.delete(row.pressure.name));
}

// Said at the site, at that tap, and only for the choice that crosses its limit.
function speakLimit(row) {
  if (!row.message) return;
  const crosses = row.box.checked && (isNoContact(row) || Number(row.pressure.value) > row.ceiling);
  setText(row.message, crosses ? `Limit here: ${row.limit}. If it is kept, a reason is asked for when you save.` : "");
}

// A status that is written again is read aloud again: only a new text is set.
function setText(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

function runClock(clock) {
  const begun = Date.parse(clock.dataset.elapsedSince);
  if (Number.isNaN(begun)) return;
  const show = () => {
    const minutes = Math.max(0, Math.floor((Date.now() - begun) / 60000));
    setText(clock, `, ${minutes} ${minutes === 1 ? "minute" : "minutes"} so far`);
  };
  show();
  setInterval(show, 15000);
}
