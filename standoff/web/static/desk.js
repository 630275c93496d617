// What the desk's pages do beyond links and forms. Everything works without it, unless a page says so.

import "/static/verdicts.js"; // a decision is sent in place wherever one can be made

// Where the row of pages or of sections is wider than the screen, the current one is in sight.
for (const current of document.querySelectorAll(".desk-nav [aria-current], .tabs [aria-current]")) {
  current.scrollIntoView({ block: "nearest", inline: "center" });
}
