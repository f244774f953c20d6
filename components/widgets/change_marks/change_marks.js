// What the instructor changed: a line that says it, and a frame around each setting.

const SHOWN_FOR = 8000; // milliseconds
const STYLE = "room-change-marks";

function styleSheet() {
  let sheet = document.getElementById(STYLE);
  if (!sheet) {
    sheet = document.createElement("style");
    sheet.id = STYLE;
    document.head.append(sheet);
  }
  return sheet;
}

function frame(names) {
  const boxes = names.map((name) => `.st-key-${CSS.escape(name)}`);
  styleSheet().textContent = boxes.length
    ? `${boxes.join(",")} { outline: 3px solid light-dark(#009e73, #2db98f);
        outline-offset: 4px; border-radius: 0.4rem; }`
    : "";
}

// Which notice was shown last stands at the document, so that neither a rerun nor another page
// shows it again.
function say(line, notice, number) {
  const root = document.documentElement;
  if (root.dataset.roomNotice === String(number)) return;
  root.dataset.roomNotice = number;
  line.textContent = notice;
  line.hidden = !notice;
  setTimeout(() => {
    if (root.dataset.roomNotice === String(number)) line.hidden = true;
  }, SHOWN_FOR);
}

export default function ({ parentElement, data }) {
  frame(data.marked);
  say(parentElement.querySelector(".notice"), data.notice, data.number);
  return () => document.getElementById(STYLE)?.remove();
}
