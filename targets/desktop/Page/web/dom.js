// Making and changing elements. Text goes in as text, never as markup: names come from Clients.

const SVG = 'http://www.w3.org/2000/svg';

export const find = (id) => document.getElementById(id);

/** Sets text only if it changed, so that a screen reader is not told again. */
export function say(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Makes an element with a class and text. */
export function make(name, className = '', text = '') {
  const element = document.createElement(name);
  if (className) {
    element.className = className;
  }
  element.textContent = text;
  return element;
}

/** Makes an SVG element with attributes. */
export function draw(name, attributes = {}) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  return element;
}
