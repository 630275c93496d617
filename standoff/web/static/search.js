// Offer names while one types who is meant. Without it, a name or a part of one is typed in full and found all the same.

const WAIT = 150; // milliseconds after the last key before names are asked for

for (const input of document.querySelectorAll("input[list]")) {
  const list = document.getElementById(input.getAttribute("list"));
  let waiting;
  let asked = "";
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => offer(input.value.trim()), WAIT);
  });

  async function offer(text) {
    if (text.length < 2 || text === asked) return;
    asked = text;
    const answer = await fetch(`/actors.json?q=${encodeURIComponent(text)}`).catch(() => null);
    if (!answer?.ok || asked !== text) return;
    const { actors } = await answer.json();
    list.replaceChildren(...actors.slice(0, 12).map((actor) => {
      const option = document.createElement("option");
      option.value = actor.name;
      option.label = [actor.name, ...actor.titles.slice(0, 1)].join(", ");
      return option;
    }));
  }
}
