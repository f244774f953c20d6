// A pad to draw a digit on. Strokes are kept as points from 0 to 1; the picture that is sent
// is `side` × `side` grey values, each the mean of a square of the canvas.

const CELL = 5; // canvas pixels along each side of a sent pixel
const BRUSH = 0.086; // of the pad's side: about 2.4 pixels once a digit is scaled to 20 × 20
const STEP = 1 / 28; // of the pad's side, for one press of an arrow key
const PAUSE = 120; // milliseconds from one picture to the next
const PATIENCE = 2000; // milliseconds to wait for an answer before sending all the same

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// By the pad's key. It outlives the pad's elements, so a drawing is there again after the
// learner has been on another page. This module runs once in a browser tab.
const drawings = new Map();

function drawingOf(key) {
  if (!drawings.has(key)) {
    drawings.set(key, { strokes: [], number: 0, sentAt: 0, isUnsent: false, timer: null });
  }
  return drawings.get(key);
}

// ---- Drawing

function paint(pad) {
  const { canvas, context, drawing } = pad;
  const size = canvas.width;
  context.fillStyle = "#000";
  context.fillRect(0, 0, size, size);
  context.strokeStyle = context.fillStyle = "#fff";
  context.lineWidth = BRUSH * size;
  context.lineCap = context.lineJoin = "round";
  for (const stroke of drawing.strokes) {
    context.beginPath();
    context.moveTo(stroke[0][0] * size, stroke[0][1] * size);
    for (const [x, y] of stroke) context.lineTo(x * size, y * size);
    context.stroke(); // a stroke of one point becomes a dot: its line has round ends
  }
  pad.undo.disabled = pad.clear.disabled = drawing.strokes.length === 0;
}

function changed(pad) {
  paint(pad);
  pad.drawing.isUnsent = true;
  pump(pad);
}

function startStroke(pad, point) {
  pad.drawing.strokes.push([point]);
}

function continueStroke(pad, point) {
  pad.drawing.strokes.at(-1).push(point);
}

function endStroke(pad) {
  pad.pointer = null;
  lift(pad);
}

function undo(pad) {
  if (!pad.drawing.strokes.length) return;
  endStroke(pad);
  pad.drawing.strokes.pop();
  changed(pad);
  say(pad, "Last stroke undone");
}

function clear(pad) {
  if (!pad.drawing.strokes.length) return;
  endStroke(pad);
  pad.drawing.strokes = [];
  changed(pad);
  say(pad, "Pad cleared");
}

// ---- Sending: not more often than every PAUSE, and the next picture after the last answer

function pump(pad) {
  const { drawing } = pad;
  clearTimeout(drawing.timer);
  if (!drawing.isUnsent) return;
  const isAnswered = pad.seen === drawing.number || drawing.number === 0;
  const wait = drawing.sentAt + (isAnswered ? PAUSE : PATIENCE) - Date.now();
  if (wait > 0) {
    drawing.timer = setTimeout(() => pump(pad), wait);
    return;
  }
  drawing.sentAt = Date.now();
  drawing.number = Math.max(drawing.number + 1, drawing.sentAt); // never one used before
  drawing.isUnsent = false;
  pad.send("drawing", { number: drawing.number, ink: inkText(pad) });
}

function inkText(pad) {
  const { canvas, context, side, drawing } = pad;
  if (!drawing.strokes.length) return "";
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  let text = "";
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      text += String.fromCharCode(Math.round(meanOfCell(data, canvas.width, row, column)));
    }
  }
  return btoa(text);
}

function meanOfCell(data, width, row, column) {
  let sum = 0;
  for (let y = row * CELL; y < (row + 1) * CELL; y++) {
    for (let x = column * CELL; x < (column + 1) * CELL; x++) sum += data[4 * (y * width + x)];
  }
  return sum / (CELL * CELL);
}

// ---- Mouse, pen and finger

function pointOf(pad, event) {
  const box = pad.canvas.getBoundingClientRect();
  return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
}

function onPointerDown(pad, event) {
  if (event.button !== 0 || pad.pointer !== null) return;
  leave(pad);
  pad.pointer = event.pointerId;
  pad.canvas.setPointerCapture(event.pointerId);
  startStroke(pad, pointOf(pad, event));
  changed(pad);
}

