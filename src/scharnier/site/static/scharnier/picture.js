/* SPDX-License-Identifier: EUPL-1.2 */
/* Draws the network on a canvas; the words stand in picture/_stage.html, and the table beside it says the same.
   Needs graphology.umd.min.js and sigma.min.js, which define the names graphology and Sigma. */

import { isCalm, leaveScrolling, listenTo, overlap, readToken, say } from "./stage.js";

const TURN_DIM = 0.12; // how much stays of what is not chosen
const SMALLEST = 4;
const LARGEST = 11; // half the width of a node, px
const EDGES = {
  strong: { size: 2.6, alpha: 0.45 },
  normal: { size: 1.6, alpha: 0.38 },
  weak: { size: 0.9, alpha: 0.35 },
  membership: { size: 0.8, alpha: 0.3 },
};
const MANY = 400; // nodes from which lines are drawn fainter, so that the nodes stay in sight

const LABEL = 14; // px
const LINE = LABEL + 4;
const WIDEST = 1.8; // how far the square of places may be stretched to fill its frame
const NARROWEST = 0.7;

/* Shapes: a distance to the edge in px for each kind, so that colour is never the only difference. */
const DISTANCE = {
  person: "length(v_diffVector) - v_radius * 0.9",
  organization: "max(abs(v_diffVector.x), abs(v_diffVector.y)) - v_radius * 0.7",
  community: "(abs(v_diffVector.x) + abs(v_diffVector.y)) - v_radius",
};

const paper = [1, 1, 1];

function shaderOf(kind) {
  return `
precision highp float;
varying vec4 v_color;
varying vec2 v_diffVector;
varying float v_radius;
uniform float u_correctionRatio;
uniform vec3 u_paper;
void main(void) {
  float pixel = u_correctionRatio;
  float outside = ${DISTANCE[kind]};
  #ifdef PICKING_MODE
  gl_FragColor = outside > 0.0 ? vec4(0.0) : v_color;
  #else
  float cover = 1.0 - smoothstep(-pixel, 0.0, outside);
  float inner = 1.0 - smoothstep(-3.0 * pixel, -2.0 * pixel, outside);
  gl_FragColor = mix(vec4(u_paper, 1.0), v_color, inner) * cover;
  #endif
}`;
}

function programOf(kind) {
  return class extends Sigma.rendering.NodeCircleProgram {
    getDefinition() {
      const usual = super.getDefinition();
      return { ...usual, UNIFORMS: [...usual.UNIFORMS, "u_paper"], FRAGMENT_SHADER_SOURCE: shaderOf(kind) };
    }

    setUniforms(given, info) {
      super.setUniforms(given, info);
      info.gl.uniform3fv(info.uniformLocations.u_paper, paper);
    }
  };
}

function readColours() {
  const colours = {
    person: readToken("accent"),
    organization: readToken("ink"),
    community: readToken("limited"),
    ink: readToken("ink"),
    paper: readToken("surface"),
    line: readToken("edge"),
    font: readToken("font"),
  };
  paper.splice(0, 3, ...channels(colours.paper).map((value) => value / 255));
  return colours;
}

