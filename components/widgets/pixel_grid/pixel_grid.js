// One cursor for a picture and its numbers. It moves here, without the server.

const STEPS = {
  ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
};

// Elements of a widget → its state, which stays while the page is drawn again.
const widgets = new WeakMap();

function makeWidget(root) {
  const widget = { root, data: null, cursor: null, send: null };
  root.addEventListener("pointerover", (event) => pointAt(widget, event));
  root.addEventListener("pointerleave", () => setCursor(widget, null));
  root.addEventListener("focusin", (event) => pointAt(widget, event));
  root.addEventListener("focusout", (event) => {
    if (!root.contains(event.relatedTarget)) setCursor(widget, null);
  });
  root.addEventListener("click", (event) => onClick(widget, event));
  root.addEventListener("keydown", (event) => onKey(widget, event));
  return widget;
}

function placeOf(event) {
  const cell = event.target.closest?.(".cell");
  return cell && { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
}

function grids(widget) {
  return widget.root.querySelectorAll(".grid");
}

// ---- The cursor

function pointAt(widget, event) {
  const place = placeOf(event);
  if (place) setCursor(widget, place);
}

// The pixel that all parts show: that under the cursor, or without one the chosen pixel.
function current(widget) {
  const [row, column] = widget.data.chosen;
  return widget.cursor ?? { row, column };
}

function setCursor(widget, place) {
  widget.cursor = place;
  showCursor(widget);
}

function showCursor(widget) {
  const here = current(widget);
  const [row, column] = widget.data.chosen;
  for (const grid of grids(widget)) {
    for (const cell of grid.querySelectorAll(".cursor, .chosen, [tabindex='0']")) {
      cell.classList.remove("cursor", "chosen");
      cell.tabIndex = -1;
      cell.removeAttribute("aria-selected");
    }
    const chosen = cellAt(grid, { row, column });
    chosen.classList.add("chosen");
    chosen.setAttribute("aria-selected", "true");
    const cell = cellAt(grid, here);
    cell.classList.add("cursor");
    cell.tabIndex = 0;
  }
  showReading(widget, here);
}

function showReading(widget, { row, column }) {
  const { patch, pixels, matrices, size } = widget.data;
  const [top, left, , columns] = patch;
  const place = row * columns + column;
  const reading = widget.root.querySelector(".reading");
  reading.querySelector(".swatch").style.background = rgb(pixels[place]);
  setText(reading.querySelector(".place"), `Row ${top + row}, column ${left + column}`);
  const values = matrices.map((each) => `${each.name} ${each.numbers[place]}`);
  setText(reading.querySelector(".numbers"), values.join("\n"));
  const dot = widget.root.querySelector(".dot");
  dot.style.top = `${(100 * (top + row + 0.5)) / size[0]}%`;
  dot.style.left = `${(100 * (left + column + 0.5)) / size[1]}%`;
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// ---- What the learner does

function onKey(widget, event) {
  const place = placeOf(event);
  if (!place || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    choose(widget, place);
    return;
  }
  const next = afterKey(widget, place, event.key);
  if (!next) return;
  event.preventDefault();
  setCursor(widget, next);
  cellAt(event.target.closest(".grid"), next).focus({ preventScroll: true });
}

// Where a key takes the cursor; it stops at the border of the patch.
function afterKey(widget, { row, column }, key) {
  const [, , rows, columns] = widget.data.patch;
  if (key === "Home") return { row, column: 0 };
  if (key === "End") return { row, column: columns - 1 };
  if (!STEPS[key]) return null;
  const [down, across] = STEPS[key];
  const within = (value, count) => Math.min(count - 1, Math.max(0, value));
  return { row: within(row + down, rows), column: within(column + across, columns) };
}

function onClick(widget, event) {
  const place = placeOf(event);
  if (place) choose(widget, place);
  const whole = event.target.closest?.(".whole");
  if (!whole) return;
  const box = whole.getBoundingClientRect();
  const share = (value, size) => Math.min(1, Math.max(0, value / size));
  widget.send("moved", {
    down: share(event.clientY - box.top, box.height),
    across: share(event.clientX - box.left, box.width),
  });
}

// The choice shows at once; the page hears of it and answers with the same.
function choose(widget, { row, column }) {
  widget.data = { ...widget.data, chosen: [row, column] };
  setCursor(widget, { row, column });
  const said = widget.root.querySelector(".said");
  setText(said, `Chosen: ${widget.root.querySelector(".place").textContent}`);
  widget.send("picked", { row, column });
}

// ---- What the server sent

function showOverview(widget) {
  const { overview, name, size, patch } = widget.data;
  const [top, left, rows, columns] = patch;
  const whole = widget.root.querySelector(".whole");
  const image = whole.querySelector("img");
  if (image.getAttribute("src") !== overview) image.src = overview;
  image.alt = `${name}, ${size[0]} × ${size[1]} pixels. The patch: rows ${top} to ` +
    `${top + rows - 1}, columns ${left} to ${left + columns - 1}.`;
  whole.style.aspectRatio = `${size[1]} / ${size[0]}`;
  const frame = whole.querySelector(".frame");
  frame.style.top = `${(100 * top) / size[0]}%`;
  frame.style.left = `${(100 * left) / size[1]}%`;
  frame.style.height = `${(100 * rows) / size[0]}%`;
  frame.style.width = `${(100 * columns) / size[1]}%`;
  setText(
    widget.root.querySelector("figcaption"),
    `Rows ${top}–${top + rows - 1}, columns ${left}–${left + columns - 1}`,
  );
}

function showPanels(widget) {
  const { matrices, pixels, patch } = widget.data;
  const names = ["The patch", ...matrices.map((each) => each.name)];
  const root = widget.root;
  if (root.dataset.names !== names.join()) {
    root.dataset.names = names.join();
    root.querySelector(".patch").replaceChildren(makePanel(names[0], true));
    root.querySelector(".matrices").replaceChildren(
      ...matrices.map((each) => makePanel(each.name, false)),
    );
  }
  const [top, left, rows, columns] = patch;
  const at = (place) => `Row ${top + Math.floor(place / columns)}, column ${left + place % columns}`;
  grids(widget).forEach((grid, number) => {
    fitCells(grid, rows, columns);
    const matrix = matrices[number - 1];
    if (!matrix) {
      const labels = pixels.map((values, place) => `${at(place)}: ${values.join(", ")}`);
      fillCells(grid, pixels, pixels.map(() => ""), labels);
      return;
    }
    const colours = matrix.numbers.map((value) => matrix.tint.map((share) => share * value));
    const labels = matrix.numbers.map((value, place) => `${at(place)}: ${value}`);
    fillCells(grid, colours, matrix.numbers.map(String), labels);
  });
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".pixels");
  if (!widgets.has(root)) widgets.set(root, makeWidget(root));
  const widget = widgets.get(root);
  const sizeBefore = widget.data?.patch.slice(2).join();
  widget.data = data;
  widget.send = setTriggerValue; // each call's own: it knows the fragment to rerun
  if (sizeBefore !== data.patch.slice(2).join()) widget.cursor = null;
  root.dataset.layout = data.layout;
  root.style.setProperty("--rows", data.patch[2]);
  root.style.setProperty("--columns", data.patch[3]);
  root.style.setProperty("--wide", data.size[1] / data.size[0]);
  showOverview(widget);
  showPanels(widget);
  showCursor(widget);
}
