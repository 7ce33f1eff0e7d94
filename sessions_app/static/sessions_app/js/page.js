// On every page: after a refused form what holds it back gets focus, so it is read first; after an
// answer «before you begin» the block that says so; else what was done, such as «Saved: …».
// A link in it moves focus to the field itself. Without this module the links still jump.

const summary = document.querySelector(".error-summary, .confirm-box[tabindex], .before[tabindex]");
const done = document.querySelector("[autofocus]") ? null : document.querySelector(".messages[tabindex]");
(summary ?? done)?.focus();

document.addEventListener("click", (event) => {
  const link = event.target.closest(":is(.error-summary, .confirm-box) a[href^='#']");
  if (!link) return;
  const target = document.getElementById(link.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  const field = target.matches("fieldset") ? [...target.querySelectorAll("input, button")].find((one) => one.checkVisibility()) || target : target;
  field.focus({ preventScroll: true });
  target.scrollIntoView({ block: "start" });
});

// What is folded to save a phone's height stands open where there is room.
if (window.matchMedia("(min-width: 900px)").matches) {
  for (const details of document.querySelectorAll("details[data-open-wide]")) details.open = true;
}

// The account menu closes with Escape and when one leaves it.
const account = document.querySelector(".account");
if (account) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !account.open) return;
    account.open = false;
    account.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (!account.contains(event.target)) account.open = false;
  });
}

// A page with patients is never stored by the browser, so Back and Reload fetch the form anew. It
// keeps the key that it had: what is sent a second time is then the same session, not another.
// One that was sent says so, since it looks as if it were still to be saved; one that was refused
// (its answer has no such notice) does not count as sent.
const key = document.querySelector("input[name=client_key]");
if (key) {
  if (history.state?.clientKey) key.value = history.state.clientKey;
  else history.replaceState({ clientKey: key.value }, "");
  if (!document.querySelector("[data-sent-already]")) sessionStorage.removeItem(key.value);
  sayIfSent();
  window.addEventListener("pageshow", sayIfSent);
  key.form.addEventListener("submit", (event) => {
    // An answer «before you begin», a dose that was tapped, an emergency: the form is not sent yet.
    if (["asked", "timed_tap", "emergency_now"].includes(event.submitter?.name)) return;
    sessionStorage.setItem(key.value, "sent");
    history.scrollRestoration = "manual"; // Back shows the top of the page, where it says so
  });
}

function sayIfSent() {
  const notice = document.querySelector("[data-sent-already]");
  if (notice) notice.hidden = sessionStorage.getItem(key.value) !== "sent";
}
