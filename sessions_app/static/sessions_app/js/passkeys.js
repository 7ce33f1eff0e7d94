// Passkeys: asks the browser for one, or to make one, and sends its answer with the form.
//   form[data-passkey=get]     fetches the question when it is pressed (data-question)
//   form[data-passkey=create]  carries the question (data-options)
// Where the browser cannot do it the forms stay hidden, and the page says so.

const forms = document.querySelectorAll("form[data-passkey]");
if (window.PublicKeyCredential && navigator.credentials) {
  for (const form of forms) {
    form.hidden = false;
    form.addEventListener("submit", (event) => ask(event, form));
  }
  for (const one of document.querySelectorAll("[data-passkey-unable]")) one.hidden = true;
}

async function ask(event, form) {
  const field = form.querySelector("input[name=credential]");
  if (field.value) return; // answered: this is the form on its way
  event.preventDefault();
  const problem = form.querySelector("[data-passkey-problem]");
  problem.hidden = true;
  try {
    const credential = form.dataset.passkey === "get" ? await existing(form) : await made(form);
    field.value = JSON.stringify(asPlain(credential));
    form.submit();
  } catch (refused) {
    problem.hidden = false; // called off, timed out, or no passkey for this address
  }
}

async function existing(form) {
  const answer = await fetch(form.dataset.question, { headers: { Accept: "application/json" } });
  const options = await answer.json();
  options.challenge = bytes(options.challenge);
  options.allowCredentials = asBytes(options.allowCredentials);
  return navigator.credentials.get({ publicKey: options });
}

async function made(form) {
  const options = JSON.parse(form.dataset.options);
  options.challenge = bytes(options.challenge);
  options.user.id = bytes(options.user.id);
  options.excludeCredentials = asBytes(options.excludeCredentials);
  return navigator.credentials.create({ publicKey: options });
}

function asBytes(credentials = []) {
  return credentials.map((one) => ({ ...one, id: bytes(one.id) }));
}

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function asPlain(credential) {
  const { id, type, rawId, response, authenticatorAttachment } = credential;
  const plain = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) plain[name] = text(response[name]);
  }
  const results = credential.getClientExtensionResults();
  return { id, type, rawId: text(rawId), response: plain, authenticatorAttachment, clientExtensionResults: results };
}
