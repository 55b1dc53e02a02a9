// Editing the map: a card dragged onto another adds a link. The forms of the side panel do the same.
const canvas = document.querySelector("[data-map][data-editing]");
const form = canvas?.querySelector("form[data-link]");
const NEAR = 6;

function place(svg, event) {
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  return `${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
}

function cardAt(event) {
  return document.elementFromPoint(event.clientX, event.clientY)?.closest(".map-card");
}

function begin(svg, card, start) {
  const line = svg.appendChild(document.createElementNS(svg.namespaceURI, "path"));
  line.setAttribute("class", "map-drawn");
  const from = place(svg, start);
  let over = null;

  function move(event) {
    line.setAttribute("d", `M${from}L${place(svg, event)}`);
    const found = cardAt(event);
    if (found === over) return;
    over?.classList.remove("aimed");
    over = found && found !== card ? found : null;
    over?.classList.add("aimed");
  }

  function end(event) {
    stop();
    const found = event.type === "pointerup" && cardAt(event);
    if (!found || found === card) return;
    form.elements.cause.value = card.dataset.code;
    form.elements.effect.value = found.dataset.code;
    form.requestSubmit();
  }

  function escape(event) {
    if (event.key === "Escape") stop();
  }

  function stop() {
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", end);
    removeEventListener("pointercancel", end);
    removeEventListener("keydown", escape);
    over?.classList.remove("aimed");
    line.remove();
  }

  addEventListener("pointermove", move);
  addEventListener("pointerup", end);
  addEventListener("pointercancel", end);
  addEventListener("keydown", escape);
}

function watch(svg, card, down) {
  function move(event) {
    if (Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < NEAR) return;
    leave();
    // The click that ends a drag opens nothing.
    const swallow = (click) => {
      click.preventDefault();
      click.stopImmediatePropagation();
    };
    addEventListener("click", swallow, { capture: true, once: true });
    addEventListener("pointerup", () => setTimeout(() => removeEventListener("click", swallow, true)), { once: true });
    begin(svg, card, down);
  }
  function leave() {
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", leave);
  }
  addEventListener("pointermove", move);
  addEventListener("pointerup", leave);
}

if (form) {
  const svg = canvas.querySelector("svg");
  // Without this the browser drags the address of the card.
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("pointerdown", (event) => {
    const card = event.button === 0 && event.pointerType === "mouse" && event.target.closest(".map-card");
    if (card) watch(svg, card, event);
  });
}
