// What the server put into the page: who is here, limits, the office's time zone, and every sentence.

export const page = JSON.parse(document.body.dataset.page);

/** The sentence `name` in the reader's language; `{n}` in it becomes `values.n`. */
export function words(name, values = {}) {
  return page.words[name].replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));
}

/** A number with Indian grouping and Latin digits, whatever the language. */
export function number(value) {
  return new Intl.NumberFormat("en-IN").format(value);
}
