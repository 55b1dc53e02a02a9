// Charts that answer to pointer and arrow keys, drawn from what stands in data-chart once they come into view.
// Without this module the drawing that the server sent stays; on paper it is always that one.
const LIBRARY = new URL(`vendor/charts.js${new URL(import.meta.url).search}`, import.meta.url);
const STAR = "path://M0,-10L2.4,-3.2 9.5,-3.1 3.8,1.2 5.9,8.1 0,4 -5.9,8.1 -3.8,1.2 -9.5,-3.1 -2.4,-3.2Z";
const LIGHTS = {
  green: { token: "--green", symbol: STAR, size: 13, shape: "★" },
  yellow: { token: "--yellow", symbol: "triangle", size: 10, shape: "▲" },
  red: { token: "--red", symbol: "circle", size: 9, shape: "●" },
  white: { token: "--white-light", symbol: "rect", size: 8, shape: "□" },
};
const LINES = {
  actual: { token: "--brand-ink", width: 2.5, type: "solid", z: 5 },
  planned: { token: "--muted", width: 1.5, type: [2, 4], z: 3 },
  target: { token: "--yellow", width: 2, type: [6, 4], z: 2 },
  before: { token: "--field-line", width: 1.5, type: "solid", z: 1 },
  forecast: { token: "--brand-ink", width: 2, type: [1, 4], z: 4 },
};
const SHORT = new Intl.NumberFormat("en", { maximumFractionDigits: 4 });

function readTokens(element) {
  const style = getComputedStyle(element);
  return (name) => style.getPropertyValue(name).trim();
}

// What is said of one place: its label, and every series that has something there.
function tell(data, place) {
  const said = data.series.filter((one) => one.told[place]).map((one) => `${one.name} ${one.told[place]}`);
  return [data.spoken[place], ...said];
}

function symbolsOf(one, place, token) {
  const light = LIGHTS[one.lights?.[place]];
  if (!light) return {};
  const hollow = one.lights[place] === "white";
  const colour = token(light.token);
  return {
    symbol: light.symbol,
    symbolSize: light.size,
    itemStyle: hollow ? { color: token("--paper"), borderColor: colour, borderWidth: 1.5 } : { color: colour },
  };
}

function line(one, data, token) {
  const look = LINES[one.role];
  const colour = token(look.token);
  return {
    type: "line",
    name: one.name,
    z: look.z,
    data: one.values.map((value, place) => ({ value, ...symbolsOf(one, place, token) })),
    showSymbol: ["actual", "before"].includes(one.role) || one.role === "forecast" || data.sparse,
    symbol: "circle",
    symbolSize: one.role === "before" ? 4 : 7,
    itemStyle: { color: colour },
    lineStyle: { color: colour, width: look.width, type: look.type },
    emphasis: { disabled: true },
  };
}

// A band is a line that nobody sees and the height above it, filled.
function band({ low, high, role }, token) {
  const plain = { type: "line", stack: "band", silent: true, symbol: "none", z: 0, lineStyle: { opacity: 0 }, tooltip: { show: false } };
  const height = high.map((value, place) => (value === null ? null : value - low[place]));
  return [
    { ...plain, data: low },
    { ...plain, data: height, areaStyle: { color: token(LINES[role].token), opacity: 0.16 } },
  ];
}

function bar(one, data, token, narrow) {
  const light = LIGHTS[one.role];
  const hollow = one.role === "white";
  const colour = token(light?.token ?? "--brand-ink");
  const inside = hollow ? colour : token("--paper");
  return {
    type: "bar",
    name: one.name,
    stack: data.kind === "stack" ? "all" : undefined,
    data: one.values.map((value, place) => ({ value: value ?? (data.kind === "bars" ? 0 : null), ...(data.kind === "bars" ? fill(one, place, token) : {}) })),
    barMaxWidth: data.kind === "stack" ? 46 : 20,
    itemStyle: hollow ? { color: token("--paper"), borderColor: colour } : { color: colour, borderColor: token("--paper") },
    label: {
      show: true,
      color: data.kind === "stack" ? inside : token("--ink"),
      position: data.kind === "stack" ? "inside" : "right",
      formatter: ({ value, dataIndex }) => (data.kind === "bars" ? one.told[dataIndex] : value ? `${narrow ? "" : (light?.shape ?? "")}${value}` : ""),
    },
    labelLayout: { hideOverlap: true },
    emphasis: { disabled: true },
  };
}

