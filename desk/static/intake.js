// The intake form for a fast typist: suggestions for departments, one more line without a reload, due times that stay
// true, Ctrl+Enter. Without this script the form is the same: a list of departments, and buttons that reload.
const form = document.getElementById("intake");

function suggest(input) {
  const listId = `${input.id}-options`;
  const list = Object.assign(document.createElement("ul"), { id: listId, className: "options", hidden: true });
  list.setAttribute("role", "listbox");
  input.removeAttribute("list");
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": listId, autocomplete: "off" })) input.setAttribute(name, value);
  input.parentElement.append(list);
  let at = -1;
  let asked = 0;
  let timer = 0;

  const close = () => { list.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const mark = (next) => {
    const options = [...list.children];
    if (!options.length) return;
    at = (next + options.length) % options.length;
    options.forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    options[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[at].id);
  };
  const pick = (option) => {
    clearTimeout(timer);
    asked += 1;
    input.value = option.dataset.value;
    const usual = option.dataset.category;
    const row = input.closest("[data-row]");
    if (usual && !row.querySelector("input[type=radio]:checked")) row.querySelector(`input[value="${usual}"]`).checked = true;
    close();
  };
  const ask = async () => {
    const mine = ++asked;
    const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(input.value)}`);
    if (mine !== asked || !answer.ok || document.activeElement !== input) return;
    list.innerHTML = await answer.text();
    [...list.children].forEach((option, number) => { option.id = `${listId}-${number}`; });
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (!list.hidden) mark(0);
  };

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 60); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && list.hidden) { event.preventDefault(); ask(); return; }
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); mark(at + (event.key === "ArrowDown" ? 1 : -1)); }
    if (event.key === "Enter" && !event.ctrlKey) { event.preventDefault(); pick(list.children[at]); }
    if (event.key === "Tab" && input.value) pick(list.children[at]);
    if (event.key === "Escape") { event.preventDefault(); close(); }
  });
  list.addEventListener("mousedown", (event) => { event.preventDefault(); const option = event.target.closest("li"); if (option) pick(option); });
  input.addEventListener("blur", close);
}

// Enter in a field goes on to the next one, as a typist expects; only a button or Ctrl+Enter sends the form.
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey) { event.preventDefault(); form.requestSubmit(document.getElementById("save")); return; }
  if (!event.target.matches("input:not([type=file]), select")) return;
  event.preventDefault();
  const fields = [...form.querySelectorAll("input:not([type=hidden]), select, textarea, button")].filter((each) => each.offsetParent && (each.type !== "radio" || each.checked || each === each.form.elements[each.name][0]));
  fields[fields.indexOf(event.target) + 1]?.focus();
});

// A second click while the first is on its way sends nothing; the server would give the same receipt anyway.
let sent = false;
form.addEventListener("submit", (event) => { if (sent) event.preventDefault(); sent = true; });
window.addEventListener("pageshow", () => { sent = false; });

const more = document.getElementById("more");
more.addEventListener("click", (event) => {
  const parts = document.getElementById("parts");
  if (parts.children.length >= 8) return;
  event.preventDefault();
  const holder = document.createElement("div");
  holder.innerHTML = document.getElementById("empty-part").innerHTML.replaceAll("NUMBER", String(parts.children.length));
  const row = holder.firstElementChild;
  parts.append(row);
  suggest(row.querySelector("[data-suggest]"));
  row.querySelector("[data-suggest]").focus();
});

async function refreshDues() {
  const answer = await fetch("/intake/dues");
  if (!answer.ok) return;
  const holder = document.createElement("div");
  holder.innerHTML = await answer.text();
  for (const now of holder.querySelectorAll("[data-letter]")) {
    for (const shown of document.querySelectorAll(`[data-due="${now.dataset.letter}"]`)) shown.innerHTML = now.innerHTML;
  }
}

for (const input of form.querySelectorAll("[data-suggest]")) suggest(input);
setInterval(refreshDues, 60000);
