// A network that is trained: a map for every node, the edges, the output with the points, and
// the losses. The server sends the weights; all maps are computed here.

const HEAD = 24; // pixels for the names of the layers
const LABEL = 44; // and for those of the features
const [BESIDE, STACKED] = [388, 44]; // height beside the output map; of each row, above or below it
const [SMALLEST, LARGEST] = [24, 58];
const SVG = "http://www.w3.org/2000/svg";

// ---- The drawing's parts: made anew only when the network's shape or width changes

function layOut(view, data) {
  const { network } = view;
  const width = network.clientWidth;
  const rows = Math.max(...data.sizes.slice(0, -1), 3);
  const isBeside = view.root.clientWidth > width + 100;
  const height = HEAD + (isBeside ? BESIDE : STACKED * rows);
  network.replaceChildren();
  network.style.height = `${height}px`;
  const columns = data.sizes.length - 1;
  const pitch = Math.min((height - HEAD) / rows, LARGEST + 22);
  const across = (width - LABEL - 14) / columns;
  const size = Math.max(SMALLEST, Math.min(LARGEST, pitch - 9, 0.62 * across));
  const step = (width - LABEL - size - 14) / columns;
  const middle = HEAD + (height - HEAD) / 2;
  const at = (layer, node) => {
    const first = middle - (data.sizes[layer] * pitch) / 2;
    return [LABEL + layer * step, first + node * pitch + (pitch - size) / 2];
  };
  view.size = size;
  view.edges = drawEdges(view, data, at, width, height);
  view.nodes = [];
  for (let layer = 0; layer < columns; layer++) {
    const title = layer ? `layer ${layer}` : "features";
    if (step > 55 || !layer) put(network, "heading", at(layer, 0)[0] + size / 2, 0, title);
    view.nodes.push(data.titles.length && layer === 0 ? featureNodes(view, data, at) :
      hiddenNodes(view, data, layer, at));
  }
  view.outputBias = biasButton(view, data.sizes.length - 2, 0);
  view.outputBias.style.cssText = `left:${width - 13}px;top:${at(columns, 0)[1] + size / 2 - 6}px`;
  network.append(view.outputBias);
}

function put(parent, name, left, top, text) {
  const element = document.createElement("div");
  element.className = name;
  element.textContent = text;
  element.style.left = `${left}px`;
  element.style.top = `${top}px`;
  parent.append(element);
  return element;
}

function node(view, layer, index, [left, top]) {
  const box = put(view.network, "node", left, top, "");
  box.style.width = box.style.height = `${view.size}px`;
  const canvas = document.createElement("canvas");
  box.append(canvas);
  listen(view, canvas, layer, index);
  return { box, canvas };
}

function featureNodes(view, data, at) {
  return data.titles.map((title, index) => {
    const [left, top] = at(0, index);
    const label = put(view.network, "label", 0, top + view.size / 2 - 10, title);
    label.style.width = `${left - 6}px`;
    return node(view, 0, index, [left, top]);
  });
}

function hiddenNodes(view, data, layer, at) {
  return Array.from({ length: data.sizes[layer] }, (_, index) => {
    const made = node(view, layer, index, at(layer, index));
    made.bias = biasButton(view, layer - 1, index);
    made.box.append(made.bias);
    return made;
  });
}

function biasButton(view, layer, index) {
  const square = document.createElement("div");
  square.className = "bias";
  square.dataset.edge = `${layer + 1}-bias-${index + 1}`;
  square.onclick = () => view.choose(square.dataset.edge);
  square.onpointerenter = () => tellEdge(view, square.dataset.edge);
  square.onpointerleave = () => tell(view, "");
  return square;
}

function drawEdges(view, data, at, width, height) {
  const { size } = view;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("width", width);
  svg.setAttribute("height", height);
  view.network.append(svg);
  const edges = [];
  for (let layer = 0; layer < data.sizes.length - 1; layer++) {
    const isLast = layer === data.sizes.length - 2;
    for (let start = 0; start < data.sizes[layer]; start++) {
      for (let end = 0; end < data.sizes[layer + 1]; end++) {
        const [x1, y1] = at(layer, start);
        const [x2, y2] = isLast ? [width - 14, at(layer + 1, 0)[1]] : at(layer + 1, end);
        const [from, to] = [[x1 + size, y1 + size / 2], [x2, y2 + size / 2]];
        edges.push(edge(view, svg, `${layer + 1}-${start + 1}-${end + 1}`, from, to));
      }
    }
  }
  return edges;
}

