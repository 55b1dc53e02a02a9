// Source and reading, joined both ways: what is pointed at on one side lights up on the other.
const board = document.querySelector("[data-joined]");

function linesOf(item) {
  return (item.dataset.lines ?? "").split(" ").filter(Boolean);
}

function join(board) {
  const lines = new Map();
  for (const line of board.querySelectorAll("[data-line]")) lines.set(line.dataset.line, line);
  const items = [...board.querySelectorAll("[data-lines]")];
  const readers = new Map();
  for (const item of items)
    for (const number of linesOf(item)) {
      lines.get(number)?.classList.add(item.classList.contains("finding") ? "told" : "read");
      readers.set(number, [...(readers.get(number) ?? []), item]);
    }

  const clear = () => board.querySelectorAll(".lit").forEach((lit) => lit.classList.remove("lit"));
  const show = (elements, scrolled) => {
    clear();
    elements.forEach((element) => element.classList.add("lit"));
    scrolled?.scrollIntoView({ block: "nearest" });
  };
  const fromItem = (item) => {
    const wanted = linesOf(item).map((number) => lines.get(number)).filter(Boolean);
    if (wanted.length) show([item, ...wanted], wanted[0]);
  };
  for (const item of items) {
    item.addEventListener("mouseenter", () => fromItem(item));
    item.addEventListener("focusin", () => fromItem(item));
  }
  for (const [number, line] of lines) {
    const found = readers.get(number);
    if (!found) continue;
    line.tabIndex = 0;
    const light = () => show([line, ...found], found[0]);
    line.addEventListener("click", light);
    line.addEventListener("focus", light);
  }
}

if (board) join(board);
