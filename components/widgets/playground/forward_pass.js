// What every node says on a grid of places: the forward pass of
// components/concepts/dense_network.py, to which a browser test holds it.

const EDGE = 6; // the maps show -EDGE to EDGE, x1 to the right and x2 upwards
const CELLS = 44; // places along each side of a map

const FEATURES = {
  x1: (x1) => x1,
  x2: (x1, x2) => x2,
  x1sq: (x1) => x1 * x1,
  x2sq: (x1, x2) => x2 * x2,
  x1x2: (x1, x2) => x1 * x2,
  sinx1: (x1) => Math.sin(x1),
  sinx2: (x1, x2) => Math.sin(x2),
};

const ACTIVATIONS = {
  linear: (x) => x,
  relu: (x) => (x < 0 ? 0 : x),
  leaky_relu: (x) => (x < 0 ? 0.2 * x : x),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  elu: (x) => (x < 0 ? Math.expm1(x) : x),
};

// Keras's arrays, one after the other: for each layer its kernel, row by row, then its biases.
function readNetwork(data) {
  const bytes = Uint8Array.from(atob(data.weights), (letter) => letter.charCodeAt(0));
  const numbers = new Float32Array(bytes.buffer);
  const layers = [];
  let begin = 0;
  for (let place = 1; place < data.sizes.length; place++) {
    const [before, n] = [data.sizes[place - 1], data.sizes[place]];
    const kernel = numbers.subarray(begin, begin + before * n);
    const bias = numbers.subarray(begin + before * n, begin + before * n + n);
    const isLast = place === data.sizes.length - 1;
    layers.push({ before, n, kernel, bias, activation: isLast ? data.last : data.activation });
    begin += before * n + n;
  }
  return { features: data.features, layers };
}

// The values of all nodes, features first: one array of nodes for each layer, and each node an
// array of its values at the places (x1s[i], x2s[i]).
function forwardPass(network, x1s, x2s) {
  let before = network.features.map((name) =>
    Float64Array.from(x1s, (x1, i) => FEATURES[name](x1, x2s[i])),
  );
  const values = [before];
  for (const layer of network.layers) {
    const f = ACTIVATIONS[layer.activation];
    const nodes = [];
    for (let node = 0; node < layer.n; node++) {
      const sums = new Float64Array(x1s.length).fill(layer.bias[node]);
      for (let start = 0; start < layer.before; start++) {
        const weight = layer.kernel[start * layer.n + node];
        const inputs = before[start];
        for (let i = 0; i < sums.length; i++) sums[i] += weight * inputs[i];
      }
      for (let i = 0; i < sums.length; i++) sums[i] = f(sums[i]);
      nodes.push(sums);
    }
    values.push(nodes);
    before = nodes;
  }
  return values;
}

// The middles of the cells, row by row from the top left.
function gridPlaces() {
  const [x1s, x2s] = [new Float64Array(CELLS * CELLS), new Float64Array(CELLS * CELLS)];
  for (let row = 0; row < CELLS; row++) {
    for (let column = 0; column < CELLS; column++) {
      x1s[row * CELLS + column] = -EDGE + (2 * EDGE * (column + 0.5)) / CELLS;
      x2s[row * CELLS + column] = EDGE - (2 * EDGE * (row + 0.5)) / CELLS;
    }
  }
  return [x1s, x2s];
}
