// The browser labels its file button in its own language; the page's words stand over it instead, in the reader's.
// The browser's own control stays beneath, so that keyboard, screen reader and drag and drop work as ever.
for (const input of document.querySelectorAll("input[type=file][data-choose]")) {
  const button = Object.assign(document.createElement("b"), { textContent: input.dataset.choose });
  const names = document.createElement("span");
  const shown = Object.assign(document.createElement("span"), { className: "picker-shown" });
  shown.setAttribute("aria-hidden", "true");
  shown.append(button, names);
  const picker = Object.assign(document.createElement("span"), { className: "picker" });
  input.replaceWith(picker);
  picker.append(input, shown);
  const tell = () => { names.textContent = [...input.files].map((file) => file.name).join(", "); };
  input.addEventListener("change", tell);
  tell();
}
