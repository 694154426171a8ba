// Choosing what goes with a message: a photo from the camera, photos that are made smaller, or files as they are.

const sheet = document.getElementById("attach-sheet");
const pickers = {
  camera: document.getElementById("camera"),
  photos: document.getElementById("picker"),
  document: document.getElementById("document-picker"),
};
// Only a device that is held in the hand has a camera worth pointing at a drain.
const HELD = matchMedia("(pointer: coarse)").matches;

/** The paper clip works from now on; chosen(files, {document}) when something was chosen. */
export function offerAttaching(chosen) {
  document.getElementById("attach").addEventListener("click", () => sheet.showModal());
  sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());
  sheet.querySelector("[name=camera]").closest("li").hidden = !HELD;
  for (const [name, picker] of Object.entries(pickers)) {
    sheet.querySelector(`[name=${name}]`).addEventListener("click", () => {
      sheet.close();
      picker.click();
    });
    picker.addEventListener("change", () => {
      chosen([...picker.files], { document: name === "document" });
      picker.value = "";
    });
  }
}
