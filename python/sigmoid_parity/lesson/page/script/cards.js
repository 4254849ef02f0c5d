// The card of a rule beside the step that names it: while the pointer rests on the name, or at a tap until the next.

let open;

function close() {
  open?.card.remove();
  open?.link.setAttribute("aria-expanded", "false");
  open = undefined;
}

function show(link, pinned) {
  if (open?.link !== link) {
    close();
    const card = document.getElementById(link.hash.slice(1)).cloneNode(true);
    card.removeAttribute("id");
    card.classList.add("beside");
    link.closest("p").append(card);
    open = { link, card };
    link.setAttribute("aria-expanded", "true");
    link.closest("p").addEventListener("pointerleave", () => open?.pinned || close(), { once: true });
  }
  open.pinned ||= pinned;
}

for (const link of document.querySelectorAll("a.rule[href^=\"#rule-\"]")) {
  link.setAttribute("role", "button");
  link.setAttribute("aria-expanded", "false");
  link.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && show(link, false));
  link.addEventListener("click", (event) => {
    event.preventDefault();
    if (open?.link === link && open.pinned) close();
    else show(link, true);
  });
  link.addEventListener("keydown", (event) => event.key === " " && (event.preventDefault(), link.click()));
}

addEventListener("keydown", (event) => event.key === "Escape" && close());
addEventListener("pointerdown", (event) => event.target.closest?.(".beside, .rule") || close());
