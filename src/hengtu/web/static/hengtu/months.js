// The months as a slider that keys and fingers move, and a replay of the year; without this module the months
// are links. A page that can turn to another month in place answers the wish; else the month's page is opened.
const SLIDER = "hengtu-month-slider";
const STEP = 1100;
const PATIENCE = 400;

function links(nav) {
  return [...nav.querySelectorAll("a[data-month]")];
}

function chosen(nav) {
  return links(nav).find((link) => link.hasAttribute("aria-current"));
}

// The link of a month; of one that has not come yet the last that has.
function at(nav, month) {
  const all = links(nav);
  return all.findLast((link) => Number(link.dataset.month) <= month) ?? all[0];
}

function name(nav, link) {
  const input = nav.querySelector("input[type=range]");
  input.value = link.dataset.month;
  input.setAttribute("aria-valuetext", link.dataset.full);
  nav.querySelector("output").textContent = link.dataset.full;
}

// True once a page has taken the wish; it calls ``settle`` when the month stands there.
function wish(nav, link, how) {
  return new Promise((settle) => {
    const detail = { address: link.href, settle, ...how };
    const taken = !nav.dispatchEvent(new CustomEvent("month-wish", { detail, bubbles: true, cancelable: true }));
    if (!taken) settle(false);
  });
}

function copy(from, to) {
  const link = to.querySelector("a");
  const other = from.querySelector("a");
  if (!link || !other) return to.replaceChildren(...from.cloneNode(true).childNodes);
  link.href = other.getAttribute("href");
  link.toggleAttribute("aria-current", false);
  if (other.hasAttribute("aria-current")) link.setAttribute("aria-current", "true");
}

function follow(nav, fresh) {
  for (const list of ["ol", "ul.years"]) {
    const items = [...(fresh.querySelector(list)?.children ?? [])];
    nav.querySelectorAll(`${list} > li`).forEach((item, place) => items[place] && copy(items[place], item));
  }
  name(nav, chosen(nav) ?? at(nav, 12));
}

function slide(nav) {
  const input = nav.querySelector("input[type=range]");
  let timer = 0;
  let last = 0;
  input.addEventListener("input", () => name(nav, at(nav, Number(input.value))));
  input.addEventListener("change", async () => {
    const link = at(nav, Number(input.value));
    const quick = Date.now() - last < 1500;
    last = Date.now();
    if (await wish(nav, link, { replace: quick })) return;
    // Held keys pass many months; only where they rest is worth a page.
    clearTimeout(timer);
    timer = setTimeout(() => {
      sessionStorage.setItem(SLIDER, "focus");
      location.assign(link.href);
    }, PATIENCE);
  });
  if (sessionStorage.getItem(SLIDER)) input.focus({ preventScroll: true, focusVisible: true });
  sessionStorage.removeItem(SLIDER);
}

function replay(nav, button) {
  let running = 0;
  const say = (on) => {
    button.setAttribute("aria-pressed", String(on));
    button.querySelector("[aria-hidden]").textContent = on ? "❚❚" : "▶";
    button.querySelector("[data-word]").textContent = on ? button.dataset.pause : button.dataset.play;
  };
  const stop = () => {
    running += 1;
    say(false);
  };
  const play = async () => {
    const turn = ++running;
    say(true);
    const all = links(nav);
    const start = (all.indexOf(chosen(nav)) + 1) % all.length;
    for (let place = start; place < all.length && turn === running; place += 1) {
      const began = Date.now();
      if (!(await wish(nav, all[place], { replace: place > start }))) return location.assign(all[place].href);
      await new Promise((rest) => setTimeout(rest, Math.max(0, STEP - (Date.now() - began))));
    }
    if (turn === running) stop();
  };
  button.addEventListener("click", () => (button.getAttribute("aria-pressed") === "true" ? stop() : play()));
  addEventListener("keydown", (event) => event.key === "Escape" && stop());
  nav.addEventListener("input", stop);
  nav.addEventListener("click", (event) => event.target.closest("a") && stop());
}

const nav = document.querySelector("[data-months]");
if (nav && links(nav).length) {
  nav.classList.add("sliding");
  nav.querySelector(".month-slide").hidden = false;
  slide(nav);
  nav.addEventListener("month-turned", (event) => follow(nav, event.detail));
  nav.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-month]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    wish(nav, link, {}).then((taken) => taken || location.assign(link.href));
  });
  const button = nav.querySelector("[data-replay]");
  if (button && links(nav).length > 1) {
    button.hidden = false;
    replay(nav, button);
  }
}
