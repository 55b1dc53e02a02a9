// Put what the pages and the PDF writer need into the Python package, with the licences.
// Our own style sheets and modules are served as they are; nothing is bundled or changed.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const room = join(here, "..", "src", "hengtu");
const vendor = join(room, "web", "static", "hengtu", "vendor");
const fonts = join(room, "writers", "fonts");

const shipped = [
  { name: "bootstrap", licences: ["LICENSE"], files: { "dist/css/bootstrap.min.css": vendor } },
  { name: "htmx.org", licences: ["LICENSE"], files: { "dist/htmx.min.js": vendor } },
  {
    name: "@expo-google-fonts/noto-sans-tc",
    licences: ["LICENSE_FONT", "LICENSE"],
    files: {
      "400Regular/NotoSansTC_400Regular.ttf": fonts,
      "700Bold/NotoSansTC_700Bold.ttf": fonts,
    },
  },
];

function describe({ name, licences, files }) {
  const about = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
  const names = Object.keys(files).map((path) => path.split("/").at(-1));
  const texts = licences.map((file) => readFileSync(join(modules, name, file), "utf8").trim());
  return [`${name} ${about.version} (${about.license})`, `Files: ${names.join(", ")}`, ...texts].join("\n\n");
}

function copyInto(folder, name, path) {
  const from = join(modules, name, path);
  if (!existsSync(from)) throw new Error(`${name} has no ${path}: run npm ci in frontend/`);
  // A source map is not shipped, so its mention would only make browsers ask for it.
  const to = join(folder, path.split("/").at(-1));
  if (!/\.(js|css)$/.test(path)) return copyFileSync(from, to);
  const text = readFileSync(from, "utf8");
  writeFileSync(to, text.replace(/\n?(\/\/|\/\*)# sourceMappingURL=.*$/m, ""));
}

function licencesFor(folder) {
  const inside = shipped.filter(({ files }) => Object.values(files).includes(folder));
  return inside.map(describe).join(`\n\n${"=".repeat(80)}\n\n`) + "\n";
}

rmSync(vendor, { recursive: true, force: true });
for (const folder of [vendor, fonts]) mkdirSync(folder, { recursive: true });
for (const { name, files } of shipped)
  for (const [path, folder] of Object.entries(files)) copyInto(folder, name, path);
writeFileSync(join(vendor, "LICENSES.txt"), licencesFor(vendor));
writeFileSync(join(fonts, "LICENSES.txt"), licencesFor(fonts));
console.log("front end: built");
