// Derivations one step at a time: the steps so far, then a question, whose answer unfolds.

import { fill, words } from "./controls.js";

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

class Stepper {
  constructor(section) {
    const list = section.querySelector(".steps");
    this.steps = [...list.querySelectorAll(":scope > li")];
    this.back = button(words.previous, () => this.show(this.at - 1));
    this.on = button(words.next, () => this.show(this.at + 1));
    this.all = button(words["all-steps"], () => this.show(this.at < this.steps.length ? this.steps.length : 0));
    this.told = document.createElement("span");
    this.told.className = "soft";
    this.told.setAttribute("role", "status");
    this.question = button("", () => this.show(this.at + 1));
    this.question.className = "question";
    const row = document.createElement("p");
    row.className = "stepping";
    row.append(this.back, this.on, this.all, this.told);
    list.after(this.question, row);
    this.show(1);
    addEventListener("hashchange", () => this.goTo(location.hash.slice(1)));
    this.goTo(location.hash.slice(1));
  }

  /** Show the steps up to a number, and ask for the next one. */
  show(at) {
    this.at = Math.min(Math.max(at, 0), this.steps.length);
    this.steps.forEach((step, i) => {
      step.hidden = i >= this.at;
      step.classList.toggle("latest", i === this.at - 1);
    });
    const next = this.steps[this.at];
    this.question.hidden = !next;
    this.question.textContent = next ? fill(words.question, { rule: next.querySelector(".rule").textContent }) : "";
    this.back.disabled = this.at === 0;
    this.on.disabled = !next;
    this.all.textContent = next ? words["all-steps"] : words["first-step"];
    this.told.textContent = fill(words.progress, { at: this.at, of: this.steps.length });
  }

  /** Show a step that a link leads to. */
  goTo(id) {
    const place = this.steps.findIndex((step) => step.id === id);
    if (place >= this.at) {
      this.show(place + 1);
      this.steps[place].scrollIntoView();
    }
  }
}

for (const section of document.querySelectorAll(".derivation")) new Stepper(section);
