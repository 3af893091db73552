/* SPDX-License-Identifier: EUPL-1.2 */
/* The form of a signal with a script: topics are suggested while one goes on, and a point can be shown on the map;
   a form without topics has the map alone.
   Without it the form does the same in two steps, and the list of areas does what the map does. */
(function () {
  "use strict";
  const form = document.getElementById("signal");
  if (!form) return;

  if (document.getElementById("topics")) suggestTopics();
  pointOut();

  function suggestTopics() {
    const part = document.getElementById("topics");
    const all = part.querySelector(".choices__all");
    const offered = new Set([...all.querySelectorAll("input")].map((input) => input.value));
    let asked = "";
    form.elements.text.addEventListener("change", ask);

    async function ask() {
      const text = form.elements.text.value.trim();
      if (!text || text === asked) return;
      asked = text;
      const body = new FormData();
      body.set("text", text);
      body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      const answer = await fetch(form.dataset.topics, { method: "POST", body }).catch(() => null);
      if (answer && answer.ok) show((await answer.json()).topics);
    }

    function show(topics) {
      for (const { id, name } of topics.filter((topic) => !offered.has(topic.id))) {
        offered.add(id);
        const choice = part.querySelector("template").content.cloneNode(true);
        choice.querySelector("input").value = id;
        choice.querySelector("[data-name]").textContent = name;
        all.append(choice);
      }
      if (topics.length) form.elements.has_suggested.value = "on";
      part.hidden = !offered.size;
    }
  }

  function pointOut() {
    const part = document.getElementById("point");
    const figure = part.querySelector("figure");
    const open = part.querySelector("[data-open]");
    const drop = part.querySelector("[data-drop]");
    let pin = null;
    let made = null;
    part.hidden = false;
    say();

    open.addEventListener("click", () => {
      open.disabled = true;
      const { laterLibrary: library, laterWorker: worker, source: map } = figure.dataset;
      Object.assign(figure.dataset, { library, worker, map }); // now map.js finds it
      document.addEventListener("scharnier:map", ({ detail }) => start(detail), { once: true });
      new MutationObserver(() => "failed" in figure.dataset && fail()).observe(figure, { attributeFilter: ["data-failed"] });
      import(part.dataset.laterScript).catch(fail);
    });
    drop.addEventListener("click", () => {
      set("", "");
      open.focus();
    });

    function start(map) {
      made = map;
      open.hidden = true;
      const chosen = [form.elements.longitude.value, form.elements.latitude.value];
      if (chosen[0]) stick(chosen.map(Number));
      map.map.on("click", ({ lngLat }) => choose(lngLat));
      part.querySelector("[data-middle]").addEventListener("click", () => choose(map.map.getCenter()));
      figure.focus();
    }

    function fail() {
      figure.hidden = true;
      open.hidden = true;
      say("failed");
    }

    function choose({ lng, lat }) {
      set(lng.toFixed(5), lat.toFixed(5));
      stick([lng, lat]);
    }

    function stick(place) {
      if (pin === null) {
        const element = document.createElement("span");
        element.className = "map__pin";
        pin = new made.library.Marker({ element });
      }
      pin.setLngLat(place).addTo(made.map);
    }

    function set(longitude, latitude) {
      form.elements.longitude.value = longitude;
      form.elements.latitude.value = latitude;
      if (!longitude && pin !== null) pin.remove();
      say();
    }

    function say(what = form.elements.longitude.value ? "chosen" : "none") {
      for (const said of part.querySelectorAll("[data-said]")) said.hidden = said.dataset.said !== what;
      drop.hidden = what !== "chosen";
    }
  }
})();
