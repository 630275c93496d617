// Keep the line that says whether the record is being made anew up to date, and say when it is done.
const line = document.getElementById("renewal");
const PAUSE = 2000;

async function look() {
  try {
    const answer = await fetch("/renewal.json", { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { state, sentence } = await answer.json();
    if (state === "running") {
      if (line.firstChild?.textContent !== sentence) line.textContent = sentence;
      setTimeout(look, PAUSE);
    } else if (state === "failed") {
      line.textContent = sentence;
    } else {
      const again = document.createElement("a");
      again.href = location.href;
      again.className = "cite";
      again.textContent = "Load the page anew";
      line.replaceChildren("The record has been made anew. ", again);
    }
  } catch {
    setTimeout(look, 5 * PAUSE);  // the desk cannot be reached; it may come back
  }
}

document.addEventListener("standoff:decided", () => setTimeout(look, PAUSE / 4));
if (line?.dataset.state === "running") setTimeout(look, PAUSE);
