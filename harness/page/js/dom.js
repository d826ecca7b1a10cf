// Elements are made here and nowhere else: texts become text nodes, never markup.

const kSvgNamespace = 'http://www.w3.org/2000/svg';

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/// An element; attributes that begin with "on" are listeners, those that are null or false are left out.
function el(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/// The same for SVG.
function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(kSvgNamespace, tag), attributes, children);
}

/// Text for screen readers alone.
function unseen(text) {
  return el('span', {class: 'unseen'}, text);
}
