// Looks at a page as laid out, and returns what is wrong with it, a sentence each.
const problems = [];
const slack = 1; // pixels, of rounding
const name = element => {
  const article = element.closest("article");
  const words = (element.textContent || "").trim().slice(0, 40);
  return `${article ? article.id : "page"}: <${element.tagName.toLowerCase()}> "${words}"`;
};
const shown = element => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
const plots = [...document.querySelectorAll("svg.plot")];

// The corners of a text as drawn: its box, turned as it is; without the fifth above and below that letters seldom reach.
function corners(text) {
  const box = text.getBBox(), matrix = text.getScreenCTM();
  const top = box.y + box.height * 0.15, bottom = box.y + box.height * 0.85;
  return [[box.x, top], [box.x + box.width, top], [box.x + box.width, bottom], [box.x, bottom]].map(([x, y]) => {
    const point = new DOMPoint(x, y).matrixTransform(matrix);
    return [point.x, point.y];
  });
}

// Whether two convex shapes overlap: no edge of either separates them.
function overlap(one, other) {
  return [one, other].every(shape => shape.every((corner, i) => {
    const next = shape[(i + 1) % shape.length];
    const length = Math.hypot(next[0] - corner[0], next[1] - corner[1]) || 1;
    const normal = [(next[1] - corner[1]) / length, (corner[0] - next[0]) / length];
    const range = points => points.map(point => point[0] * normal[0] + point[1] * normal[1]);
    const [a, b] = [range(one), range(other)];
    return Math.min(Math.max(...a) - Math.min(...b), Math.max(...b) - Math.min(...a)) > slack;
  }));
}

function figures() {
  for (const plot of plots) {
    const box = plot.getBoundingClientRect();
    if (!shown(plot) || box.width < 100 || box.height < 75)
      problems.push(`${name(plot)} is ${box.width} by ${box.height} pixels`);
    const marks = [...plot.querySelectorAll("g > path, g > rect, g > circle, g > text")].filter(mark => {
      const size = mark.getBBox();
      return size.width > 0 || size.height > 0 || (mark.getAttribute("d") || "").includes("h0");
    });
    if (marks.length === 0)
      problems.push(`${name(plot)} "${plot.getAttribute("aria-label")}" holds no mark`);
  }
  if (plots.length === 0)
    problems.push("there is no figure");
}

function lettering() {
  for (const plot of plots) {
    const frame = plot.getBoundingClientRect();
    const texts = [...plot.querySelectorAll("text")].filter(text => text.textContent.trim()).map(text => ({ text, at: corners(text) }));
    for (const { text, at } of texts)
      if (at.some(([x, y]) => x < frame.left - slack || x > frame.right + slack || y < frame.top - slack || y > frame.bottom + slack))
        problems.push(`${name(text)} leaves "${plot.getAttribute("aria-label")}"`);
    texts.forEach((one, i) => texts.slice(i + 1).forEach(other => {
      if (overlap(one.at, other.at))
        problems.push(`${name(one.text)} overlaps ${name(other.text)} in "${plot.getAttribute("aria-label")}"`);
    }));
  }
}

// Lines of text outside figures, cut to what the boxes around them show; a box that scrolls shows all in time.
function lines() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const all = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest("svg, style, .skip") || !shown(parent))
      continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const scroller = parent.closest(".box, pre");
    for (const rect of range.getClientRects())
      if (rect.width > 0)
        all.push({ parent, scroller, rect });
  }
  return all;
}

