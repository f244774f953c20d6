// All maps of a layer, one of them large, and the picture: a place in a map shows its field.

// Element → what it shows and where the pointer or the keyboard is.
const states = new WeakMap();

const STEPS = {
  ArrowUp: [0, -1, 0], ArrowDown: [0, 1, 0], ArrowLeft: [0, 0, -1], ArrowRight: [0, 0, 1],
  PageUp: [-1, 0, 0], PageDown: [1, 0, 0],
};

function make(root) {
  const state = { root, data: null, here: null, sheet: new Image(), send: null };
  state.sheet.onload = () => draw(state);
  const one = root.querySelector(".one .frame");
  const all = root.querySelector(".all");
  for (const [element, placeOf] of [[one, placeOnMap], [all, placeOnSheet]]) {
    element.addEventListener("pointermove", (event) => show(state, placeOf(state, element, event)));
    element.addEventListener("pointerleave", () => show(state, null));
    element.addEventListener("click", (event) => pick(state, placeOf(state, element, event)));
  }
  one.addEventListener("keydown", (event) => onKey(state, event));
  one.addEventListener("blur", () => show(state, null));
  return state;
}

function shares(element, event) {
  const box = element.getBoundingClientRect();
  return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
}

function inside(value, end) {
  return Math.min(Math.max(Math.floor(value), 0), end - 1);
}

function placeOnMap(state, element, event) {
  const { data } = state;
  const [across, down] = shares(element, event);
  const map = (state.here ?? data.place)[0];
  return [map, inside(down * data.height, data.height), inside(across * data.width, data.width)];
}

// The size of the sheet in its own pixels, and of one map with the gap behind it.
function layout(data) {
  const tall = data.height * data.factor + data.gap;
  const broad = data.width * data.factor + data.gap;
  const rows = Math.ceil(data.maps / data.columns);
  const width = data.columns * broad + data.gap;
  return { tall, broad, width, height: rows * tall + data.gap };
}

function placeOnSheet(state, element, event) {
  const { data } = state;
  const size = layout(data);
  const [across, down] = shares(element, event);
  const x = across * size.width - data.gap;
  const y = down * size.height - data.gap;
  const column = inside(x / size.broad, data.columns);
  const map = Math.floor(Math.max(y, 0) / size.tall) * data.columns + column;
  if (map >= data.maps) return null;
  const left = x - column * size.broad;
  const top = y - Math.floor(map / data.columns) * size.tall;
  return [map, inside(top / data.factor, data.height), inside(left / data.factor, data.width)];
}

function onKey(state, event) {
  const { data } = state;
  const at = state.here ?? data.place;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    pick(state, at);
  }
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  const ends = [data.maps, data.height, data.width];
  show(state, at.map((value, axis) => inside(value + step[axis], ends[axis])));
}

function pick(state, place) {
  if (!place) return;
  state.here = place;
  const [map, row, column] = place;
  state.send("picked", { map, row, column });
}

function show(state, place) {
  if (String(place) === String(state.here)) return;
  state.here = place;
  draw(state);
}

function put(element, left, top, width, height) {
  element.style.left = `${100 * left}%`;
  element.style.top = `${100 * top}%`;
  element.style.width = `${100 * width}%`;
  element.style.height = `${100 * height}%`;
}

function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function draw(state) {
  const { data, root } = state;
  if (!data) return;
  const size = layout(data);
  root.querySelector(".all").style.maxWidth = `${(data.high * size.width) / size.height}px`;
  const at = state.here ?? data.place;
  drawField(root, data, at);
  drawMap(state, at);
  drawSheet(root, data, at);
  root.dataset.place = at.map((value) => value + 1).join(" ");
}

function drawField(root, data, [, row, column]) {
  const [top, bottom] = data.fields[row];
  const [left, right] = data.fields[column];
  const [wide, high] = [right - left + 1, bottom - top + 1];
  const field = root.querySelector(".field");
  put(field, left / data.side, top / data.side, wide / data.side, high / data.side);
  field.dataset.field = [top, bottom, left, right].join(" ");
  const rows = top === bottom ? `row ${top + 1}` : `rows ${top + 1} to ${bottom + 1}`;
  const columns = left === right ? `column ${left + 1}` : `columns ${left + 1} to ${right + 1}`;
  say(root.querySelector(".source figcaption"),
    `The picture, ${data.side} × ${data.side}. It has seen ${rows}, ${columns}: ${high} × ${wide}.`);
}

function drawMap(state, [map, row, column]) {
  const { data, root } = state;
  const canvas = root.querySelector("canvas");
  const [wide, high] = [data.width * data.factor, data.height * data.factor];
  if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
  const size = layout(data);
  const left = data.gap + (map % data.columns) * size.broad;
  const top = data.gap + Math.floor(map / data.columns) * size.tall;
  if (state.sheet.complete && state.sheet.naturalWidth) {
    canvas.getContext("2d").drawImage(state.sheet, left, top, wide, high, 0, 0, wide, high);
  }
  const [across, down] = [1 / data.width, 1 / data.height];
  put(root.querySelector(".cell.here"), column * across, row * down, across, down);
  const chosen = root.querySelector(".cell.chosen");
  put(chosen, data.place[2] * across, data.place[1] * down, across, down);
  chosen.style.display = map === data.place[0] ? "" : "none";
  const isNode = data.height * data.width === 1;
  say(root.querySelector(".one figcaption"), isNode
    ? `Node ${map + 1} of ${data.maps}.`
    : `Map ${map + 1} of ${data.maps}, ${data.height} × ${data.width}: row ${row + 1}, column ${column + 1}.`);
}

function drawSheet(root, data, [map, row, column]) {
  const size = layout(data);
  const tile = (element, number) => {
    const left = data.gap + (number % data.columns) * size.broad;
    const top = data.gap + Math.floor(number / data.columns) * size.tall;
    put(element, left / size.width, top / size.height,
      (data.width * data.factor) / size.width, (data.height * data.factor) / size.height);
    return [left, top];
  };
  tile(root.querySelector(".tile.chosen"), data.place[0]);
  const [left, top] = tile(root.querySelector(".tile.here"), map);
  const dot = root.querySelector(".dot");
  dot.style.left = `${(100 * (left + (column + 0.5) * data.factor)) / size.width}%`;
  dot.style.top = `${(100 * (top + (row + 0.5) * data.factor)) / size.height}%`;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".seeing");
  if (!states.has(root)) states.set(root, make(root));
  const state = states.get(root);
  const before = state.data;
  state.send = setTriggerValue;
  state.data = data;
  if (!before || before.sheet !== data.sheet) {
    state.sheet.src = data.sheet;
    root.querySelector(".all img").src = data.sheet;
  }
  if (!before || before.title !== data.title || before.maps !== data.maps) state.here = null;
  if (String(before?.place) !== String(data.place)) state.here = null;
  const picture = root.querySelector(".source img");
  if (picture.src !== data.picture) picture.src = data.picture;
  picture.alt = `The picture as the network gets it, ${data.side} × ${data.side} pixels`;
  root.querySelector(".all img").alt =
    `${data.maps} maps of ${data.title}, ${data.height} × ${data.width}: 0 white, strong blue`;
  root.querySelector(".one .frame").setAttribute("aria-label",
    `One map of ${data.title}. Arrow keys move the place, Page up and Page down change the map, `
    + "Enter works its value out.");
  root.style.setProperty("--mark", data.color);
  draw(state);
}
