// Maps, points and the loss chart.

const MIDDLE = [246, 246, 242];

function rgb(color) {
  return [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
}

// A map of values: `toUnit` brings them to -1 (negative colour) … 1 (positive colour).
function paintMap(canvas, values, toUnit, colors, strength = 0.9) {
  if (canvas.width !== CELLS) canvas.width = canvas.height = CELLS;
  const context = canvas.getContext("2d");
  const image = context.createImageData(CELLS, CELLS);
  const [negative, positive] = [rgb(colors.negative), rgb(colors.positive)];
  for (let i = 0; i < values.length; i++) {
    const unit = Math.max(-1, Math.min(1, toUnit(values[i])));
    const end = unit < 0 ? negative : positive;
    const share = strength * Math.abs(unit);
    for (let part = 0; part < 3; part++) {
      image.data[4 * i + part] = MIDDLE[part] + share * (end[part] - MIDDLE[part]);
    }
    image.data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

// How a hidden node's values are brought to -1 … 1: as they are, or by the largest of them.
function unitOf(values) {
  let largest = 1;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return (value) => value / largest;
}

// Points come as bytes: x1 and x2 in twentieths, the target in hundredths; each of them signed.
function readPoints(text) {
  return Int8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

function paintPoints(canvas, data) {
  const side = Math.round(canvas.getBoundingClientRect().width * (window.devicePixelRatio || 1));
  if (!side) return;
  canvas.width = canvas.height = side;
  const context = canvas.getContext("2d");
  if (data.test) paintSet(context, readPoints(data.test), data, false);
  paintSet(context, readPoints(data.train), data, true);
}

function paintSet(context, points, data, isTrain) {
  const side = context.canvas.width;
  const size = side / 75;
  const place = (value) => ((value / 20 + EDGE) / (2 * EDGE)) * side;
  for (let i = 0; i < points.length; i += 3) {
    const [x, y, target] = [place(points[i]), side - place(points[i + 1]), points[i + 2] / 100];
    const color = pointColor(target, data);
    context.beginPath();
    if (data.regression || target > 0) context.arc(x, y, size, 0, 2 * Math.PI);
    else context.rect(x - 0.9 * size, y - 0.9 * size, 1.8 * size, 1.8 * size);
    context.lineWidth = isTrain ? side / 300 : side / 130;
    context.fillStyle = isTrain ? color : "#ffffff";
    context.strokeStyle = isTrain ? "#ffffff" : color;
    context.fill();
    context.stroke();
  }
}

function pointColor(target, data) {
  if (!data.regression) return target > 0 ? data.colors.positive : data.colors.negative;
  const end = rgb(target > 0 ? data.colors.positive : data.colors.negative);
  const share = 0.25 + 0.75 * Math.min(1, Math.abs(target));
  const parts = end.map((part, at) => Math.round(MIDDLE[at] + share * (part - MIDDLE[at])));
  return `rgb(${parts.join(" ")})`;
}

// ---- The loss chart

const CHART = { width: 280, height: 150, left: 44, right: 8, top: 20, bottom: 34 };

const DASHED = 'stroke-dasharray="5 3"';

function niceTop(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 3, 4, 6, 8, 10].find((digit) => digit * power >= value) * power;
}

function lossChart(data) {
  const { epochs, train, test } = data.losses;
  const highest = Math.max(...train, ...test, 1e-6);
  const [top, end] = [niceTop(highest), Math.max(epochs.at(-1) ?? 0, 1)];
  const { width, height, left, right, top: above, bottom } = CHART;
  const x = (epoch) => left + (epoch / end) * (width - left - right);
  const y = (loss) => height - bottom - (loss / top) * (height - above - bottom);
  const path = (values) =>
    values.map((loss, at) => `${at ? "L" : "M"}${x(epochs[at]).toFixed(1)} ${y(loss).toFixed(1)}`);
  const ticks = [0, 0.5, 1].map((share) => tick(left, width - right, y(share * top), share * top));
  const mark = data.moment === null ? "" :
    `<line x1="${x(data.moment)}" x2="${x(data.moment)}" y1="${above}" y2="${height - bottom}"
      stroke="currentColor" stroke-width="2" stroke-dasharray="2 2"/>`;
  return `<svg viewBox="0 0 ${width} ${height}">
    ${legend(left, "training", data.colors.train, "")}
    ${legend(left + 90, "test", data.colors.test, DASHED)}${ticks.join("")}
    <text x="${left}" y="${height - 18}" fill="currentColor" text-anchor="middle">0</text>
    <text x="${width - right}" y="${height - 18}" fill="currentColor"
      text-anchor="end">${short(end)}</text>
    <text x="${(left + width) / 2}" y="${height - 4}" fill="currentColor"
      text-anchor="middle">epoch</text>
    <text transform="translate(11 ${(above + height - bottom) / 2}) rotate(-90)"
      fill="currentColor" text-anchor="middle">loss</text>${mark}
    <path d="${path(train).join("")}" fill="none" stroke="${data.colors.train}" stroke-width="2"/>
    <path d="${path(test).join("")}" fill="none" stroke="${data.colors.test}" stroke-width="2"
      ${DASHED}/></svg>`;
}

function legend(x, name, color, dashes) {
  return `<line x1="${x}" x2="${x + 22}" y1="9" y2="9" stroke="${color}" stroke-width="3" ${dashes}/>
    <text x="${x + 27}" y="13" fill="currentColor">${name}</text>`;
}

function tick(from, to, y, value) {
  return `<line x1="${from}" x2="${to}" y1="${y}" y2="${y}" stroke="currentColor"
    stroke-opacity="0.2"/><text x="${from - 4}" y="${y + 4}" fill="currentColor"
    text-anchor="end">${short(value)}</text>`;
}

function short(value) {
  return String(Number(value.toPrecision(2)));
}