function layout() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width)
    problems.push(`the page is ${document.documentElement.scrollWidth} wide in ${width}`);
  const all = lines();
  for (const { parent, scroller, rect } of all) {
    if (!scroller && (rect.left < -slack || rect.right > width + slack))
      problems.push(`${name(parent)} reaches from ${rect.left} to ${rect.right} in ${width}`);
    for (let box = parent; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box), edge = box.getBoundingClientRect();
      if ([style.overflowX, style.overflowY].includes("hidden") || [style.overflowX, style.overflowY].includes("clip"))
        if (rect.right > edge.right + slack || rect.bottom > edge.bottom + slack)
          problems.push(`${name(parent)} is cut off by <${box.tagName.toLowerCase()}>`);
    }
  }
  const seen = all.map(line => {
    if (!line.scroller)
      return line;
    const edge = line.scroller.getBoundingClientRect(), r = line.rect;
    const rect = {
      left: Math.max(r.left, edge.left), right: Math.min(r.right, edge.right),
      top: Math.max(r.top, edge.top), bottom: Math.min(r.bottom, edge.bottom),
    };
    return { ...line, rect };
  }).filter(({ rect }) => rect.right > rect.left && rect.bottom > rect.top).sort((one, other) => one.rect.top - other.rect.top);
  seen.forEach((one, i) => {
    for (let j = i + 1; j < seen.length && seen[j].rect.top < one.rect.bottom; j++) {
      const [a, b] = [one.rect, seen[j].rect];
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > slack && down > 0.2 * Math.min(a.bottom - a.top, b.bottom - b.top)) // fonts' boxes are higher than their letters
        problems.push(`${name(one.parent)} overlaps ${name(seen[j].parent)}`);
    }
  });
  for (const plot of plots) {
    const edge = plot.getBoundingClientRect();
    if (shown(plot) && (edge.left < -slack || edge.right > width + slack))
      problems.push(`${name(plot)} reaches from ${edge.left} to ${edge.right} in ${width}`);
  }
}

// Colours as sRGB with alpha.
const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
const colours = new Map();
function colour(text) {
  if (!colours.has(text))
    colours.set(text, painted(text));
  return colours.get(text);
}
function painted(text) {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = text;
  canvas.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
  return [r, g, b, a / 255];
}
const over = (top, ground) => [0, 1, 2].map(i => top[i] * top[3] + ground[i] * (1 - top[3])).concat(1);
function luminance(rgb) {
  const [r, g, b] = rgb.slice(0, 3).map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function ratio(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
function ground(element) {
  const layers = [];
  for (let box = element; box; box = box.parentElement)
    layers.push(colour(getComputedStyle(box).backgroundColor));
  return layers.reverse().reduce((below, layer) => over(layer, below), colour("Canvas"));
}
function faded(paint, opacity, element) {
  for (let box = element; box; box = box.parentElement)
    opacity *= Number(getComputedStyle(box).opacity);
  return [...paint.slice(0, 3), paint[3] * opacity];
}

// Web Content Accessibility Guidelines 2.2, 1.4.3 and 1.4.11.
function contrast() {
  const known = new Map();
  const demand = (element, paint, least) => {
    const below = ground(element), found = ratio(over(paint, below), below);
    const key = `${paint}|${below}|${least}`;
    if (found < least && !known.has(key)) {
      known.set(key, true);
      problems.push(`${name(element)}: contrast ${found.toFixed(2)} of ${paint} on ${below}; expected ${least}`);
    }
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest("style, title, desc") || !shown(element))
      continue;
    const style = getComputedStyle(element);
    const drawn = element.closest("svg");
    const paint = faded(colour(drawn ? style.fill : style.color), drawn ? Number(style.fillOpacity) : 1, element);
    const size = parseFloat(style.fontSize);
    demand(element, paint, size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5);
  }
  for (const mark of document.querySelectorAll("svg.plot g[class^=p] > path.line, svg.plot g[class^=p] > path.fill"))
    if (shown(mark))
      demand(mark, faded(colour(getComputedStyle(mark).color), 1, mark), 3);
}

function paper() {
  const below = ground(document.body);
  if (luminance(below) < 0.9)
    problems.push(`paper is ${below}`);
  for (const text of document.querySelectorAll("p, svg.plot"))
    if (shown(text) && luminance(colour(getComputedStyle(text).color)) > 0.25)
      problems.push(`${name(text)} is ${getComputedStyle(text).color} on paper`);
}