function edge(view, svg, mark, [x1, y1], [x2, y2]) {
  const group = document.createElementNS(SVG, "g");
  group.dataset.edge = mark;
  const middle = (x1 + x2) / 2;
  const d = `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
  const [grip, line] = ["grip", "line"].map((name) => {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("class", name);
    path.setAttribute("d", d);
    group.append(path);
    return path;
  });
  grip.onclick = () => view.choose(mark);
  grip.onpointerenter = () => tellEdge(view, mark);
  grip.onpointerleave = () => tell(view, "");
  svg.append(group);
  return { mark, group, line };
}

// ---- Numbers under the pointer

function tell(view, text) {
  view.isTelling = text !== "";
  view.readout.textContent = text || view.data.hint;
}

function weightAt(view, mark) {
  const [layer, start, end] = mark.split("-");
  const { n, kernel, bias } = view.model.layers[layer - 1];
  return start === "bias" ? bias[end - 1] : kernel[(start - 1) * n + (end - 1)];
}

function nodeName(view, layer, index) {
  if (layer === 0) return view.data.titles[index];
  if (layer === view.data.sizes.length - 1) return "the output";
  return `node ${index + 1} of layer ${layer}`;
}

function tellEdge(view, mark) {
  const [layer, start, end] = mark.split("-");
  const to = nodeName(view, Number(layer), end - 1);
  const weight = weightAt(view, mark).toFixed(4);
  const what = start === "bias" ? `Bias of ${to}` :
    `Weight from ${nodeName(view, layer - 1, start - 1)} to ${to}`;
  tell(view, `${what}: ${weight}`);
}

// A pointer on a map: the place, and what the node says there.
function listen(view, canvas, layer, index) {
  canvas.onpointermove = (event) => {
    const box = canvas.getBoundingClientRect();
    // To two decimals, so that what is said is just the answer for the place that is said.
    const round = (value) => Number(value.toFixed(2));
    const x1 = round(((event.clientX - box.left) / box.width) * 2 * EDGE - EDGE);
    const x2 = round(EDGE - ((event.clientY - box.top) / box.height) * 2 * EDGE);
    const values = forwardPass(view.model, [x1], [x2]);
    const [at, which] = layer === null ? [values.length - 1, 0] : [layer, index];
    const name = nodeName(view, at, which);
    tell(view, `x₁ = ${x1.toFixed(2)}, x₂ = ${x2.toFixed(2)}: ${name} says ` +
      values[at][which][0].toFixed(4));
  };
  canvas.onpointerleave = () => tell(view, "");
}

function listenToChart(view) {
  view.chart.onpointermove = (event) => {
    const { epochs, train, test } = view.data.losses;
    const box = view.chart.getBoundingClientRect();
    const inside = (event.clientX - box.left) / box.width * CHART.width - CHART.left;
    const epoch = (inside / (CHART.width - CHART.left - CHART.right)) * Math.max(epochs.at(-1), 1);
    let nearest = 0;
    epochs.forEach((other, at) => {
      if (Math.abs(other - epoch) < Math.abs(epochs[nearest] - epoch)) nearest = at;
    });
    tell(view, `Epoch ${epochs[nearest].toFixed(1)}: training loss ${train[nearest]}, ` +
      `test loss ${test[nearest]}`);
  };
  view.chart.onpointerleave = () => tell(view, "");
}

// ---- Showing the weights

function showEdge(line, weight, colors) {
  line.setAttribute("stroke", weight < 0 ? colors.negative : colors.positive);
  const width = Math.min(0.4 + 2 * Math.log2(1 + Math.abs(weight)), 9);
  line.setAttribute("stroke-width", width.toFixed(2));
  line.setAttribute("stroke-opacity", Math.min(0.35 + Math.abs(weight), 0.95).toFixed(2));
}

function showBias(square, bias, colors) {
  square.style.background = bias < 0 ? colors.negative : bias > 0 ? colors.positive : "#8a949c";
  square.style.opacity = Math.min(0.35 + Math.abs(bias), 1);
}

function showWeights(view, data) {
  for (const { mark, line } of view.edges) showEdge(line, weightAt(view, mark), data.colors);
  const values = forwardPass(view.model, ...view.places);
  view.nodes.forEach((nodes, layer) => nodes.forEach(({ canvas, bias }, index) => {
    paintMap(canvas, values[layer][index], unitOf(values[layer][index]), data.colors);
    if (bias) showBias(bias, weightAt(view, bias.dataset.edge), data.colors);
  }));
  showBias(view.outputBias, weightAt(view, view.outputBias.dataset.edge), data.colors);
  const toUnit = data.regression ? (value) => value : (value) => 2 * value - 1;
  paintMap(view.map, values.at(-1)[0], toUnit, data.colors, 0.6); // paler than the points
  view.root.dataset.pictures = Number(view.root.dataset.pictures ?? 0) + 1;
}

function showMarks(view, data) {
  for (const element of view.root.querySelectorAll("[data-edge]")) {
    element.classList.toggle("chosen", element.dataset.edge === data.chosen);
  }
  view.nodes.forEach((nodes, layer) => nodes.forEach(({ box }, index) => {
    box.classList.toggle("dead", data.dead.includes(`${layer}-${index + 1}`));
  }));
}

function makeView(root) {
  const find = (selector) => root.querySelector(selector);
  const view = {
    root, network: find(".network"), map: find(".map"), points: find(".points"),
    chart: find(".chart"), numbers: find(".numbers"), readout: find(".readout"),
    places: gridPlaces(), shown: {}, isTelling: false,
  };
  listen(view, view.points, null, 0);
  listenToChart(view);
  new ResizeObserver(() => view.data && update(view, view.data)).observe(root);
  return view;
}

function update(view, data) {
  const { shown } = view;
  view.data = data;
  view.model = readNetwork(data);
  const shape = JSON.stringify([data.sizes, data.titles, view.network.clientWidth]);
  const isNew = shown.shape !== shape;
  if (isNew) layOut(view, data);
  const points = data.train + data.test;
  const side = view.points.clientWidth;
  if (shown.points !== points || shown.side !== side) paintPoints(view.points, data);
  const picture = data.weights + data.activation + data.last + data.features;
  if (isNew || shown.picture !== picture) showWeights(view, data);
  showMarks(view, data);
  view.chart.innerHTML = lossChart(data);
  view.chart.setAttribute("aria-label", data.chartAlt);
  view.network.setAttribute("aria-label", data.networkAlt);
  view.root.querySelector(".output").setAttribute("aria-label", data.outputAlt);
  view.numbers.innerHTML = data.numbers;
  if (!view.isTelling) view.readout.textContent = data.hint;
  view.shown = { shape, points, side, picture };
}

// Root element → its view, so that a call after a rerun or a change of theme finds it again.
const views = new WeakMap();

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".playground");
  if (!views.has(root)) views.set(root, makeView(root));
  const view = views.get(root);
  view.choose = (mark) => setTriggerValue("chosen", mark);
  update(view, data);
}
