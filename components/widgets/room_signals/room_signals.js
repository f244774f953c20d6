// The room's timer, counted here between two messages, the section in the spotlight, and the look
// for news.

const STYLE = "room-spotlight";
const TICK = 250; // milliseconds
const LATEST = 2000; // milliseconds that a look waits for the end of a run
const STILL = 300; // milliseconds that the visitor's hands must have been still before a look
const HANDS = ["pointerdown", "pointerup", "click", "keydown", "change"]; // not each step of a drag
const WAYS = "a[href]:not([href^='#'], [target=_blank]), [data-testid=stLogoLink]"; // to other pages
const UNDER_WAY = 5000; // milliseconds, the longest wait for the other page to begin

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

// No run goes on, so the browser has taken over all that the server has set.
function isQuiet() {
  return !document.querySelector('[data-test-script-state="running"]');
}

function isConnected() {
  const app = document.querySelector("[data-test-connection-state]");
  return !app || app.dataset.testConnectionState === "CONNECTED";
}

// When the visitor left for another page, until that page begins here. A look in between would
// name the old page and be done after the new one has run, and for a run of another page than the
// one it shows, a browser empties the screen.
let leftAt = -Infinity;
let page = null;

function onClick(event) {
  if (event.target instanceof Element && event.target.closest(WAYS)) leave();
}

function leave() {
  leftAt = performance.now();
}

// When the visitor last did something. What a browser asks for within one moment goes out as one
// message, for one fragment: of a click together with a look, the lab would not be drawn anew.
let busyAt = -Infinity;

function onHands(event) {
  if (!event.repeat) busyAt = performance.now();
}

function lookForNews(signals) {
  const now = performance.now();
  const wasHeldUp = !document.hidden && now > signals.calledAt + 2 * TICK; // clicks may wait, too
  signals.calledAt = now;
  if (now < signals.dueAt || !isConnected() || now < leftAt + UNDER_WAY) return;
  if (now < busyAt + STILL) return;
  if ((wasHeldUp || !isQuiet()) && now < signals.dueAt + LATEST) return;
  signals.dueAt = now + signals.pace;
  signals.send("look", now);
}

function keepLooking(signals, seconds, send) {
  clearInterval(signals.looking);
  signals.looking = null;
  signals.send = send; // each call's own: it knows the fragment to rerun
  if (seconds === null) return;
  signals.pace = 1000 * seconds;
  signals.calledAt = performance.now();
  signals.dueAt = signals.calledAt + signals.pace;
  signals.looking = setInterval(() => lookForNews(signals), Math.min(TICK, signals.pace));
}

// Elements → what they show, so that a call after a rerun finds it.
const all = new WeakMap();

export default function ({ parentElement, data, setTriggerValue }) {
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
  if (data.page !== page) leftAt = -Infinity;
  page = data.page;
  keepLooking(signals, data.pace, setTriggerValue);
  addEventListener("click", onClick, true);
  addEventListener("popstate", leave);
  for (const kind of HANDS) addEventListener(kind, onHands, { capture: true, passive: true });
  clearInterval(signals.ticking);
  signals.ticking = data.left === null ? null : setInterval(() => showTimer(signals), TICK);
  return () => {
    clearInterval(signals.ticking);
    clearInterval(signals.looking);
    removeEventListener("click", onClick, true);
    removeEventListener("popstate", leave);
    for (const kind of HANDS) removeEventListener(kind, onHands, true);
    light(null);
  };
}
