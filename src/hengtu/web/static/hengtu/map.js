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

let asked = 0;

// Turn to another objective or month in place; the last address asked for wins. False for one overtaken.
async function open(canvas, address) {
  const turn = ++asked;
  const answer = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
  const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
  if (turn !== asked) return false;
  if (!page || !page.querySelector("#objective") || !repaint(canvas, page)) location.assign(address);
  else turnTo(canvas, page, new URL(address, location.href).searchParams.get("objective"));
  return true;
}

// Cards take the lights of the other page; False where it is not the same map.
function repaint(canvas, page) {
  const mine = [...canvas.querySelectorAll("a:has(> .map-card)")];
  const others = [...page.querySelectorAll("[data-map] a:has(> .map-card)")];
  const same = mine.length === others.length && mine.every((link, place) => codeOf(link) === codeOf(others[place]));
  if (!same) return false;
  mine.forEach((link, place) => {
    for (const name of ["href", "aria-label"]) link.setAttribute(name, others[place].getAttribute(name));
    link.replaceChildren(...others[place].childNodes);
  });
  canvas.querySelector(".legend")?.replaceChildren(...(page.querySelector("[data-map] .legend")?.childNodes ?? []));
  return true;
}

function codeOf(link) {
  return link.firstElementChild.dataset.code;
}

function turnTo(canvas, page, code) {
  // What did not change is not replaced, so that nobody hears it again.
  const [side, other] = [document.querySelector("#objective"), page.querySelector("#objective")];
  if (side.innerHTML !== other.innerHTML) side.replaceChildren(...other.childNodes);
  // Months and views lead on from what is open now.
  const views = page.querySelector(".tools .seg");
  if (views) document.querySelector(".tools .seg").replaceChildren(...views.childNodes);
  const months = page.querySelector("[data-months]");
  if (months) document.querySelector("[data-months]")?.dispatchEvent(new CustomEvent("month-turned", { detail: months }));
  document.querySelector(".with-side").classList.toggle("idle", !code);
  choose(canvas, code);
}

function turnMonth(canvas, event) {
  const { address, replace, settle } = event.detail;
  event.preventDefault();
  history[replace ? "replaceState" : "pushState"](null, "", address);
  open(canvas, address).then(() => settle(true));
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
  addEventListener("month-wish", (event) => turnMonth(canvas, event));
}
