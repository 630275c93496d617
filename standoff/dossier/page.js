"use strict";
// Everything here is extra: without it the page reads whole, and each reference leads to its passage further down.
(() => {
  const root = document.documentElement;
  const find = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const reader = find("reader");
  const body = find("reader-body");
  const facts = find("reader-facts");
  let shown = null; // the text in the reader, and the shelf that it came from
  let asked = null; // the link that opened it, to which the keyboard returns

  // Light and dark. A page opened from a file may not be allowed to remember.
  const remember = (theme) => { try { localStorage.setItem("standoff-theme", theme); } catch { /* not allowed */ } };
  const recall = () => { try { return localStorage.getItem("standoff-theme"); } catch { return null; } };
  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  if (recall()) root.dataset.theme = recall();
  find("theme").addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    remember(root.dataset.theme);
  });
  document.querySelector(".controls").hidden = false;

  // The reader: an article beside the facts, its passage highlighted.
  const partsOf = (anchor) => all(`[id="${anchor}"], [data-p="${anchor}"]`);

  const putBack = () => {
    if (shown) shown.shelf.append(shown.text);
    shown = null;
  };

  // Opening and closing changes the width of the facts; what was clicked should stay under the pointer.
  const holdStill = (element, change) => {
    const before = element?.getBoundingClientRect().top;
    change();
    if (element) scrollBy({ top: element.getBoundingClientRect().top - before });
  };

  const highlight = (anchor, link) => {
    all(".hit").forEach((element) => element.classList.remove("hit"));
    all("a.ref.open").forEach((element) => element.classList.remove("open"));
    all(".from").forEach((element) => element.classList.remove("from"));
    const anchors = [anchor, ...(link?.dataset.also || "").split(" ").filter(Boolean)];
    anchors.flatMap(partsOf).forEach((element) => element.classList.add("hit"));
    link?.classList.add("open");
    find(anchor).scrollIntoView({ block: "center" });
  };

  // Say which facts rest on the passage, each a way back to its place in the dossier.
  const listFacts = (anchor) => {
    const places = all(`a[href="#${anchor}"], a[data-also~="${anchor}"]`)
      .map((link) => link.closest("[id]:not(section)"))
      .filter((place) => place && place.tagName !== "TR" && !reader.contains(place));
    const links = [...new Set(places)].map((place) => {
      const link = document.createElement("a");
      const who = place.closest("details.voice")?.querySelector("summary :is(h3, h4)") ?? place.querySelector(".lead .name") ?? place.querySelector("h3, .lead b");
      const what = place.querySelector(".type, .act b, .stance");
      const words = [place.closest("section").querySelector("h2"), who, what].map((part) => part?.textContent.trim().replace(/\s+/g, " "));
      link.href = `#${place.id}`;
      link.textContent = words.filter(Boolean).join(" · ");
      return link;
    });
    facts.replaceChildren(links.length ? "Rests on this passage" : "Nothing else rests on this passage.", ...links);
  };

  const openPassage = (anchor, link) => {
    const element = find(anchor);
    const text = element?.closest(".text");
    if (!text) return;
    if (shown?.text !== text) {
      const shelf = text.closest(".shelf");
      holdStill(link, () => {
        putBack();
        find("reader-source").textContent = shelf.dataset.about;
        find("reader-title").textContent = shelf.closest("details").querySelector("h3").textContent;
        body.replaceChildren(text);
        shown = { text, shelf };
        reader.hidden = false;
        root.classList.add("reading");
      });
    }
    asked = link || asked;
    highlight(anchor, link);
    listFacts(anchor);
  };

  const closeReader = () => {
    if (reader.hidden) return;
    holdStill(asked, () => {
      putBack();
      reader.hidden = true;
      root.classList.remove("reading");
    });
    asked?.focus({ preventScroll: true });
    asked = null;
    all("a.ref.open").forEach((element) => element.classList.remove("open"));
    if (/^#p-/.test(location.hash)) history.replaceState(null, "", location.pathname + location.search);
  };

  const follow = (anchor, link) => {
    if (location.hash !== `#${anchor}`) history.pushState(null, "", `#${anchor}`);
    openPassage(anchor, link);
    reader.focus({ preventScroll: true });
  };

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest('a[href^="#"]');
    if (link && find(link.hash.slice(1))?.closest(".text")) {
      event.preventDefault();
      follow(link.hash.slice(1), link);
    } else if (link && reader.contains(link)) {
      event.preventDefault();
      showFact(link.hash.slice(1));
    } else if (!link && getSelection().isCollapsed) {
      const mark = event.target.closest(".text mark");
      if (mark) follow(mark.id || mark.dataset.p, document.querySelector(`main a[href="#${mark.id || mark.dataset.p}"]`));
    }
  });

  const unfold = (place) => {
    for (let box = place.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  };

  // Come back from the article to a fact that rests on the passage.
  const showFact = (id) => {
    const place = find(id);
    if (!place) return;
    if (place.closest("[hidden]")) showAll();
    if (!matchMedia("(min-width: 1080px)").matches) closeReader();
    unfold(place);
    all(".from").forEach((element) => element.classList.remove("from"));
    place.classList.add("from");
    place.scrollIntoView({ block: "center" });
  };

  const readHash = () => {
    const anchor = decodeURIComponent(location.hash.slice(1));
    const place = anchor && find(anchor);
    if (place && /^p-\d/.test(anchor)) openPassage(anchor, document.querySelector(`main a[href="#${anchor}"]`));
    else if (place) unfold(place);
  };
  addEventListener("popstate", () => (/^#p-/.test(location.hash) ? readHash() : closeReader()));
  addEventListener("hashchange", readHash);
  find("close").addEventListener("click", closeReader);

  // Keys: Esc closes the article; j and k walk through its passages.
  const walk = (step) => {
    const marks = all("mark[id]", shown.text);
    const now = marks.findIndex((mark) => mark.classList.contains("hit"));
    const next = marks[(now + step + marks.length) % marks.length];
    const opener = asked;
    if (next) openPassage(next.id, document.querySelector(`main a[href="#${next.id}"]`));
    asked = opener;
  };
  addEventListener("keydown", (event) => {
    if (event.target.closest("select, input, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") closeReader();
    else if (shown && event.key === "j") walk(1);
    else if (shown && event.key === "k") walk(-1);
  });

  // Filters: hide what does not concern the chosen actor or issue, and what is left empty by that.
  const byActor = find("by-actor");
  const byIssue = find("by-issue");
  const has = (list, value) => !value || (list ?? "").split(" ").includes(value);
  const folds = new Map(all("main .voice, main .fold").map((fold) => [fold, fold.open]));
  const filter = () => {
    const [actor, issue] = [byActor.value, byIssue.value];
    all(".item").forEach((item) => {
      const passes = has(item.dataset.actors, actor) && (item.dataset.issues === undefined || has(item.dataset.issues, issue));
      item.hidden = !passes && !item.querySelector(":scope > * > .inner > .item");
    });
    all("thead [data-issues], td[data-issues]").forEach((cell) => cell.classList.toggle("dim", !has(cell.dataset.issues, issue)));
    all(".picture a").forEach((link) => link.classList.toggle("dim", find(link.getAttribute("href").slice(1)).hidden));
    all("details.voice:not(.item)").forEach((group) => { group.hidden = all(".entries > .item:not([hidden])", group).length === 0; });
    folds.forEach((open, fold) => { fold.open = actor || issue ? all(".item:not([hidden])", fold).length > 0 : open; });
    all(".chosen").forEach((element) => element.classList.remove("chosen"));
    if (actor) all(`.text [data-a~="${actor}"]`).forEach((element) => element.classList.add("chosen"));
    const words = [byActor, byIssue].filter((select) => select.value).map((select) => select.selectedOptions[0].text);
    root.classList.toggle("filtering", words.length > 0);
    const note = find("filtered");
    note.hidden = words.length === 0;
    if (words.length) {
      const clear = document.createElement("button");
      clear.type = "button";
      clear.textContent = "Show all";
      clear.addEventListener("click", () => { showAll(); byActor.focus(); });
      note.replaceChildren(`Only what concerns ${words.join(", on ")}. `, clear);
    }
  };
  const showAll = () => {
    byActor.value = byIssue.value = "";
    filter();
  };
  byActor.addEventListener("change", filter);
  byIssue.addEventListener("change", filter);

  // The bar says which section is being read.
  const links = new Map(all(".bar li a").map((link) => [link.hash.slice(1), link]));
  const watch = new IntersectionObserver((entries) => {
    entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
      links.forEach((link) => link.removeAttribute("aria-current"));
      links.get(entry.target.id)?.setAttribute("aria-current", "true");
    });
  }, { rootMargin: "-20% 0px -75% 0px" });
  all("main > section").forEach((section) => watch.observe(section));

  // On paper nothing can be unfolded.
  addEventListener("beforeprint", () => { closeReader(); all("main details:not(.because)").forEach((box) => { box.open = true; }); });

  // A page opened at a passage shows the fact that rests on it too.
  readHash();
  if (shown && asked) {
    unfold(asked);
    asked.scrollIntoView({ block: "center" });
  }
})();
