// The room's timer, counted here between two messages, and the section in the spotlight.

const STYLE = "room-spotlight";
const TICK = 250; // milliseconds

function clock(seconds) {
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function showTimer(signals) {
  const { timer, said, endsAt } = signals;
  timer.hidden = endsAt === null;
  if (endsAt === null) return;
  const left = (endsAt - performance.now()) / 1000;
  const isOver = left <= 0;
  timer.textContent = isOver ? "Time is up" : clock(left);
  timer.classList.toggle("over", isOver);
  const words = isOver ? "Time is up" : "";
  if (said.textContent !== words) said.textContent = words;
}

// A frame around a section. Where it is a heading, what follows it belongs to it.
function light(selector) {
  let sheet = document.getElementById(STYLE);
  if (!selector) {
    sheet?.remove();
    return;
  }
  if (!sheet) {
    sheet = document.createElement("style");
    sheet.id = STYLE;
    document.head.append(sheet);
  }
  sheet.textContent = `.stMain ${selector} {
    outline: 4px solid light-dark(#e69f00, #f0c244); outline-offset: 6px;
    border-radius: 0.4rem; scroll-margin-top: 4.5rem; }`;
}

function scrollTo(selector) {
  const found = document.querySelector(`.stMain ${selector}`);
  found?.scrollIntoView({ behavior: "smooth", block: "start" });
  return Boolean(found);
}

// Elements → what they show, so that a call after a rerun finds it.
const all = new WeakMap();

export default function ({ parentElement, data }) {
  const timer = parentElement.querySelector(".timer");
  if (!all.has(timer)) {
    all.set(timer, { timer, said: parentElement.querySelector(".said"), endsAt: null, scrolled: 0 });
  }
  const signals = all.get(timer);
  signals.endsAt = data.left === null ? null : performance.now() + 1000 * data.left;
  showTimer(signals);
  light(data.spotlight);
  if (data.spotlight && signals.scrolled !== data.number && scrollTo(data.spotlight)) {
    signals.scrolled = data.number; // once; the visitor may scroll on
  }
  clearInterval(signals.ticking);
  signals.ticking = data.left === null ? null : setInterval(() => showTimer(signals), TICK);
  return () => {
    clearInterval(signals.ticking);
    light(null);
  };
}
