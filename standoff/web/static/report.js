// In a report: light a note's words and a word's notes, open the note of a word, and give the link of what is selected.
// Without this module every note still opens, leads to its passage, and the layers are switched by their boxes.

const reading = document.querySelector(".reading");

const list = (element) => element?.dataset.n?.split(" ") ?? [];

// The words and the note of each number.
const marked = new Map();
for (const element of reading?.querySelectorAll("[data-n]") ?? []) {
  for (const number of list(element)) {
    if (!marked.has(number)) marked.set(number, []);
    marked.get(number).push(element);
  }
}

let lit = [];

/** Light all words and notes with one of these numbers, and nothing else. */
function light(numbers) {
  for (const one of lit) one.classList.remove("on");
  lit = numbers.flatMap((number) => marked.get(number) ?? []);
  for (const one of lit) one.classList.add("on");
}

const held = () => [...reading.querySelectorAll(".note > details[open]")].flatMap((one) => list(one.parentElement));

for (const type of ["pointerover", "focusin"]) {
  reading?.addEventListener(type, (event) => {
    const element = event.target.closest("[data-n]");
    light(element ? list(element) : held());
  });
}
reading?.addEventListener("pointerleave", () => light(held()));
reading?.addEventListener("toggle", () => light(held()), { capture: true });

// A click on words opens the note of the closest passage around them; further clicks go on to the wider ones.
reading?.addEventListener("click", (event) => {
  const words = event.target.closest(".seg[data-n]");
  if (!words || event.target.closest("a[href]") || !getSelection().isCollapsed) return;
  const notes = list(words).flatMap((number) => marked.get(number).filter((one) => one.matches(".note")));
  const now = notes.findIndex((note) => note.firstElementChild.open);
  for (const open of reading.querySelectorAll(".note > details[open]")) open.open = false;
  const next = notes[now + 1];
  if (!next) return;
  next.firstElementChild.open = true;
  next.scrollIntoView({ block: "nearest" });
});

/** Give how many characters of the article (not UTF-16 units) stand before a point of the text. */
function measure(node, offset) {
  const paragraph = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".paragraph");
  if (!paragraph) return null;
  const range = document.createRange();
  range.setStart(paragraph, 0);
  range.setEnd(node, offset);
  return Number(paragraph.dataset.start) + [...range.toString()].length;
}

let grab;
document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  const start = range && measure(range.startContainer, range.startOffset);
  const end = range && measure(range.endContainer, range.endOffset);
  grab?.remove();
  if (start === null || end === null || !(start < end)) return;
  const href = `/passages/${encodeURIComponent(reading.dataset.article)}/${start}-${end}`;
  grab = document.createElement("p");
  grab.className = "grab";
  const link = document.createElement("a");
  link.href = href;
  link.textContent = "Permanent link of this passage";
  const copy = document.createElement("button");
  copy.type = "button";
  copy.textContent = "Copy";
  copy.addEventListener("pointerdown", (event) => event.preventDefault());
  copy.addEventListener("click", async () => {
    await navigator.clipboard?.writeText(new URL(href, location).href);
    copy.textContent = "Copied";
  });
  grab.append(link, copy);
  document.body.append(grab);
});
