/* SPDX-License-Identifier: EUPL-1.2 */
/* What the map and the picture of a network have in common: colours, buttons, fingers, and saying what was chosen. */

/** A token of the page's look, in the scheme that the reader has. */
export function readToken(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--scharnier-${name}`).trim();
}

/** Whether two boxes have a point in common; each as { left, top, width, height }. */
export function overlap(one, other) {
  return (
    one.left < other.left + other.width &&
    other.left < one.left + one.width &&
    one.top < other.top + other.height &&
    other.top < one.top + one.height
  );
}

/** Whether the reader wants things to stand still. */
export function isCalm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Let the buttons closer, further and whole do so, and paint anew when the reader turns to the dark or back. */
export function listenTo(figure, { zoom, paint }) {
  for (const button of figure.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => zoom(button.dataset.zoom));
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
}

/** One finger and the wheel keep moving the page; two fingers, or the wheel with Ctrl, move what is drawn. */
export function leaveScrolling(stage) {
  let isPinching = false;
  const pass = (event) => {
    if (event.touches.length > 1) isPinching = true;
    if (!isPinching) event.stopPropagation();
    if (!event.touches.length) isPinching = false;
  };
  for (const name of ["touchstart", "touchmove", "touchend", "touchcancel"]) {
    stage.addEventListener(name, pass, { capture: true, passive: true });
  }
  const turn = (event) => {
    if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
  };
  stage.addEventListener("wheel", turn, { capture: true, passive: true });
}

/** Say what was chosen in place of how to choose; nothing: the other way round. */
export function say(what, hint, chosen) {
  what.hidden = chosen === undefined;
  hint.hidden = !what.hidden;
  if (chosen === undefined) return;
  what.querySelector("strong").textContent = chosen.name;
  what.querySelector("span").textContent = chosen.words;
}