function onPointerMove(pad, event) {
  if (event.pointerId !== pad.pointer) return;
  const moves = event.getCoalescedEvents?.() ?? [];
  for (const move of moves.length ? moves : [event]) continueStroke(pad, pointOf(pad, move));
  changed(pad);
}

function onPointerEnd(pad, event) {
  if (event.pointerId === pad.pointer) pad.pointer = null;
}

// ---- Keyboard

function onKeyDown(pad, event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const arrow = ARROWS[event.key];
  if (arrow) movePen(pad, arrow);
  else if (event.key === " ") pad.isDown ? lift(pad) : lower(pad);
  else if (event.key === "Escape") lift(pad);
  else if (event.key === "Backspace") undo(pad);
  else if (event.key === "Delete") clear(pad);
  else return;
  event.preventDefault();
  event.stopPropagation(); // the page has shortcuts of its own on the arrow keys
}

function movePen(pad, [across, down]) {
  const [x, y] = pad.at;
  pad.at = [clip(x + across * STEP), clip(y + down * STEP)];
  showPen(pad);
  if (!pad.isDown) return;
  continueStroke(pad, pad.at);
  changed(pad);
}

function lower(pad) {
  if (pad.pointer !== null) return;
  pad.isDown = true;
  startStroke(pad, pad.at);
  showPen(pad);
  changed(pad);
  say(pad, "Pen down");
}

function lift(pad) {
  if (!pad.isDown) return;
  pad.isDown = false;
  pad.pen.classList.remove("down");
  say(pad, "Pen up");
}

function leave(pad) {
  lift(pad);
  pad.pen.classList.remove("shown");
}

function showPen(pad) {
  pad.pen.style.left = `${100 * pad.at[0]}%`;
  pad.pen.style.top = `${100 * pad.at[1]}%`;
  pad.pen.classList.add("shown");
  pad.pen.classList.toggle("down", pad.isDown);
}

function clip(value) {
  return Math.min(1, Math.max(0, value));
}

function say(pad, words) {
  pad.said.textContent = words;
}

// ---- The pad

function makePad(root, drawing) {
  const find = (selector) => root.querySelector(selector);
  const canvas = find("canvas");
  const pad = {
    canvas, drawing, context: canvas.getContext("2d", { willReadFrequently: true }),
    pen: find(".pen"), undo: find(".undo"), clear: find(".clear"), said: find(".said"),
    pointer: null, at: [0.5, 0.25], isDown: false, side: 0, seen: null, send: null,
  };
  canvas.addEventListener("pointerdown", (event) => onPointerDown(pad, event));
  canvas.addEventListener("pointermove", (event) => onPointerMove(pad, event));
  canvas.addEventListener("pointerup", (event) => onPointerEnd(pad, event));
  canvas.addEventListener("pointercancel", (event) => onPointerEnd(pad, event));
  canvas.addEventListener("keydown", (event) => onKeyDown(pad, event));
  canvas.addEventListener("blur", () => leave(pad));
  pad.undo.addEventListener("click", () => undo(pad));
  pad.clear.addEventListener("click", () => clear(pad));
  return pad;
}

// Elements of a pad → the pad, so that a call after a rerun or a change of theme finds it again.
const pads = new WeakMap();

export default function ({ parentElement, data, setStateValue }) {
  const root = parentElement.querySelector(".pad");
  const isNew = !pads.has(root);
  if (isNew) pads.set(root, makePad(root, drawingOf(data.key)));
  const pad = pads.get(root);
  pad.send = setStateValue; // each call's own: it knows the fragment to rerun
  pad.seen = data.seen;
  pad.canvas.setAttribute("aria-label", data.label);
  if (pad.side !== data.side) {
    pad.side = data.side;
    pad.canvas.width = pad.canvas.height = data.side * CELL;
    paint(pad);
  }
  if (isNew && pad.drawing.strokes.length && pad.seen !== pad.drawing.number) {
    pad.drawing.isUnsent = true; // the server forgot it while the pad was away
  }
  pump(pad);
}
