// Go through the review queue by keys, without leaving the page. Each step asks the desk for the page it leads to and
// puts its queue in place of this one, so that what is shown is always what the desk would show.

import { announce, decide } from "/static/verdicts.js";

const KEYS = {
  j: () => step("after"), ArrowDown: () => step("after"),
  k: () => step("before"), ArrowUp: () => step("before"),
  c: () => judge("confirm"), y: () => judge("confirm"),
  r: () => judge("reject"), n: () => judge("reject"),
  C: () => judgeChosen("confirm"), R: () => judgeChosen("reject"),
  e: openCorrection, u: undo, x: choose, "?": openHelp, "/": openSearch,
};
const SAID = { confirm: "Confirmed", reject: "Rejected", withdraw: "Taken back", correct: "Corrected" };

const chosen = new Set();
let busy = false;

const queue = () => document.getElementById("queue");
const token = () => document.querySelector('meta[name="standoff-token"]').content;

/** Put the queue of another address in place of this one; the reader's place goes to what is in focus then. */
async function go(address, said = "") {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok) { location.assign(address); return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.getElementById("queue");
  if (!next) { location.assign(address); return; }
  if (next.dataset.kind !== queue().dataset.kind) chosen.clear();
  queue().replaceWith(document.adoptNode(next));
  history.replaceState(null, "", address);
  arrive(said);
}

/** Ready a queue that has come: choices are kept, the heading has the focus, and what is in focus is said aloud. */
function arrive(said) {
  for (const button of document.querySelectorAll("[data-help]")) button.hidden = false;
  for (const box of document.querySelectorAll('#bulk input[name="entry"]')) box.checked = chosen.has(box.value);
  tellChosen();
  const heading = document.getElementById("focus");
  heading?.focus({ preventScroll: true });
  showCurrent();
  if (heading && heading.getBoundingClientRect().top < 0) heading.scrollIntoView();
  if (said) announce(`${said}. ${heading ? heading.textContent.replace(/\s+/g, " ").trim() : ""}`);
}

/** Bring the entry in focus into sight within the list alone; the page itself stays where it is. */
function showCurrent() {
  const current = document.querySelector(".waiting-line .current");
  if (!current) return;
  const line = current.parentElement;
  const [seen, within] = [current.getBoundingClientRect(), line.getBoundingClientRect()];
  line.scrollTop += Math.min(0, seen.top - within.top) + Math.max(0, seen.bottom - within.bottom);
}

function tellChosen() {
  const label = document.getElementById("chosen");
  if (label) label.textContent = chosen.size ? `${chosen.size} chosen` : "Those chosen";
}

function refuse(sentence, form = document.getElementById("judge")) {
  const note = form?.querySelector(".refused");
  if (note) note.textContent = sentence; else announce(sentence);
}

/** Do one thing at a time: a key pressed while the desk is being asked does nothing. */
async function once(work, form) {
  if (busy) return;
  busy = true;
  try { await work(); } catch (error) { refuse(error.message, form); } finally { busy = false; }
}

function step(way) {
  const address = queue().dataset[way];
  if (address) return once(() => go(address, way === "after" ? "Next" : "Back"));
  announce(way === "after" ? "This is the last one." : "This is the first one.");
}

function judge(verdict) {
  const { kind, entry, onward } = queue().dataset;
  if (!entry || !document.getElementById("judge")) return;
  return once(async () => {
    await decide({ kind, entry, verdict }, token());
    chosen.delete(entry);
    await go(verdict === "withdraw" ? location.href : onward, SAID[verdict]);
  });
}

function judgeChosen(verdict) {
  const { kind } = queue().dataset;
  const entries = [...chosen];
  if (!entries.length) { announce("Nothing is chosen; x chooses."); return; }
  return once(async () => {
    await decide({ kind, entry: entries, verdict }, token());
    chosen.clear();
    const here = new URL(location.href);
    here.searchParams.delete("entry");
    await go(here, `${SAID[verdict]}: ${entries.length}`);
  });
}

/** Take back what was decided on the entry in focus, or else what this person decided last. */
function undo() {
  const { kind, entry } = queue().dataset;
  if (document.querySelector("#judge [value=withdraw]")) return judge("withdraw");
  const last = document.querySelector("[data-undo]")?.form;
  if (!last) { announce("There is nothing to undo."); return; }
  return once(async () => {
    const answer = await fetch(last.action, {
      method: "POST", headers: { Accept: "application/json", "X-Standoff-Token": token() },
    });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.detail);
    await go(last.elements.next.value, SAID.withdraw);
  });
}

function choose() {
  const box = document.querySelector(`#bulk input[value="${CSS.escape(queue().dataset.entry ?? "")}"]`);
  if (!box) return;
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

function openCorrection() {
  const details = document.getElementById("correct");
  if (!details) { announce("This can be confirmed or rejected, not corrected."); return; }
  details.open = true;
  details.querySelector("select, input:not([type=hidden])").focus();
}

function openHelp() { document.getElementById("help")?.showModal(); }
function openSearch() { document.querySelector(".desk-search input").focus(); }

/** Read a correction's fields as the desk takes them. */
function readFields(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (!name.startsWith("fields.")) continue;
    const [field, part] = name.slice(7).split(".");
    if (part) (fields[field] ??= {})[part] = value || null;
    else if (["actors", "recipients"].includes(field)) { fields[field] ??= []; if (value) fields[field].push(value); }
    else fields[field] = value || null;
  }
  return fields;
}

function correct(form) {
  const { kind, entry, onward } = queue().dataset;
  for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
  refuse("", form);
  return once(async () => {
    const body = { kind, entry, verdict: "correct", fields: readFields(form), why: form.elements.why.value || null };
    try {
      await decide(body, token());
    } catch (error) {
      const named = /^[“"]?(\w+)[”"]?:/.exec(error.message)?.[1].toLowerCase();
      const input = form.querySelector(`[name="fields.${named}"], [name^="fields.${named}."]`);
      if (input) { input.setAttribute("aria-invalid", "true"); input.focus(); }
      throw error;
    }
    await go(onward, SAID.correct);
  }, form);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const typing = event.target.closest("input:not([type=checkbox]), select, textarea, dialog[open]");
  if (event.key === "Escape" && typing && !typing.matches("dialog")) { document.getElementById("focus")?.focus(); return; }
  const act = KEYS[event.key];
  if (!act || typing) return;
  event.preventDefault();
  act();
});

document.addEventListener("change", (event) => {
  if (!event.target.matches('#bulk input[name="entry"]')) return;
  chosen[event.target.checked ? "add" : "delete"](event.target.value);
  tellChosen();
  announce(event.target.checked ? `Chosen; ${chosen.size} in all.` : `Not chosen; ${chosen.size} in all.`);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.id === "judge") { event.preventDefault(); judge(event.submitter.value); }
  else if (form.id === "bulk") { event.preventDefault(); judgeChosen(event.submitter.value); }
  else if (form.id === "correcting") { event.preventDefault(); correct(form); }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-help]")) { openHelp(); return; }
  const link = event.target.closest("#queue a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (new URL(link.href).pathname === "/review") { event.preventDefault(); once(() => go(link.href, "Shown")); }
});

arrive("");
