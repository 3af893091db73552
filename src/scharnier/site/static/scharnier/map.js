/* SPDX-License-Identifier: EUPL-1.2 */
/* Draws areas and places on a map; the words stand in mapping/_stage.html, and the list beside it says the same.
   The library and its worker are fetched from the addresses that the page tells, and only here. Another script
   adds its own layer when the page says that the map is there:
     document.addEventListener("scharnier:map", ({ detail: map }) => map.add(overlay)); */

/**
 * @typedef {{ accent: string, tint: string, ink: string, paper: string, ground: string, edge: string }} Colours
 *   The tokens of the page, in the scheme that the reader has.
 * @typedef {object} Overlay  What is drawn over the areas and under the places.
 * @property {string} name  Of its own; the map calls its layers after it.
 * @property {object} data  A GeoJSON collection; the property `key` of a feature names it in the list too.
 * @property {(colours: Colours) => object[]} layers  MapLibre layers without id and source, lowest first.
 * @property {(properties: object) => string} [say]  The words for a feature that was chosen, after its name.
 */

import { isCalm, leaveScrolling, listenTo, overlap, readToken, say } from "./stage.js";

const PADDING = 32; // px around what is shown
const NEAREST = 16.5; // zoom
const NO_BOUNDS = [180, 90, -180, -90];
const READY = "scharnier:map";
const PLACE = 9; // px, half as wide as a place is drawn

/** How far aside of its middle a name may stand, in px to the right and down: nearest first, and rather above. */
const steps = (furthest, step) => Array.from({ length: 2 * furthest + 1 }, (_, at) => (at - furthest) * step);
const ASIDE = steps(13, 6)
  .flatMap((down) => steps(7, 12).map((right) => [right, down]))
  .sort((one, other) => Math.hypot(...one) - Math.hypot(...other) || one[1] - other[1]);

/** @returns {Colours} */
function readColours() {
  return {
    accent: readToken("accent"),
    tint: readToken("accent-tint"),
    ink: readToken("ink"),
    paper: readToken("surface"),
    ground: readToken("sunken"),
    edge: readToken("edge"),
  };
}

/** The box around coordinates, however deep they lie: [west, south, east, north]. */
function boundsOf(coordinates, [west, south, east, north] = NO_BOUNDS) {
  if (typeof coordinates[0] === "number") {
    const [x, y] = coordinates;
    return [Math.min(west, x), Math.min(south, y), Math.max(east, x), Math.max(north, y)];
  }
  return coordinates.reduce((found, inner) => boundsOf(inner, found), [west, south, east, north]);
}

function together(features) {
  return features.reduce((found, feature) => boundsOf(feature.geometry.coordinates, found), NO_BOUNDS);
}

/** Whether a point lies within polygons: a line from it to the east crosses their rings an odd number of times. */
function isWithin(polygons, { lng, lat }) {
  const crosses = ([x1, y1], [x2, y2]) => y1 > lat !== y2 > lat && lng < x1 + ((x2 - x1) * (lat - y1)) / (y2 - y1);
  const rings = polygons.flat();
  return rings.flatMap((ring) => ring.slice(1).filter((to, at) => crosses(ring[at], to))).length % 2 === 1;
}

/** Layers of areas: ground, then each area with its line; the chosen one stands out by width, not by colour alone. */
const areaLayers = (colours) => [
  { type: "fill", paint: { "fill-color": colours.tint, "fill-opacity": 0.55 } },
  {
    type: "line",
    layout: { "line-join": "round" },
    paint: { "line-color": colours.accent, "line-width": ["case", ["==", ["get", "depth"], 0], 2.5, 1.5] },
  },
];

const placeLayers = (colours) => [
  {
    type: "circle",
    paint: {
      "circle-color": colours.accent,
      "circle-radius": 7,
      "circle-stroke-color": colours.paper,
      "circle-stroke-width": 2,
    },
  },
];

const chosenLayers = (colours) => [
  { type: "line", layout: { "line-join": "round" }, paint: { "line-color": colours.ink, "line-width": 4 } },
  {
    type: "circle",
    filter: ["==", ["geometry-type"], "Point"],
    paint: {
      "circle-color": colours.accent,
      "circle-radius": 11,
      "circle-stroke-color": colours.ink,
      "circle-stroke-width": 3,
    },
  },
];