function fill(one, place, token) {
  const light = LIGHTS[one.lights?.[place]];
  return { itemStyle: { color: token(light?.token ?? "--brand-ink") } };
}

function describe(data, token, narrow) {
  const words = { color: token("--muted"), fontSize: 12 };
  const places = {
    type: "category",
    data: data.labels,
    inverse: data.kind === "bars",
    axisLine: { lineStyle: { color: token("--line") } },
    axisTick: { show: false },
    axisLabel: { ...words, interval: data.kind === "bars" ? 0 : "auto", ...(data.kind === "bars" ? { width: narrow ? 84 : 130, overflow: "break" } : {}) },
  };
  const amounts = {
    type: "value",
    scale: data.kind === "lines",
    ...(data.kind === "bars" ? { max: 100, interval: 20 } : {}),
    minInterval: data.kind === "stack" ? 1 : undefined,
    splitNumber: 4,
    axisLabel: { ...words, formatter: (value) => SHORT.format(value) },
    splitLine: { lineStyle: { color: token("--line") } },
  };
  const upright = data.kind !== "bars";
  const lines = data.kind === "lines";
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: upright ? 16 : 92, top: 16, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: upright ? { ...places, boundaryGap: !lines } : amounts,
    yAxis: upright ? amounts : places,
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      confine: true,
      backgroundColor: token("--paper"),
      borderColor: token("--line"),
      textStyle: { color: token("--ink"), fontSize: 13, lineHeight: 20 },
      axisPointer: { type: lines ? "line" : "shadow", lineStyle: { color: token("--field-line") }, shadowStyle: { color: token("--field-line"), opacity: 0.15 } },
      formatter: (shown) => tell(data, [shown].flat()[0].dataIndex).join("\n"),
    },
    series: [...(data.band ? band(data.band, token) : []), ...data.series.map((one) => (lines ? line : bar)(one, data, token, narrow))],
  };
}

// The keyboard reads a chart like a slider: arrows go from place to place, and each is spoken.
function listen(live, chart, data) {
  let place = data.now ?? 0;
  const first = data.band ? 2 : 0;
  const show = () => {
    live.setAttribute("aria-valuenow", place + 1);
    live.setAttribute("aria-valuetext", tell(data, place).join(", "));
    const series = data.series.findIndex((one) => one.values[place] !== null);
    chart.dispatchAction({ type: "showTip", seriesIndex: first + Math.max(series, 0), dataIndex: place });
  };
  const steps = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1, Home: -Infinity, End: Infinity };
  live.addEventListener("focus", () => live.matches(":focus-visible") && show());
  live.addEventListener("blur", () => chart.dispatchAction({ type: "hideTip" }));
  live.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return chart.dispatchAction({ type: "hideTip" });
    if (!(event.key in steps)) return;
    event.preventDefault();
    place = Math.min(Math.max(place + steps[event.key], 0), data.labels.length - 1);
    show();
  });
}

function place(figure, data) {
  const live = document.createElement("div");
  live.className = `live ${data.kind}`;
  live.tabIndex = 0;
  live.setAttribute("role", "slider");
  live.setAttribute("aria-label", data.name);
  live.setAttribute("aria-valuemin", 1);
  live.setAttribute("aria-valuemax", data.labels.length);
  live.setAttribute("aria-valuenow", (data.now ?? 0) + 1);
  live.setAttribute("aria-valuetext", tell(data, data.now ?? 0).join(", "));
  if (data.kind === "bars") live.style.height = `${24 + 34 * data.labels.length}px`;
  figure.prepend(live);
  figure.classList.add("alive");
  return live;
}

async function draw(figure) {
  const { init } = await import(LIBRARY);
  const data = JSON.parse(figure.dataset.chart);
  const live = place(figure, data);
  const chart = init(live, null, { renderer: "svg" });
  const paint = () => chart.setOption(describe(data, readTokens(figure), live.clientWidth < 600), true);
  paint();
  listen(live, chart, data);
  new ResizeObserver(() => {
    if (!live.clientWidth) return;
    chart.resize();
    paint();
  }).observe(live);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
}

const watch = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries)
      if (isIntersecting) {
        watch.unobserve(target);
        // A front end that was not built has no library: the drawing of the server stays.
        draw(target).catch((failure) => console.info("hengtu: charts stay as sent", failure));
      }
  },
  { rootMargin: "200px" },
);
for (const figure of document.querySelectorAll("[data-chart]")) watch.observe(figure);
