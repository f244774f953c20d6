// A map to click on: tells the server the two numbers of the place.

function placeOf(event, svg, data) {
  const point = new DOMPoint(event.clientX, event.clientY);
  const { x, y } = point.matrixTransform(svg.getScreenCTM().inverse());
  const [left, top, width, height] = data.frame;
  const [across, up] = [(x - left) / width, 1 - (y - top) / height];
  if (across < 0 || across > 1 || up < 0 || up > 1) return null;
  const span = data.high - data.low;
  const round = (value) => Number(value.toFixed(2));
  return { x: round(data.low + across * span), y: round(data.low + up * span) };
}

// Element of a map → the ground and the walks that it shows.
const drawn = new WeakMap();

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".place-picker");
  const before = drawn.get(root) ?? {};
  if (before.ground !== data.ground) root.innerHTML = data.ground;
  if (before.ground !== data.ground || before.walks !== data.walks) {
    root.querySelector(".walks").innerHTML = data.walks;
  }
  drawn.set(root, { ground: data.ground, walks: data.walks });
  root.style.setProperty("--widest", data.widest);
  const svg = root.querySelector("svg");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", data.alt);
  root.onclick = (event) => {
    const place = placeOf(event, svg, data);
    if (place) setTriggerValue("picked", place);
  };
}