class NetworkMap {
  constructor(figure, library, found) {
    this.figure = figure;
    this.stage = figure.querySelector(".map__stage");
    this.found = new Map();
    this.overlays = [];
    this.isReady = false;
    this.library = library;
    const { areas, places } = found;
    this.bounds = together([...areas.features, ...places.features]);
    this.map = new library.Map({
      attributionControl: false,
      bounds: together(areas.features.length ? areas.features : places.features), // a town hall may lie far off
      container: this.stage,
      dragRotate: false,
      fadeDuration: 0,
      fitBoundsOptions: { padding: PADDING, maxZoom: NEAREST },
      locale: { "Map.Title": figure.dataset.title },
      maxZoom: 18,
      pitchWithRotate: false,
      style: { version: 8, sources: {}, layers: [{ id: "ground", type: "background", paint: {} }] },
      touchPitch: false,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.add({ name: "areas", data: areas, layers: areaLayers, say: (area) => this.sayArea(area) });
    this.add({ name: "places", data: places, layers: placeLayers, say: ({ organizations }) => organizations.join(", ") });
    this.names = [...areas.features]
      .sort((one, other) => other.properties.depth - one.properties.depth)
      .map((feature) => this.writeName(feature));
    this.chosen = this.empty();
    this.listen();
  }

  /** @returns {Promise<NetworkMap>} once everything is drawn. */
  drawn() {
    return new Promise((resolve, reject) => {
      this.map.once("error", ({ error }) => reject(error));
      this.map.once("load", () => {
        this.isReady = true;
        this.paint();
        this.map.once("idle", () => resolve(this));
      });
    });
  }

  /**
   * Draw something more, above what was there and under the places.
   * @param {Overlay} overlay
   */
  add(overlay) {
    for (const feature of overlay.data.features) this.found.set(feature.properties.key, { feature, overlay });
    const last = this.overlays.findIndex(({ name }) => name === "places");
    this.overlays.splice(last < 0 ? this.overlays.length : last, 0, overlay);
    if (this.isReady) this.paint();
  }

  /**
   * Show or hide what was added under a name.
   * @param {string} name
   * @param {boolean} isShown
   */
  toggle(name, isShown) {
    this.overlays.find((overlay) => overlay.name === name).isHidden = !isShown;
    if (!isShown && this.found.get(this.key)?.overlay.name === name) this.choose(null);
    this.paint();
  }

  empty() {
    return { type: "FeatureCollection", features: [] };
  }

  /** Lay every layer anew, in the colours of now. */
  paint() {
    const { map } = this;
    const colours = readColours();
    map.setPaintProperty("ground", "background-color", colours.ground);
    for (const { id } of map.getStyle().layers.filter(({ id }) => id !== "ground")) map.removeLayer(id);
    const chosen = { name: "chosen", data: this.chosen, layers: chosenLayers };
    for (const { name, data, layers } of [...this.overlays.filter(({ isHidden }) => !isHidden), chosen]) {
      if (!map.getSource(name)) map.addSource(name, { type: "geojson", data });
      layers(colours).forEach((layer, at) => map.addLayer({ ...layer, id: `${name}-${at}`, source: name }));
    }
  }

  /** Names are HTML: they need no fetched letters, and wear the typeface of the page. */
  writeName({ properties: { name, middle }, geometry }) {
    const element = document.createElement("span");
    element.className = "map__name";
    element.textContent = name;
    element.setAttribute("aria-hidden", "true");
    element.setAttribute("role", "presentation");
    const marker = new this.library.Marker({ element }).setLngLat(middle).addTo(this.map);
    return { element, marker, middle, polygons: geometry.coordinates };
  }

  /** Put each name where it covers no place, no number and no other name, those of the innermost areas first; one
      that finds no room within its area waits until the map comes closer, and stands in the list. */
  placeNames() {
    const taken = [...this.boxesOfPlaces(), ...this.boxesOfNumbers()];
    for (const name of this.names) {
      const found = this.findRoom(name, taken);
      name.element.classList.toggle("map__name--covered", found === undefined);
      if (found === undefined) continue;
      name.marker.setOffset(found.aside);
      taken.push(found.box);
    }
  }

  findRoom({ element, middle, polygons }, taken) {
    const { x, y } = this.map.project(middle);
    const { offsetWidth: width, offsetHeight: height } = element;
    const { clientWidth, clientHeight } = this.stage;
    for (const aside of ASIDE) {
      const [right, down] = [x + aside[0], y + aside[1]];
      const box = { left: right - width / 2, top: down - height / 2, width, height };
      if (box.left < 0 || box.left + width > clientWidth || box.top < 0 || box.top + height > clientHeight) continue;
      if (taken.some((other) => overlap(box, other))) continue;
      if (isWithin(polygons, this.map.unproject([right, down]))) return { aside, box };
    }
    return undefined;
  }

  boxesOfPlaces() {
    const places = [...this.found.values()].filter(({ overlay }) => overlay.name === "places");
    return places.map(({ feature }) => {
      const { x, y } = this.map.project(feature.geometry.coordinates);
      return { left: x - PLACE, top: y - PLACE, width: 2 * PLACE, height: 2 * PLACE };
    });
  }

  /** Numbers that another script wrote on the map. */
  boxesOfNumbers() {
    const frame = this.stage.getBoundingClientRect();
    return [...this.stage.querySelectorAll(".map__count")].map((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return { left: left - frame.left, top: top - frame.top, width, height };
    });
  }

  listen() {
    this.map.on("click", ({ point }) => this.choose(this.keyAt(point)));
    this.map.on("mousemove", ({ point }) => {
      this.map.getCanvas().style.cursor = this.keyAt(point) === null ? "" : "pointer";
    });
    this.map.on("idle", () => this.placeNames());
    listenTo(this.figure, { zoom: (way) => this.zoom(way), paint: () => this.paint() });
    leaveScrolling(this.stage);
    this.figure.querySelector("[data-read]").addEventListener("click", () => this.read());
    for (const button of document.querySelectorAll("[data-show]")) {
      button.hidden = false;
      button.addEventListener("focus", () => this.show(button.dataset.show));
      button.addEventListener("click", () => {
        this.show(button.dataset.show);
        this.figure.scrollIntoView({ block: "nearest" });
      });
    }
  }

  /** What lies uppermost under a point of the screen, within a finger's width; null when there is nothing. */
  keyAt({ x, y }) {
    const near = [
      [x - 8, y - 8],
      [x + 8, y + 8],
    ];
    const ids = (isAtPoint) =>
      this.map
        .getStyle()
        .layers.filter(({ source, type }) => source && source !== "chosen" && (type === "circle") !== isAtPoint)
        .map(({ id }) => id);
    const hit = [
      ...this.map.queryRenderedFeatures(near, { layers: ids(false) }),
      ...this.map.queryRenderedFeatures([x, y], { layers: ids(true) }),
    ].filter(({ properties }) => properties.key);
    const depth = ({ properties }) => properties.depth ?? Infinity;
    return hit.length ? hit.reduce((one, other) => (depth(other) > depth(one) ? other : one)).properties.key : null;
  }

  /** Bring something of the list into sight. */
  show(key) {
    this.choose(key);
    const { feature } = this.found.get(key);
    this.move((still) =>
      this.map.fitBounds(boundsOf(feature.geometry.coordinates), { padding: PADDING, maxZoom: NEAREST, ...still }),
    );
  }

  choose(key) {
    const one = key === null ? undefined : this.found.get(key);
    this.key = one ? key : null;
    this.chosen = { ...this.empty(), features: one ? [one.feature] : [] };
    this.map.getSource("chosen").setData(this.chosen);
    for (const line of document.querySelectorAll("[data-key]")) {
      line.classList.toggle("mapped--chosen", line.dataset.key === this.key);
    }
    this.say(one);
  }

  say(one) {
    const words = one && { name: one.feature.properties.name, words: one.overlay.say?.(one.feature.properties) ?? "" };
    say(this.figure.querySelector(".map__what"), this.figure.querySelector(".map__hint"), words);
  }

  sayArea({ n_places: n }) {
    return `${n} ${n === 1 ? this.figure.dataset.place : this.figure.dataset.places}`;
  }

  /** Go from the map to the same in the list. */
  read() {
    document.querySelector(`[data-key="${CSS.escape(this.key)}"]`).focus();
  }

  move(go) {
    go({ animate: !isCalm(), duration: 300 });
  }

  zoom(way) {
    if (way === "all") this.move((still) => this.map.fitBounds(this.bounds, { padding: PADDING, ...still }));
    else this.move((still) => this.map.easeTo({ zoom: this.map.getZoom() + (way === "in" ? 1 : -1), ...still }));
  }
}

async function draw(figure) {
  if (!document.createElement("canvas").getContext("webgl2")) throw new Error("nothing to draw with");
  const { library, worker, map } = figure.dataset;
  const [maplibre, answer] = await Promise.all([
    import(library),
    fetch(map, { headers: { Accept: "application/json" } }),
    document.fonts.load('1em "Atkinson Hyperlegible"'),
  ]);
  if (!answer.ok) throw new Error(`${answer.status}`);
  maplibre.setWorkerUrl(worker);
  const found = await answer.json();
  figure.hidden = false;
  const made = await new NetworkMap(figure, maplibre, found).drawn();
  figure.querySelector(".map__stage").networkMap = made;
  figure.dataset.drawn = "";
  document.dispatchEvent(new CustomEvent(READY, { detail: made }));
}

const figure = document.querySelector("[data-map]");
if (figure) {
  draw(figure).catch(() => {
    figure.hidden = true;
    figure.dataset.failed = "";
  });
}
