/* SPDX-License-Identifier: EUPL-1.2 */
/* Draws on the map of map.js what several meet now, and the signals of a month in squares; words and tiles stand in
   situations/_on_map_legend.html, and situations/_on_map_table.html says the same. */

const TILE = 16; // px, as wide as the tiles of the legend
const LINE = 2;
const NORTH_WEST = 3; // corner of a square, as the server sends them

/** A tile of the legend as MapLibre wants its images, in a colour and as fine as the screen. */
function tileOf(path, colour) {
  const ratio = Math.max(1, Math.round(devicePixelRatio));
  const canvas = new OffscreenCanvas(TILE * ratio, TILE * ratio);
  const pen = canvas.getContext("2d");
  const isDotted = path.dataset.tile === "1";
  pen.scale(ratio, ratio);
  pen.lineWidth = isDotted ? 2 * LINE : LINE;
  pen.lineCap = isDotted ? "round" : "butt";
  pen.strokeStyle = colour;
  pen.stroke(new Path2D(path.getAttribute("d")));
  return [pen.getImageData(0, 0, canvas.width, canvas.height), { pixelRatio: ratio }];
}

/** Layers of squares: a ground, the tile of each, a line around it, and two around what is busier than the rest. */
const squareLayers = (map, legend) => (colours) => {
  for (const path of legend.querySelectorAll("[data-tile]")) {
    const name = `tile-${path.dataset.tile}`;
    if (map.hasImage(name)) map.removeImage(name);
    map.addImage(name, ...tileOf(path, colours.ink));
  }
  return [
    { type: "fill", paint: { "fill-color": colours.paper, "fill-opacity": 0.6 } },
    { type: "fill", paint: { "fill-pattern": ["concat", "tile-", ["get", "level"]], "fill-opacity": 0.55 } },
    { type: "line", paint: { "line-color": colours.ink, "line-width": 2 } },
    { type: "line", filter: ["get", "busy"], paint: { "line-color": colours.ink, "line-width": 10 } },
    { type: "line", filter: ["get", "busy"], paint: { "line-color": colours.paper, "line-width": 4 } },
  ];
};

const findLayers = (colours) => [
  { type: "fill", paint: { "fill-color": colours.paper, "fill-opacity": 0.01 } }, // to be chosen by
  { type: "line", paint: { "line-color": colours.paper, "line-width": 7 } },
  { type: "line", paint: { "line-color": colours.ink, "line-width": 4, "line-dasharray": [2, 1] } },
];

/** How many there are stands in a corner of each square as well: a tile alone has to be looked up. */
function writeLabel(made, { properties, geometry }) {
  const element = document.createElement("span");
  element.className = properties.busy ? "map__count map__count--busy" : "map__count";
  element.textContent = properties.label;
  element.setAttribute("aria-hidden", "true");
  element.setAttribute("role", "presentation");
  const corner = geometry.coordinates[0][NORTH_WEST];
  new made.library.Marker({ element, anchor: "top-left", offset: [4, 4] }).setLngLat(corner).addTo(made.map);
  return element;
}

/** Let the box of a layer show and hide it, with its labels; return what does so. */
function listen(made, box, labels) {
  const turn = () => {
    made.toggle(box.dataset.layer, box.checked);
    for (const label of labels) label.hidden = !box.checked;
  };
  box.addEventListener("change", turn);
  return turn;
}

async function draw(made, legend) {
  const answer = await fetch(legend.dataset.onMap, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const data = await answer.json();
  const layers = { squares: squareLayers(made.map, legend), finds: findLayers };
  const turns = {};
  for (const name of ["squares", "finds"]) {
    const box = legend.querySelector(`[data-layer="${name}"]`);
    if (!box) continue;
    made.add({ name, data: data[name], layers: layers[name], say: ({ said }) => said });
    const labelled = data[name].features.filter(({ properties }) => properties.label);
    turns[name] = listen(made, box, labelled.map((feature) => writeLabel(made, feature)));
  }
  for (const button of document.querySelectorAll("[data-show-on]")) {
    const { showOn, showKey } = button.dataset;
    button.hidden = false;
    button.addEventListener("click", () => {
      legend.querySelector(`[data-layer="${showOn}"]`).checked = true;
      turns[showOn]();
      made.show(showKey);
      made.figure.scrollIntoView({ block: "nearest" });
    });
  }
  legend.hidden = false;
  legend.dataset.layered = "";
}

document.addEventListener("scharnier:map", ({ detail: made }) => {
  const legend = made.figure.querySelector("[data-on-map]");
  if (legend) draw(made, legend).catch(() => legend.remove());
});
