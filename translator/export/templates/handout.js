
// Marks sentence pairs, moves between sentences, shows hints on terms. Without it all text is there and readable.
(() => {
  "use strict";
  const all = (selector) => [...document.querySelectorAll(selector)];
  const sentences = all(".sentence");
  // What closed details hold has a place on the page all the same.
  const visible = (sentence) => !sentence.closest("details:not([open])") && sentence.getClientRects().length > 0;
  const sentenceOf = (node) => node instanceof Element ? node.closest(".sentence") : null;
  const side = (sentence) => sentence.closest(".source") ? ".source" : ".target";
  const keys = document.getElementById("keys");
  keys.hidden = false;

  // Pairs: lit while the pointer is on one of them or the focus in one, kept when Enter was pressed.
  const lit = { pointer: null, focus: null };
  const kept = new Set();
  const status = document.getElementById("status");
  function paint() {
    const now = Object.values(lit).map((sentence) => sentence && sentence.dataset.segment);
    for (const sentence of sentences) {
      sentence.classList.toggle("lit", now.includes(sentence.dataset.segment));
      sentence.classList.toggle("kept", kept.has(sentence.dataset.segment));
    }
  }
  function light(why, node) {
    const sentence = sentenceOf(node);
    if (lit[why] === sentence) return;
    lit[why] = sentence;
    paint();
  }
  function keep(sentence) {
    const id = sentence.dataset.segment;
    const isKept = !kept.delete(id);
    if (isKept) kept.add(id);
    status.textContent = isKept ? status.dataset.kept : status.dataset.released;
    paint();
  }

  // One sentence at a time can be reached with Tab; the others from it with the arrow keys.
  function reachable(sentence) {
    for (const other of sentences) other.tabIndex = other === sentence ? 0 : -1;
  }
  function go(sentence) {
    if (!sentence) return;
    reachable(sentence);
    sentence.focus();
  }
  function next(from, step) {
    const column = all(side(from) + " .sentence");
    let at = column.indexOf(from) + step;
    while (column[at] && !visible(column[at])) at += step;
    return column[at];
  }
  const partner = (from) => sentences.find((s) => s !== from && s.dataset.segment === from.dataset.segment && visible(s));
  const ensureReachable = () => {
    const current = sentences.find((s) => s.tabIndex === 0);
    if (!current || !visible(current)) reachable((current && partner(current)) || sentences.find(visible));
  };
  const moves = {
    ArrowDown: (s) => next(s, 1), j: (s) => next(s, 1), ArrowUp: (s) => next(s, -1), k: (s) => next(s, -1),
    ArrowRight: partner, ArrowLeft: partner,
  };
  ensureReachable();

  // Hints: what the vocabulary says about a term, beside it.
  const hint = document.getElementById("hint");
  let hinted = null, closing = 0;
  function show(term) {
    clearTimeout(closing);
    if (term === hinted) return;
    hinted = term;
    const [name, translation] = document.getElementById("term-" + term.dataset.term).cells;
    const lines = [[name, " → ", translation], ...term.getAttribute("aria-describedby").split(" ").slice(1)
      .map((id) => [document.getElementById(id)])];
    hint.replaceChildren(...lines.filter(([first]) => first.textContent).map((parts) => {
      const line = document.createElement("p");
      for (const part of parts) {
        const text = document.createElement("bdi");
        text.textContent = part.textContent || part;
        if (part.lang) text.lang = part.lang;
        line.append(text);
      }
      return line;
    }));
    hint.hidden = false;
    const place = term.getClientRects()[0], size = hint.getBoundingClientRect();
    const room = document.documentElement.clientWidth - size.width - 8;
    const below = place.bottom + 6 + size.height <= innerHeight;
    hint.style.left = Math.max(8, Math.min(place.left, room)) + scrollX + "px";
    hint.style.top = (below ? place.bottom + 6 : place.top - 6 - size.height) + scrollY + "px";
  }
  function hide() {
    clearTimeout(closing);
    hinted = null;
    hint.hidden = true;
  }
  const termOf = (node) => node instanceof Element ? node.closest("[data-term]") : null;

  document.addEventListener("mouseover", (event) => {
    light("pointer", event.target);
    const term = termOf(event.target);
    if (term) show(term);
    else if (hint.contains(event.target)) clearTimeout(closing);
    else if (hinted) { clearTimeout(closing); closing = setTimeout(hide, 300); }
  });
  document.addEventListener("focusin", (event) => {
    light("focus", event.target);
    const sentence = sentenceOf(event.target);
    if (sentence) reachable(sentence);
    const term = termOf(event.target);
    if (term) show(term); else hide();
  });
  document.addEventListener("focusout", (event) => { if (!event.relatedTarget) light("focus", null); });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") return hide();
    const sentence = sentenceOf(event.target);
    if (!sentence) return;
    if (event.key in moves) {
      event.preventDefault();
      go(moves[event.key](sentence));
    } else if (event.key === "Enter" && event.target === sentence) {
      event.preventDefault();
      keep(sentence);
    }
  });
  document.addEventListener("click", (event) => {
    // A finger has no other way to the hint than a tap, which would follow the link.
    const term = termOf(event.target);
    if (term && !term.classList.contains("link") && matchMedia("(hover: none)").matches) {
      event.preventDefault();
      show(term);
    }
  });
  document.addEventListener("change", ensureReachable);

  const answers = document.getElementById("all-answers");
  if (answers) {
    const details = all(".answer");
    answers.hidden = false;
    answers.addEventListener("click", () => {
      const open = !details.every((answer) => answer.open);
      for (const answer of details) answer.open = open;
      answers.textContent = open ? answers.dataset.hide : answers.dataset.show;
    });
  }
})();
