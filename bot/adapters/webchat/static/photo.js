// A photo opened large. Escape, the button or a tap beside it closes it; the browser keeps the focus inside.

const dialog = document.getElementById("photo");
const picture = dialog.querySelector("img");
const link = dialog.querySelector("a");

dialog.addEventListener("click", (event) => {
  if (event.target === dialog || event.target === picture) dialog.close();
});
dialog.addEventListener("close", () => picture.removeAttribute("src"));

/** Open the photo of a message; `file` as the API gives it. */
export function openPhoto(file) {
  picture.src = file.url;
  picture.alt = file.name;
  link.href = file.url;
  link.download = file.name;
  dialog.showModal();
}
