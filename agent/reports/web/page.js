"use strict";
(() => {
  const filters = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const boxes = [...filters.querySelectorAll("input")];
  const cards = [...document.querySelectorAll(".card")];
  const chips = [...document.querySelectorAll(".chip")];

  const apply = () => {
    const on = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    for (const card of cards) card.hidden = !on.has(card.dataset.label);
    for (const chip of chips) chip.classList.toggle("off", !on.has(chip.dataset.label));
    const left = cards.filter((card) => !card.hidden).length;
    shown.textContent = left === cards.length ? "" : `${left} of ${cards.length} shown`;
  };

  // A link may lead to a card that is filtered out, or to a quote that is folded away.
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    const card = target.closest(".card");
    if (card && card.hidden) {
      for (const box of boxes) box.checked ||= box.value === card.dataset.label;
      apply();
    }
    for (let up = target; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
    target.scrollIntoView();
  };

  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const part of folded) part.open = true;
  });
  addEventListener("afterprint", () => {
    for (const part of folded) part.open = false;
  });

  if (boxes.length < 2) return;
  filters.hidden = false;
  filters.addEventListener("change", apply);
  addEventListener("hashchange", reveal);
  apply();
  if (location.hash) reveal();
})();
