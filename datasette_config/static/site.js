"use strict";
// Keyboard, basket and print for every page. Text from the bank is only ever put in as text.

const BASKET = "tiku-basket";

function basketRead() {
  try {
    const ids = JSON.parse(localStorage.getItem(BASKET) || "[]");
    return Array.isArray(ids) ? ids.filter((id) => Number.isSafeInteger(id) && id > 0) : [];
  } catch (problem) {
    return [];
  }
}

function basketWrite(ids) {
  try {
    localStorage.setItem(BASKET, JSON.stringify(ids));
  } catch (problem) {
    return; // private windows may refuse; the page works without
  }
  basketShow();
}

function basketShow() {
  const ids = basketRead();
  const count = document.getElementById("basket-count");
  if (count) {
    count.hidden = ids.length === 0;
    count.textContent = ids.length;
  }
  for (const button of document.querySelectorAll("[data-pick]")) {
    const picked = ids.includes(Number(button.dataset.pick));
    button.hidden = false;
    button.setAttribute("aria-pressed", picked ? "true" : "false");
    button.textContent = picked ? "已选入" : "选入试卷";
  }
}

document.addEventListener("click", (event) => {
  const pick = event.target.closest("[data-pick]");
  if (pick) {
    const id = Number(pick.dataset.pick);
    const ids = basketRead();
    basketWrite(ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]);
  }
  const print = event.target.closest("[data-print]");
  if (print) {
    document.body.classList.toggle("print-key", print.dataset.print === "key");
    window.print();
  }
});

function inField(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

function step(forward) {
  const cards = [...document.querySelectorAll("article.card")];
  const link = document.querySelector(forward ? 'a[rel="next"]' : 'a[rel="prev"]');
  if (cards.length > 1) {
    const here = cards.findIndex((card) => card.contains(document.activeElement));
    const next = cards[here < 0 ? (forward ? 0 : -1) : here + (forward ? 1 : -1)];
    if (next) {
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "nearest" });
      return;
    }
  }
  if (link) window.location.href = link.href;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || inField(event.target)) return;
  if (event.key === "/") {
    const box = document.getElementById("search");
    if (box && box.offsetParent) {
      event.preventDefault();
      box.focus();
      box.select();
    } else {
      window.location.href = "/#search";
    }
  } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
    event.preventDefault();
    step(event.key === "ArrowRight");
  } else if (event.key === " " && event.target.matches("article.card")) {
    const answer = event.target.querySelector("details.answer");
    if (answer) {
      event.preventDefault();
      answer.open = !answer.open;
    }
  }
});

// Printed with the answers, everything is open; afterwards it is as it was.
let folded = [];
window.addEventListener("beforeprint", () => {
  folded = document.body.classList.contains("print-key") ? [...document.querySelectorAll("details.answer:not([open])")] : [];
  for (const details of folded) details.open = true;
});
window.addEventListener("afterprint", () => {
  for (const details of folded) details.open = false;
});
window.addEventListener("storage", basketShow);
// Another field to edit shows its own text, so that nobody saves one field's text as another's.
const field = document.getElementById("edit-field");
if (field) field.addEventListener("change", () => {
  document.getElementById("edit-value").value = field.selectedOptions[0].dataset.now;
});
// The source beside a question opens where the question begins, without moving the page.
const span = document.getElementById("span");
if (span) span.parentElement.scrollTop = Math.max(0, span.offsetTop - 60);
if (window.matchMedia("(max-width: 800px)").matches) {
  for (const fold of document.querySelectorAll("details.facet-fold")) fold.open = false;
}
basketShow();
