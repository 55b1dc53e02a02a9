// The map: the causal chain of a card lights up on hover and focus; a card opens its panel in place.
const canvas = document.querySelector("[data-map]");

function reach(start, arrows, near, far) {
  const found = new Set();
  const waiting = [start];
  while (waiting.length) {
    const code = waiting.pop();
    for (const arrow of arrows)
      if (arrow.dataset[near] === code && !found.has(arrow)) {
        found.add(arrow);
        waiting.push(arrow.dataset[far]);
      }
  }
  return found;
}

function light(canvas, code) {
  const arrows = [...canvas.querySelectorAll(".map-arrow")];
  const chain = new Set([...reach(code, arrows, "from", "to"), ...reach(code, arrows, "to", "from")]);
  const codes = new Set([code, ...[...chain].flatMap((arrow) => [arrow.dataset.from, arrow.dataset.to])]);
  canvas.classList.toggle("tracing", chain.size > 0);
  arrows.forEach((arrow) => arrow.classList.toggle("hot", chain.has(arrow)));
  canvas.querySelectorAll(".map-card").forEach((card) => card.classList.toggle("hot", codes.has(card.dataset.code)));
}

function rest(canvas) {
  canvas.classList.remove("tracing");
  canvas.querySelectorAll(".hot").forEach((hot) => hot.classList.remove("hot"));
}

function choose(canvas, code) {
  canvas.querySelectorAll(".map-card").forEach((card) => {
    const chosen = card.dataset.code === code;
    card.classList.toggle("chosen", chosen);
    if (chosen) card.closest("a")?.setAttribute("aria-current", "true");
    else card.closest("a")?.removeAttribute("aria-current");
  });
}

async function open(canvas, address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const side = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#objective");
  if (!side) return location.assign(address);
  const code = new URL(address, location.href).searchParams.get("objective");
  document.querySelector("#objective").replaceChildren(...side.childNodes);
  // Months and views lead on from the objective that is open now.
  const tools = side.ownerDocument.querySelector(".tools");
  if (tools) document.querySelector(".tools").replaceChildren(...tools.childNodes);
  document.querySelector(".with-side").classList.toggle("idle", !code);
  choose(canvas, code);
}

if (canvas) {
  choose(canvas, canvas.dataset.chosen);
  for (const card of canvas.querySelectorAll(".map-card")) {
    const link = card.closest("a") ?? card;
    link.addEventListener("mouseenter", () => light(canvas, card.dataset.code));
    link.addEventListener("mouseleave", () => rest(canvas));
    link.addEventListener("focus", () => light(canvas, card.dataset.code));
    link.addEventListener("blur", () => rest(canvas));
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      const address = link.getAttribute("href");
      history.pushState(null, "", address.split("#")[0]);
      open(canvas, address);
      // On narrow screens the panel stands below the map.
      if (matchMedia("(max-width: 1100px)").matches) document.querySelector("#objective").scrollIntoView();
    });
  }
  addEventListener("popstate", () => open(canvas, location.href));
}
