// On every page of a signed-in person. Work on the page keeps the sign-in; before it ends a quiet
// notice asks; when it has ended the page is covered, and the same person signs in again under
// it, with all that was typed still there. Before a form is sent it asks whether the server can be
// reached (a browser's own error page would take the form away for good), and whether the sign-in
// holds, in the clinic of the page. Without this module the server keeps what a form said until its
// person has signed in.

const { person, membership, email, idleMinutes, emergencyNumber, signIn, switch: switchAt } = document.body.dataset;
const SURE_FOR = 2_000; // after an answer of the server, before a form asks again
const PATIENCE = 10_000; // with a slow network, before the server counts as out of reach
const PATIENCE_IN_EMERGENCY = 2_000; // then the number to call is there, network or none
const TOLD_AT_MOST_EVERY = 60_000; // that somebody is at work here
const LONG = 1_500; // a form that takes longer than this says so
const NOTICE_BEFORE = 60_000;
const LOOK_EVERY = 5_000;

let heardAt = Date.now();
let toldAt = Date.now();
let isAtWork = false;
// The server notes activity by the minute, so it may count from a minute ago.
let endsAt = Date.now() + (Number(idleMinutes) - 1) * 60_000;
let cover = null;
let notice = null;
let line = null; // what is said above the buttons of a form that is being sent
let isUnreached = false;
let slow = 0;
const mayGo = new WeakSet();
const asking = new WeakSet();

if (person) {
  for (const kind of ["keydown", "pointerdown", "input"]) {
    document.addEventListener(kind, () => (isAtWork = true), { capture: true, passive: true });
  }
  document.addEventListener("submit", askFirst, { capture: true });
  document.addEventListener("submit", isOnItsWay);
  document.addEventListener("visibilitychange", () => document.hidden || look());
  window.addEventListener("pageshow", (event) => event.persisted && look());
  window.addEventListener("online", () => isUnreached && look());
  setInterval(tick, LOOK_EVERY);
}

async function tick() {
  if (cover) {
    if (!document.hidden) await look(); // signed in on another page?
  } else if (isUnreached || Date.now() >= endsAt) {
    await look();
  } else if (isAtWork && Date.now() - toldAt >= TOLD_AT_MOST_EVERY) {
    await stay();
  } else if (endsAt - Date.now() <= NOTICE_BEFORE) {
    if (await look()) showNotice();
  } else {
    hideNotice();
  }
}

// What the server says; null where it cannot be reached.
async function ask(path, said, patience = PATIENCE) {
  const post = said && { method: "POST", body: new URLSearchParams({ ...said, csrfmiddlewaretoken: token() }) };
  try {
    const answer = await fetch(signIn + path, { credentials: "same-origin", headers: { Accept: "application/json" }, signal: AbortSignal.timeout(patience), ...post });
    const told = await answer.json();
    if (told.token) take(told);
    return told;
  } catch {
    return null;
  }
}

function take(told) {
  heardAt = Date.now();
  if (isUnreached) hush();
  endsAt = heardAt + told.left * 1000;
  // A sign-in anew gives forms a new seal; only the same person's forms get it.
  if (told.left > 0 && told.person === person) fillIn(told.token);
  if (cover) cover.dataset.token = told.token;
}

function token() {
  return cover?.dataset.token || document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";
}

function fillIn(seal) {
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = seal;
}

async function stay() {
  isAtWork = false;
  toldAt = Date.now();
  const told = await ask("stay/", {});
  return told ? goBy(told) : false;
}

// Ask how it stands, and show it; true while this page's person is signed in.
async function look() {
  const told = await ask("state/");
  if (told) return goBy(told);
  if (Date.now() >= endsAt) putCover();
  return false;
}

function goBy(told) {
  if (told.left > 0 && told.person !== person) {
    location.assign("/"); // somebody else's sign-in never gets this page
    return false;
  }
  if (told.left <= 0) {
    putCover();
    return false;
  }
  takeCoverAway();
  if (told.left * 1000 > NOTICE_BEFORE) hideNotice();
  return true;
}

// A passkey is asked for by its own script, in the moment of the tap.
function isSent(form) {
  return form.getAttribute("method")?.toLowerCase() === "post" && !form.dataset.passkey && !form.closest(".cover");
}

async function askFirst(event) {
  const { target: form, submitter } = event;
  if (!isSent(form) || mayGo.delete(form) || Date.now() - heardAt < SURE_FOR) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (asking.has(form)) return; // a second tap while the first one asks
  asking.add(form);
  sayWhenLong();
  const isEmergency = Boolean(submitter?.matches(".emergency-button"));
  const told = await ask("state/", null, isEmergency ? PATIENCE_IN_EMERGENCY : PATIENCE);
  asking.delete(form);
  hush();
  if (!told) sayUnreached(isEmergency);
  if (!told || !goBy(told)) return;
  if (membership && told.membership !== membership && !form.closest(".account")) return say("elsewhere", "alert", "notice--error");
  mayGo.add(form);
  form.requestSubmit(submitter);
}

