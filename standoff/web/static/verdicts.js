// Decide in place: the form beside an entry is sent without leaving the page, and the entry changes at once.
// Without this module the same form is sent as it stands, and the page comes back.

const STATES = { confirm: "confirmed", reject: "rejected", correct: "corrected" };

const voice = document.createElement("p");
voice.className = "hidden";
voice.setAttribute("role", "status");
document.body.append(voice);

/** Say something to who cannot see the change; the same again is said again. */
export function announce(text) {
  voice.textContent = "";
  requestAnimationFrame(() => { voice.textContent = text; });
}

/** Send a decision; give how the entries stand now, or throw an Error with the sentence that refuses it. */
export async function decide(body, token) {
  const answer = await fetch("/judgements", {
    method: "POST",
    headers: { "Content-Type": "application/json", "Accept": "application/json", "X-Standoff-Token": token },
    body: JSON.stringify(body),
  }).catch(() => { throw new Error("The desk cannot be reached; nothing was decided."); });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.detail || "The desk could not take this; nothing was decided.");
  document.dispatchEvent(new CustomEvent("decided"));  // the line on the record's renewal listens
  return told.verdicts;
}

/** Show on every card of an entry how it stands. */
export function show(entry, state, who) {
  for (const form of document.querySelectorAll(`form.decide[data-entry="${CSS.escape(entry)}"]`)) {
    const label = form.querySelector(".state");
    label.textContent = state ?? "";
    label.className = `state ${state ?? ""}`;
    form.querySelector(".by").textContent = state && who ? `by ${who}` : "";
    form.querySelector(".undecided").hidden = Boolean(state);
    form.querySelector(".decided").hidden = !state;
    form.querySelector(".refused")?.remove();
  }
  for (const card of document.querySelectorAll(`.card[data-id="${CSS.escape(entry)}"], .note#${CSS.escape(entry)}`)) {
    for (const known of Object.values(STATES)) card.classList.toggle(known, known === state);
  }
}

/** Show beside the buttons why something was refused. */
export function refuse(form, sentence) {
  let note = form.querySelector(".refused");
  if (!note) {
    note = document.createElement("p");
    note.className = "refused";
    note.setAttribute("role", "alert");
    form.append(note);
  }
  note.textContent = sentence;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const verdict = event.submitter?.value;
  if (!form.matches?.("form.decide") || !verdict || event.defaultPrevented) return;
  event.preventDefault();
  const held = form.contains(document.activeElement);
  const { kind, entry } = form.dataset;
  const buttons = form.querySelectorAll("button");
  for (const button of buttons) button.disabled = true;
  try {
    const verdicts = await decide({ kind, entry, verdict }, form.elements.token.value);
    show(entry, verdicts[entry], verdicts[entry] ? "you, just now" : "");
    announce(verdicts[entry] ? `${verdicts[entry]}; undo stands beside it.` : "Taken back.");
  } catch (error) {
    refuse(form, error.message);
  }
  for (const button of buttons) button.disabled = false;
  if (held) [...buttons].find((button) => button.offsetParent)?.focus();
});
