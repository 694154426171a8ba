// A photo made smaller before it is sent: a phone's camera gives five megabytes where three hundred kilobytes show the drain.

const LONGEST = 1600; // pixels of the longer side
const QUALITY = 0.85;
const KINDS = ["image/jpeg", "image/webp"]; // a PNG is a drawing or a screen, which JPEG would blur

/** The photo smaller and upright, or the file itself where that is no gain. Never fails: what cannot be read stays. */
export async function smaller(file) {
  if (!KINDS.includes(file.type)) return file;
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return file;
  }
  const scale = LONGEST / Math.max(picture.width, picture.height);
  if (scale >= 1) {
    picture.close();
    return file;
  }
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const made = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  return made && made.size < file.size ? new File([made], file.name, { type: "image/jpeg" }) : file;
}