// What is answered with a file leaves the page where it is: nothing would take the words away.
function isOnItsWay(event) {
  if (!event.defaultPrevented && isSent(event.target) && !("file" in event.target.dataset)) sayWhenLong();
}

// The number to call stays until the emergency is on record; what else is said goes by itself.
function sayUnreached(isEmergency) {
  isUnreached = !isEmergency;
  if (isEmergency) say("unreached-emergency", "alert", "notice--stop");
  else say("unreached", "alert", "notice--error");
}

function sayWhenLong() {
  hush();
  slow = setTimeout(() => say("sending", "status"), LONG);
}

// Above the buttons, where the thumb has just been.
function say(id, role, kind = "") {
  line?.remove();
  line = document.createElement("div");
  line.className = `notice sending ${kind}`;
  line.setAttribute("role", role);
  line.append(copyOf(id));
  const place = line.querySelector("[data-emergency]");
  if (emergencyNumber && place) sayEmergency(place);
  const bar = document.querySelector(".actions .wrap");
  if (bar) bar.prepend(line);
  else document.querySelector("main").append(line);
}

function hush() {
  clearTimeout(slow);
  line?.remove();
  line = null;
  isUnreached = false;
}

function showNotice() {
  if (notice) return;
  notice = document.createElement("div");
  notice.className = "ending notice";
  notice.setAttribute("role", "status");
  notice.append(copyOf("ending"));
  notice.querySelector("button").addEventListener("click", async () => {
    if (await stay()) hideNotice();
  });
  document.querySelector("main").append(notice);
}

function hideNotice() {
  notice?.remove();
  notice = null;
}

function copyOf(id) {
  return document.getElementById(id).content.cloneNode(true);
}

function putCover() {
  if (cover) return;
  hideNotice();
  cover = document.createElement("dialog");
  cover.className = "cover";
  cover.setAttribute("aria-labelledby", "cover-heading");
  cover.append(copyOf("cover"));
  cover.querySelector("a[target]").href = signIn;
  if (emergencyNumber) sayEmergency(cover.querySelector("[data-emergency]"));
  cover.querySelector("[name=email]").value = email;
  cover.addEventListener("cancel", (event) => event.preventDefault());
  cover.addEventListener("close", () => cover?.showModal());
  cover.addEventListener("submit", signInAgain);
  cover.lastFocus = document.activeElement;
  document.body.append(cover);
  document.documentElement.classList.add("is-covered");
  cover.showModal();
  cover.querySelector("[name=password]").focus();
}

// What somebody at the bedside may need at once is no patient's record.
function sayEmergency(place) {
  const number = place.querySelector("a");
  number.href = `tel:${emergencyNumber.replace(/[^0-9+*#]/g, "")}`;
  number.textContent = emergencyNumber;
  place.hidden = false;
}

function takeCoverAway() {
  if (!cover) return;
  const { lastFocus } = cover;
  const gone = cover;
  cover = null;
  gone.remove();
  document.documentElement.classList.remove("is-covered");
  lastFocus?.focus({ preventScroll: true });
}

async function signInAgain(event) {
  event.preventDefault();
  const fields = event.target.elements;
  const said = { email: fields.email.value, password: fields.password.value };
  const before = await ask("state/"); // the seal of this browser as it is now
  let told = before && (before.left > 0 ? before : await ask("again/", said));
  if (told?.person === person) told = await inItsClinic();
  if (!cover) return;
  fields.password.value = "";
  if (told?.token) goBy(told);
  else complain(told);
}

// A new sign-in begins in the first of one's clinics; the page may be of another.
async function inItsClinic() {
  const told = await ask("state/");
  if (!told || !membership || told.membership === membership) return told;
  const body = new URLSearchParams({ membership, csrfmiddlewaretoken: token() });
  await fetch(switchAt, { method: "POST", body, credentials: "same-origin", redirect: "manual" }).catch(() => null);
  return ask("state/");
}

function complain(told) {
  const place = cover.querySelector("[role=alert]");
  place.hidden = false;
  if (!told) place.textContent = "The server cannot be reached. What you typed is still here; try again.";
  else if (told.wants_page) place.textContent = "Your sign-in asks for more than a password. Use the link below, then come back here.";
  else place.textContent = told.said;
  cover.querySelector("[name=password]").focus();
}
