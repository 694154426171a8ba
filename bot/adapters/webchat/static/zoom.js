// One picture made larger and moved about, by fingers, mouse or keys. Where it is not larger, a drag is a swipe.

const MOST = 6;
const CLOSER = 2.5; // what a double tap gives
const TAPS = 300; // milliseconds between two taps that are one double tap

/** swiped(dx): a drag of so many pixels sideways over a picture that is as large as its room. */
export class Zoom {
  constructor(picture, { swiped }) {
    this.picture = picture;
    this.swiped = swiped;
    this.fingers = new Map(); // pointer id -> {x, y}
    this.tapped = 0;
    this.reset();
    picture.addEventListener("pointerdown", (event) => this.down(event));
    picture.addEventListener("pointermove", (event) => this.move(event));
    for (const kind of ["pointerup", "pointercancel"]) picture.addEventListener(kind, (event) => this.up(event));
    picture.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    picture.addEventListener("dragstart", (event) => event.preventDefault());
  }

  reset() {
    this.scale = 1;
    this.x = 0;
    this.y = 0;
    this.draw();
  }

  by(factor) {
    this.scale = Math.min(MOST, Math.max(1, this.scale * factor));
    this.draw();
  }

  down(event) {
    this.picture.setPointerCapture(event.pointerId);
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.from = { x: event.clientX, y: event.clientY };
    this.pinched = this.fingers.size > 1;
  }

  move(event) {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const apart = this.apart();
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (this.fingers.size > 1) return this.by(this.apart() / apart);
    if (this.scale === 1) return;
    this.x += event.clientX - before.x;
    this.y += event.clientY - before.y;
    this.draw();
  }

  up(event) {
    if (!this.fingers.delete(event.pointerId) || this.fingers.size > 0 || event.type === "pointercancel") return;
    const dx = event.clientX - this.from.x;
    const still = Math.hypot(dx, event.clientY - this.from.y) < 10;
    if (this.pinched) return;
    if (still) this.tap(event);
    else if (this.scale === 1) this.swiped(dx);
  }

  tap(event) {
    if (event.timeStamp - this.tapped > TAPS) {
      this.tapped = event.timeStamp;
      return;
    }
    this.tapped = 0;
    if (this.scale > 1) this.reset();
    else this.by(CLOSER);
  }

  wheel(event) {
    event.preventDefault();
    this.by(event.deltaY < 0 ? 1.2 : 1 / 1.2);
  }

  apart() {
    const [one, other] = [...this.fingers.values()];
    return other ? Math.max(1, Math.hypot(one.x - other.x, one.y - other.y)) : 1;
  }

  // It can be moved until its edge reaches the middle of the room, not further.
  draw() {
    const room = ((this.scale - 1) / 2) * 100;
    const limit = (pixels, side) => Math.max(-side * (room / 100), Math.min(side * (room / 100), pixels));
    this.x = limit(this.x, this.picture.clientWidth);
    this.y = limit(this.y, this.picture.clientHeight);
    this.picture.style.transform = this.scale === 1 ? "" : `translate(${this.x}px, ${this.y}px) scale(${this.scale})`;
    this.picture.classList.toggle("larger", this.scale > 1);
  }
}
