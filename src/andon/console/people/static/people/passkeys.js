// Passkeys: forms with data-passkey ask the browser for a credential and send it in their hidden field.
//   data-passkey="fetch"   options come from the form's own address (signing in, nobody known yet)
//   data-passkey="get"     options lie in #passkey-data (second factor, fresh sign-in)
//   data-passkey="create"  options lie in #passkey-data (a new passkey)
import { words } from "desk";

const say = words("passkey-words");

const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const described = (list) => (list ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));

function forCreation(options) {
  const key = options.publicKey;
  return { publicKey: { ...key, challenge: toBytes(key.challenge), user: { ...key.user, id: toBytes(key.user.id) }, excludeCredentials: described(key.excludeCredentials) } };
}

function forRequest(options) {
  const key = options.publicKey;
  return { publicKey: { ...key, challenge: toBytes(key.challenge), allowCredentials: described(key.allowCredentials) } };
}

// What PublicKeyCredential.toJSON() gives; older browsers have none.
function asJson(credential) {
  const { response } = credential;
  const shared = {
    id: credential.id, rawId: toText(credential.rawId), type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined, clientExtensionResults: credential.getClientExtensionResults(),
  };
  const parts = { clientDataJSON: toText(response.clientDataJSON) };
  if ("attestationObject" in response) {
    parts.attestationObject = toText(response.attestationObject);
    parts.transports = response.getTransports?.() ?? [];
  } else {
    parts.authenticatorData = toText(response.authenticatorData);
    parts.signature = toText(response.signature);
    parts.userHandle = response.userHandle ? toText(response.userHandle) : null;
  }
  return { ...shared, response: parts };
}

async function options(form) {
  if (form.dataset.passkey !== "fetch") return JSON.parse(document.getElementById("passkey-data").textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

// A passkey that signs in by itself must be kept on the device and unlocked by its owner.
function alone(creation, wanted) {
  const chosen = creation.publicKey.authenticatorSelection ?? {};
  const kept = wanted ? "required" : "discouraged";
  creation.publicKey.authenticatorSelection = { ...chosen, residentKey: kept, requireResidentKey: wanted, userVerification: wanted ? "required" : chosen.userVerification };
  return creation;
}

async function credential(form) {
  const given = await options(form);
  if (form.dataset.passkey !== "create") return navigator.credentials.get(forRequest(given.request_options));
  return navigator.credentials.create(alone(forCreation(given.creation_options), form.elements.passwordless?.checked ?? false));
}

function sentence(error) {
  if (error.name === "NotAllowedError" || error.name === "AbortError") return say("passkey.cancelled");
  return say(error.name === "InvalidStateError" ? "passkey.known_already" : "passkey.failed");
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  const wrong = form.querySelector("[data-passkey-error]");
  const button = form.querySelector("button:not([type=button])");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    wrong.hidden = true;
    button.disabled = true;
    try {
      form.elements.credential.value = JSON.stringify(asJson(await credential(form)));
      form.submit();
    } catch (error) {
      wrong.textContent = sentence(error);
      wrong.hidden = false;
      button.disabled = false;
    }
  });
}
