// Keep the line that says whether the record is being made anew up to date, and say when it is done.
const line = document.getElementById("renewal");
const PAUSE = 2000;

let waiting;
/** Look after a while; who asks meanwhile puts it off, so that there is never more than one that looks. */
function lookIn(pause) {
  clearTimeout(waiting);
  waiting = setTimeout(look, pause);
}

async function look() {
  try {
    const answer = await fetch("/renewal.json", { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { state, sentence } = await answer.json();
    if (state === "running") {
      if (line.firstChild?.textContent !== sentence) line.textContent = sentence;
      lookIn(PAUSE);
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
    lookIn(5 * PAUSE);  // the desk cannot be reached; it may come back
  }
}

document.addEventListener("decided", () => lookIn(PAUSE / 4));
if (line?.dataset.state === "running") lookIn(PAUSE);