function channels(colour) {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

/* What lies beneath a fainter colour is the paper, so a lighter colour says the same and stays crisp. */
function faded(colour, share, ground) {
  const under = channels(ground);
  const mixed = channels(colour).map((value, at) => Math.round(value * share + under[at] * (1 - share)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

function makeGraph(found, stretch) {
  const graph = new graphology.Graph({ type: "undirected" });
  for (const [id, name, kind, x, y] of found.nodes) {
    graph.addNode(id, { label: name, kind, type: kind, x: x * stretch, y });
  }
  const keyOf = (number) => found.nodes[number][0];
  for (const [source, target, kind] of found.edges) {
    graph.mergeEdge(keyOf(source), keyOf(target), { kind });
  }
  const most = Math.max(1, ...graph.mapNodes((id) => graph.degree(id)));
  graph.forEachNode((id) => {
    const share = Math.sqrt(graph.degree(id) / most);
    graph.setNodeAttribute(id, "size", SMALLEST + (LARGEST - SMALLEST) * share);
  });
  return graph;
}

/* Where a name can stand: beside its node, at either side, or above or beneath it. */
function placesAround({ x, y, size }, width) {
  const height = LINE;
  const [beside, middle] = [y - LINE / 2, x - width / 2];
  return [
    { left: x + size + 4, top: beside, width, height },
    { left: x - size - 4 - width, top: beside, width, height },
    { left: middle, top: y - size - LINE - 1, width, height },
    { left: middle, top: y + size + 1, width, height },
  ];
}

function boxOf({ x, y, size }) {
  return { left: x - size, top: y - size, width: size * 2, height: size * 2 };
}

class Picture {
  constructor(figure, found) {
    this.figure = figure;
    this.stage = figure.querySelector(".picture__stage");
    const { width, height } = this.stage.getBoundingClientRect();
    this.graph = makeGraph(found, Math.min(WIDEST, Math.max(NARROWEST, width / height)));
    this.labels = [];
    this.isNarrow = width < 600;
    this.colours = readColours();
    this.chosen = null;
    this.near = new Set();
    this.fade = this.graph.order > MANY ? 0.5 : 1;
    if (this.graph.hasNode(figure.dataset.own)) {
      this.graph.updateNodeAttribute(figure.dataset.own, "label", (name) => `${name} (${figure.dataset.you})`);
    }
    this.renderer = new Sigma(this.graph, this.stage, this.settings());
    this.listen();
    this.renderer.refresh(); // with the names, which the first drawing did not wait for
  }

  settings() {
    return {
      allowInvalidContainer: true,
      defaultDrawNodeHover: (context, node) => this.drawHover(context, node),
      defaultDrawNodeLabel: (_context, node) => this.labels.push({ ...node }),
      edgeReducer: (id, edge) => this.reduceEdge(id, edge),
      labelDensity: 1,
      labelGridCellSize: this.isNarrow ? 110 : 84,
      labelRenderedSizeThreshold: 0,
      maxCameraRatio: 1.6,
      minCameraRatio: 0.05,
      nodeProgramClasses: Object.fromEntries(Object.keys(DISTANCE).map((kind) => [kind, programOf(kind)])),
      nodeReducer: (id, node) => this.reduceNode(id, node),
      stagePadding: this.isNarrow ? 18 : 36,
      zIndex: true,
    };
  }

  listen() {
    this.renderer.on("beforeRender", () => this.labels.splice(0));
    this.renderer.on("afterRender", () => this.drawLabels());
    this.renderer.on("clickNode", ({ node }) => this.choose(node));
    this.renderer.on("clickStage", () => this.choose(null));
    this.renderer.on("enterNode", ({ node }) => this.hover(node));
    this.renderer.on("leaveNode", () => this.hover(null));
    listenTo(this.figure, { zoom: (way) => this.zoom(way), paint: () => this.paint() });
    leaveScrolling(this.stage);
  }

  paint() {
    this.colours = readColours();
    this.renderer.refresh();
  }

  isDimmed(id) {
    return this.chosen !== null && id !== this.chosen && !this.near.has(id);
  }

  reduceNode(id, node) {
    const colour = this.colours[node.kind];
    const isDimmed = this.isDimmed(id);
    return {
      ...node,
      color: isDimmed ? faded(colour, TURN_DIM, this.colours.paper) : colour,
      forceLabel: this.chosen !== null && !isDimmed,
      highlighted: id === this.chosen,
      label: isDimmed ? "" : node.label,
      zIndex: isDimmed ? 0 : 1,
    };
  }

  reduceEdge(id, edge) {
    const { size, alpha } = EDGES[edge.kind];
    const isChosen = this.chosen !== null && this.graph.hasExtremity(id, this.chosen);
    const share = isChosen ? 0.9 : this.chosen === null ? alpha * this.fade : 0.06;
    const colour = isChosen ? this.colours.person : this.colours.line;
    return { ...edge, color: faded(colour, share, this.colours.paper), size, zIndex: isChosen ? 1 : 0 };
  }

  /* Names are written from the best joined on, each where it covers no other; who finds no room shows it nearer. */
  drawLabels() {
    const context = this.renderer.getCanvases().labels.getContext("2d");
    const bounds = this.stage.getBoundingClientRect();
    const nodes = this.graph.order > MANY ? [] : this.labels;
    const taken = this.labels.filter((node) => node.key === this.chosen).map((node) => this.hoverBox(context, node));
    context.font = `400 ${LABEL}px ${this.colours.font}`;
    context.lineJoin = "round";
    context.lineWidth = 4;
    for (const node of [...this.labels].sort((one, other) => other.size - one.size)) {
      if (!node.label || node.key === this.chosen) continue;
      const width = context.measureText(node.label).width;
      const free = placesAround(node, width)
        .filter((box) => box.left >= 0 && box.left + box.width <= bounds.width)
        .filter((box) => !taken.some((other) => overlap(box, other)));
      if (!free.length) continue;
      const hidden = (box) => nodes.filter((other) => overlap(box, boxOf(other))).length;
      const best = free.reduce((one, other) => (hidden(other) < hidden(one) ? other : one));
      taken.push(best);
      context.strokeStyle = this.colours.paper;
      context.strokeText(node.label, best.left, best.top + LABEL);
      context.fillStyle = this.colours.ink;
      context.fillText(node.label, best.left, best.top + LABEL);
    }
  }

  hoverBox(context, node) {
    context.font = `700 ${LABEL}px ${this.colours.font}`;
    const width = context.measureText(node.label).width;
    return {
      left: node.x - node.size - 5,
      top: node.y - LABEL + 1,
      width: width + node.size * 2 + 17,
      height: LABEL * 2 - 2,
    };
  }

  drawHover(context, node) {
    if (!node.label) return;
    const box = this.hoverBox(context, node);
    context.beginPath();
    context.roundRect(box.left, box.top, box.width, box.height, 6);
    context.fillStyle = this.colours.paper;
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = this.colours.person;
    context.stroke();
    context.fillStyle = this.colours.ink;
    context.fillText(node.label, node.x + node.size + 4, node.y + LABEL / 3);
  }

  hover(id) {
    this.stage.classList.toggle("picture__stage--over", id !== null);
  }

  choose(id) {
    this.chosen = id === this.chosen ? null : id;
    this.near = new Set(this.chosen === null ? [] : this.graph.neighbors(this.chosen));
    this.say();
    this.renderer.refresh();
    if (this.chosen !== null) this.frame();
  }

  say() {
    const who = this.figure.querySelector(".picture__who");
    say(who, this.figure.querySelector(".picture__hint"), this.chosen === null ? undefined : this.wordsOf(this.chosen));
    if (this.chosen === null) return;
    const card = this.figure.dataset[`${this.graph.getNodeAttribute(this.chosen, "kind")}Card`];
    const link = who.querySelector("a");
    link.hidden = card === undefined;
    if (card !== undefined) {
      const id = this.chosen.slice(this.chosen.indexOf(":") + 1);
      link.href = card.replace("ID", () => id.split("/").map(encodeURIComponent).join("/"));
    }
  }

  wordsOf(chosen) {
    const { label: name, kind } = this.graph.getNodeAttributes(chosen);
    const people = [...this.near].filter((id) => this.graph.getNodeAttribute(id, "kind") === "person").length;
    const { contacts, people: others } = this.figure.dataset;
    return { name, words: `${people} ${kind === "person" ? contacts : others}` };
  }

  /* Bring the chosen one and all around it close enough to read, unless they are so already. */
  frame() {
    const camera = this.renderer.getCamera();
    const shown = [this.chosen, ...this.near].map((id) => this.renderer.getNodeDisplayData(id));
    const [xs, ys] = [shown.map((node) => node.x), shown.map((node) => node.y)];
    const [left, right] = [Math.min(...xs), Math.max(...xs)];
    const [low, high] = [Math.min(...ys), Math.max(...ys)];
    const ratio = Math.max(0.3, Math.max(right - left, high - low) * 1.4);
    if (ratio < camera.ratio) this.move({ x: (left + right) / 2, y: (low + high) / 2, ratio });
  }

  move(state) {
    this.renderer.getCamera().animate(state, { duration: isCalm() ? 1 : 250 });
  }

  zoom(way) {
    const { ratio } = this.renderer.getCamera();
    if (way === "all") this.move({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
    else this.move({ ratio: way === "in" ? Math.max(0.05, ratio / 1.5) : Math.min(1.6, ratio * 1.5) });
  }
}

async function draw(figure) {
  const answer = await fetch(figure.dataset.picture, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  await document.fonts.load('1em "Atkinson Hyperlegible"');
  const found = await answer.json();
  figure.hidden = false;
  figure.querySelector(".picture__stage").picture = new Picture(figure, found);
  figure.dataset.drawn = "";
}

const figure = document.querySelector("[data-picture]");
if (figure) {
  draw(figure).catch(() => {
    figure.hidden = true;
    figure.dataset.failed = "";
  });
}
