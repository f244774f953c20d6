// Follows the sliders ahead of the server: computes the network's values and puts them into the
// drawing. The rules of the drawing are those of components/figures/network_diagram.py.

// ---- Numbers as components/concepts/written_sums.py writes them

function number(value, digits = 6) {
  if (value === 0) return "0";
  const power = Number(value.toExponential(digits - 1).split("e")[1]);
  const decimals = digits - 1 - power;
  const rounded = halfToEven(value, decimals);
  if (power < -4 || power >= digits) {
    const [mantissa] = rounded.toExponential(digits - 1).split("e");
    return `${bare(mantissa)}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
  }
  return bare(rounded.toFixed(decimals));
}

// Python takes the even digit where a number is just between two; JavaScript the larger.
function halfToEven(value, decimals) {
  const scaled = Math.abs(value) * 10 ** decimals;
  const below = Math.floor(scaled);
  const isTie = scaled - below === 0.5 && below % 2 === 0;
  return isTie ? (Math.sign(value) * below) / 10 ** decimals : value;
}

function bare(text) {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function factor(value) {
  const text = number(value);
  return text.startsWith("-") ? `(${text})` : text;
}

function short(value) {
  const text = number(value, 4);
  return text.length <= 6 ? text : number(value, 2);
}

// ---- The forward pass

// Each layer's nodes with their pairs (value, weight), sum and output, from the settings' values.
function forwardPass(network, values) {
  let before = network.inputs.map((name) => values[name]);
  return network.layers.map((layer) => {
    const nodes = layer.nodes.map((node) => {
      const products = node.weights.map((name, start) => [before[start], values[name]]);
      const bias = node.bias ? values[node.bias] : 0;
      const sum = products.reduce((total, [value, weight]) => total + value * weight, 0) + bias;
      const pairs = node.bias ? [[1, bias], ...products] : products;
      return { pairs, sum, output: layer.activation ? Math.max(0, sum) : sum };
    });
    before = nodes.map((node) => node.output);
    return nodes;
  });
}

function writtenOut(name, activation, node) {
  const products = node.pairs.map(([value, weight]) => `${factor(value)}·${factor(weight)}`);
  const text = `${name}: ${products.join(" + ")} = ${number(node.sum)}`;
  return activation ? `${text}, ${activation}(${number(node.sum)}) = ${number(node.output)}` : text;
}

// ---- Into the drawing

function putText(element, text) {
  if (element && element.textContent !== text && element.textContent !== "?") {
    element.textContent = text;
    return true;
  }
  return false;
}

function putValue(svg, mark, value) {
  const group = svg.querySelector(`[data-node="${mark}"]`);
  const text = group.querySelector(".value");
  if (!putText(text, short(value))) return;
  const radius = Number(group.querySelector("circle").getAttribute("r"));
  const font = Number(svg.getAttribute("font-size"));
  const fitting = ((2 * radius) / (0.62 * text.textContent.length)) * 0.95;
  const size = Math.min(1.15 * font, fitting);
  text.setAttribute("font-size", size.toFixed(1));
  const middle = Number(group.querySelector("circle").getAttribute("cy"));
  text.setAttribute("y", (middle + 0.35 * size).toFixed(1));
}

function putWeight(svg, mark, weight, colors) {
  const color = weight === 0 ? colors.zero : weight > 0 ? colors.positive : colors.negative;
  const edge = svg.querySelector(`[data-edge="${mark}"]`);
  const width = Math.min(1.5 + 1.6 * Math.log2(1 + Math.abs(weight)), 13);
  const line = edge.querySelector(".line");
  line.setAttribute("stroke", color);
  line.setAttribute("stroke-width", width.toFixed(1));
  if (weight === 0) line.setAttribute("stroke-dasharray", "2 5");
  else line.removeAttribute("stroke-dasharray");
  edge.querySelector(".ring").setAttribute("stroke-width", (width + 7).toFixed(1));
  const label = svg.querySelector(`[data-label="${mark}"]`);
  if (!label || !putText(label.querySelector("text"), short(weight))) return;
  const font = Number(svg.getAttribute("font-size"));
  const box = Math.max(0.62 * font * short(weight).length + 10, 26);
  const middle = Number(label.querySelector("text").getAttribute("x"));
  const rect = label.querySelector("rect");
  rect.setAttribute("stroke", color);
  rect.setAttribute("width", box.toFixed(1));
  rect.setAttribute("x", (middle - box / 2).toFixed(1));
}

// All numbers of the drawing and of the sums under it. What is a "?" there stays one.
function putNumbers(svg, sums, network, values, colors) {
  network.inputs.forEach((name, index) => putValue(svg, `0-${index + 1}`, values[name]));
  forwardPass(network, values).forEach((nodes, place) => {
    const layer = network.layers[place];
    nodes.forEach((node, index) => {
      const { name, bias, weights } = layer.nodes[index];
      const mark = `${place + 1}-${index + 1}`;
      putValue(svg, mark, node.output);
      putText(svg.querySelector(`[data-node="${mark}"] .below`), `sum ${short(node.sum)}`);
      if (bias) putWeight(svg, `${place + 1}-bias-${index + 1}`, values[bias], colors);
      weights.forEach((weight, start) => {
        putWeight(svg, `${place + 1}-${start + 1}-${index + 1}`, values[weight], colors);
      });
      for (const line of sums) {
        const isKnown = line.textContent.startsWith(`${name}: `) && !line.textContent.endsWith("?");
        if (isKnown) putText(line, writtenOut(name, layer.activation, node));
      }
    });
  });
}
