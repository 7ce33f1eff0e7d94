// The body map as a second view of the list of sites: a tap on one shows on the other, and is read
// back in words. The list stays the form's control; without this module the map is not shown.

const SVG = "http://www.w3.org/2000/svg";

for (const map of document.querySelectorAll("[data-body-map]")) join(map, listBeside(map));

// The nearest list of sites: in the map's own box, or in one around it.
function listBeside(map) {
  for (let box = map.parentElement; box; box = box.parentElement) {
    const list = box.querySelector("[data-sites]");
    if (list) return list;
  }
  return null;
}

function join(map, list) {
  if (!list) return;
  const parts = {
    map,
    rows: new Map([...list.querySelectorAll("[data-site]")].map(readRow)),
    said: map.querySelector("[data-said]"),
    beyond: map.querySelector("[data-beyond]"),
    asked: null, // the region without contact that was tapped last
  };
  const show = () => showList(parts);
  map.addEventListener("click", (event) => tapped(parts, event.target));
  // The list's own module ticks groups at a click without a change event; it has done so by now.
  for (const kind of ["change", "click"]) list.addEventListener(kind, show);
  list.closest("form")?.addEventListener("reset", () => setTimeout(show));
  window.addEventListener("pageshow", show);
  map.hidden = false;
  map.closest("details[hidden]")?.removeAttribute("hidden");
  show();
}

// A list that only asks where has no pressures.
function readRow(element) {
  const box = element.querySelector("input[type=checkbox]");
  const row = {
    box,
    pressure: element.querySelector("select"),
    ceiling: element.dataset.limit ? Number(element.dataset.ceiling) : Infinity,
    limit: element.dataset.limit,
  };
  return [box.value, row];
}

function tapped(parts, target) {
  if (target.closest("[data-go-on]")) return goOn(parts);
  if (target.closest("[data-leave]")) return leave(parts);
  const region = regionAt(target);
  const row = region && parts.rows.get(region.dataset.site);
  if (region && !row) say(parts, `${place(region)}: not one of the sites in the list.`);
  if (!row) return;
  if (ceilingAt(region, row) < 0 && !row.box.checked) return ask(parts, region, row);
  toggle(parts, region, row);
}

// A small region has an unseen disc that answers for it.
function regionAt(target) {
  const disc = target.closest("[data-hit]");
  if (!disc) return target.closest("[data-site]");
  return disc.ownerSVGElement.querySelector(`[data-site="${disc.dataset.hit}"]`);
}

// A site without contact is not ticked at the first tap: its limit is said, and a way on offered.
function ask(parts, region, row) {
  parts.asked = { region, row };
  say(parts, `${place(region)}: ${limitOf(region, row)}. Not ticked.`);
  parts.beyond.hidden = false;
}

// A page may take over what follows; else the site is ticked, and the form asks for the reason.
function goOn(parts) {
  const { region, row } = parts.asked;
  const detail = { code: region.dataset.site };
  const sent = new CustomEvent("sites:beyond", { detail, bubbles: true, cancelable: true });
  const left = parts.map.dispatchEvent(sent);
  parts.beyond.hidden = true;
  if (left && !row.box.checked) toggle(parts, region, row);
}

function leave(parts) {
  parts.beyond.hidden = true;
  say(parts, `${place(parts.asked.region)}: left unticked.`);
}

function toggle(parts, region, row) {
  parts.beyond.hidden = true;
  row.box.checked = !row.box.checked;
  row.box.dispatchEvent(new Event("change", { bubbles: true }));
  say(parts, `${place(region)}: ${doneWith(region, row)}.`);
}

function place(region) {
  return region.dataset.place.replace(/^p/, "P");
}

function limitOf(region, row) {
  return region.dataset.limit || row.limit;
}

function doneWith(region, row) {
  if (!row.box.checked) return "not ticked";
  if (!row.pressure) return "ticked";
  const done = `ticked, pressure ${row.pressure.value}`;
  return isBeyond(region, row) ? `${done}; the limit here: ${limitOf(region, row)}, a reason is asked for when you save` : done;
}

function isBeyond(region, row) {
  return row.box.checked && Number(row.pressure?.value) > ceilingAt(region, row);
}

// The list names only what is stricter than the general limit; the region knows its own.
function ceilingAt(region, row) {
  return Math.min(row.ceiling, Number(region.dataset.ceiling));
}

// The same words twice are two taps: the text is taken out first, so that it is read out again.
function say(parts, words) {
  parts.said.textContent = "";
  parts.said.textContent = words;
}

function showList(parts) {
  for (const svg of parts.map.querySelectorAll("svg[data-view]")) {
    for (const region of svg.querySelectorAll("[data-site]")) {
      const row = parts.rows.get(region.dataset.site);
      if (row) showRegion(svg, region, row);
    }
  }
}

function showRegion(svg, region, row) {
  const code = region.dataset.site;
  const now = row.box.checked ? `${row.pressure?.value}${isBeyond(region, row)}` : "";
  if (region.dataset.shown === now) return;
  region.dataset.shown = now;
  svg.querySelector(`[data-ring="${code}"]`)?.remove();
  svg.querySelector(`[data-badge="${code}"]`)?.remove();
  const number = svg.querySelector(`[data-number="${code}"]`);
  number?.toggleAttribute("hidden", row.box.checked);
  const words = [region.dataset.limit, row.box.checked && doneWith(region, row)].filter(Boolean);
  region.querySelector("title").textContent = [place(region), words.join("; ")].filter(Boolean).join(": ");
  if (!row.box.checked) return;
  svg.querySelector("[data-rings]").append(element("path", { class: "bm-ring", "data-ring": code, d: region.getAttribute("d") }));
  svg.querySelector("[data-marks]").append(badge(region, row));
}

function badge(region, row) {
  const { site: code, at } = region.dataset;
  const kind = isBeyond(region, row) ? "bm-badge-group bm-badge-group--beyond" : "bm-badge-group";
  const group = element("g", { class: kind, "data-badge": code, transform: `translate(${at})` });
  const text = element("text", { class: "bm-badge-text", dy: ".35em" });
  text.textContent = row.pressure?.value ?? "✓";
  group.append(element("circle", { class: "bm-badge", r: "9" }), text);
  return group;
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
