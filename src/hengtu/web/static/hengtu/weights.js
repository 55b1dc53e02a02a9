// Weights: totals while typing, arrows and Enter between the fields, a pasted column fills the fields below.
const form = document.querySelector("[data-weights]");
const fields = [...form.querySelectorAll("input[name^='w-']")];

const read = (text) => {
  const plain = text.normalize("NFKC").trim().replace(/%$/, "").trim();
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
};

const add = (family) => {
  const known = [...family.querySelectorAll("tbody input")].map((field) => read(field.value)).filter((n) => n !== null);
  const total = Math.round(known.reduce((sum, n) => sum + Math.round(n * 10000), 0)) / 10000;
  const output = family.querySelector("[data-total]");
  const mark = family.querySelector("[data-mark]");
  const state = known.length === 0 ? "alike" : total === 100 ? "whole" : "short";
  output.textContent = known.length === 0 ? "—" : String(total);
  output.classList.toggle("short", state === "short");
  mark.textContent = mark.dataset[state];
  mark.classList.toggle("done", state !== "short");
  mark.classList.toggle("warning", state === "short");
};

const move = (field, step) => {
  const next = fields[fields.indexOf(field) + step];
  if (next) {
    next.focus();
    next.select();
  }
};

form.addEventListener("input", (event) => {
  event.target.removeAttribute("aria-invalid");
  const family = event.target.closest("[data-family]");
  if (family) add(family);
});

form.addEventListener("keydown", (event) => {
  const step = { ArrowUp: -1, ArrowDown: 1, Enter: 1 }[event.key];
  if (!step || !fields.includes(event.target) || event.isComposing) return;
  event.preventDefault();
  move(event.target, step);
});

form.addEventListener("paste", (event) => {
  const lines = event.clipboardData.getData("text").replace(/\r/g, "").replace(/\n$/, "").split("\n");
  if (!fields.includes(event.target) || lines.length < 2) return;
  event.preventDefault();
  const start = fields.indexOf(event.target);
  lines.forEach((line, place) => {
    const field = fields[start + place];
    if (field) field.value = line.split("\t").pop().trim();
  });
  for (const family of form.querySelectorAll("[data-family]")) add(family);
});
