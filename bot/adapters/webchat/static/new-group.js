// The nodal officer makes a group: its name, and who is in it.

import { makeGroup, newId, people, Refused } from "./api.js";
import { element } from "./element.js";
import { words } from "./page.js";

const dialog = document.getElementById("new-group");
const form = dialog.querySelector("form");
const found = document.getElementById("people-found");
const problem = document.getElementById("new-group-problem");
const PAUSE = 200; // milliseconds without a key before it searches

/** The button that opens the dialog works from now on; onMade(chat) when a group was made. */
export function offerNewGroup(onMade) {
  const chosen = new Map(); // id -> name
  let id = null; // pressed twice, it is one group
  let timer = null;
  let asked = 0; // an answer that another question has overtaken is not shown

  document.getElementById("make-group").addEventListener("click", () => {
    id = newId();
    chosen.clear();
    form.reset();
    problem.textContent = "";
    dialog.showModal();
    look();
  });
  form.elements.search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  form.elements.close.addEventListener("click", () => dialog.close());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    make();
  });

  async function look() {
    const mine = ++asked;
    const answer = await people(form.elements.search.value).catch(() => ({ people: [] }));
    if (mine !== asked) return;
    const unlisted = [...chosen].filter(([id]) => !answer.people.some((person) => person.id === id));
    found.replaceChildren(
      ...unlisted.map(([id, name]) => choice({ id, name, about: "" })),
      ...answer.people.map(choice),
    );
  }

  function choice({ id, name, about }) {
    const box = element("input", {
      type: "checkbox",
      checked: chosen.has(id),
      onchange: () => (box.checked ? chosen.set(id, name) : chosen.delete(id)),
    });
    return element("li", {}, element("label", {}, box, element("span", {}, name), element("small", {}, about)));
  }

  async function make() {
    try {
      const chat = await makeGroup({ id, title: form.elements.title.value.trim(), members: [...chosen.keys()] });
      dialog.close();
      onMade(chat);
    } catch (error) {
      problem.textContent = error instanceof Refused ? error.message : words("offline");
    }
  }
}
