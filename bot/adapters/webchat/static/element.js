// Makes one element of the page; text is always text, never markup.

/**
 * `element("button", {class: "round", "aria-label": "Send", onclick: send}, "text", child)`.
 * Attributes that are false, null or undefined are left out; `on…` takes a function.
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** One of the pictures that stand at the top of the page; it says nothing to a screen reader. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** The bot's text as the server made it: its small and safe subset of HTML (bot/markup.py), nothing else comes here. */
export function safeHtml(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  keepCodesWhole(holder.content);
  return holder.content;
}

/** A code, and a command, is not broken over two lines (docs/voice.md 1.1); returns the node that was given. */
export function keepCodesWhole(content) {
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    const parts = text.data.split(/(\b[A-Z]{2,5}-\d+-\d\d\b|\/[a-z]+\b|\/[\u0900-\u097f]+)/);
    if (parts.length > 1) text.replaceWith(...parts.map((part, at) => (at % 2 ? element("span", { class: "code" }, part) : part)));
  }
  return content;
}
