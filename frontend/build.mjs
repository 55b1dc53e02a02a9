// Put what the pages and the PDF writer need into the Python package, with the licences.
// Our own style sheets and modules are served as they are. Of ECharts only the parts that charts.mjs
// names are bundled; the rest is copied unchanged.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const room = join(here, "..", "src", "hengtu");
const vendor = join(room, "web", "static", "hengtu", "vendor");
const fonts = join(room, "writers", "fonts");

const shipped = [
  { name: "bootstrap", licences: ["LICENSE"], files: { "dist/css/bootstrap.min.css": vendor } },
  { name: "htmx.org", licences: ["LICENSE"], files: { "dist/htmx.min.js": vendor } },
  { name: "echarts", licences: ["LICENSE", "NOTICE", "licenses/LICENSE-d3"], bundles: { "charts.mjs": vendor } },
  { name: "zrender", licences: ["LICENSE"], bundles: { "charts.mjs": vendor } },
  { name: "tslib", licences: ["LICENSE.txt"], bundles: { "charts.mjs": vendor } },
  {
    name: "@expo-google-fonts/noto-sans-tc",
    licences: ["LICENSE_FONT", "LICENSE"],
    files: {
      "400Regular/NotoSansTC_400Regular.ttf": fonts,
      "700Bold/NotoSansTC_700Bold.ttf": fonts,
    },
  },
];

function describe({ name, licences, files = {}, bundles = {} }) {
  const about = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
  const names = [...Object.keys(files).map((path) => path.split("/").at(-1)), ...Object.keys(bundles).map(bundled)];
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

function bundled(entry) {
  return entry.replace(/\.mjs$/, ".js");
}

// A package that got into a bundle must be listed above, or its licence would be missing.
function bundle(entry, folder) {
  const { metafile } = buildSync({
    absWorkingDir: here,
    entryPoints: [entry],
    outfile: join(folder, bundled(entry)),
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    metafile: true,
  });
  const known = shipped.filter(({ bundles = {} }) => entry in bundles).map(({ name }) => name);
  for (const path of Object.keys(metafile.inputs)) {
    const from = path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1];
    if (from && !known.includes(from)) throw new Error(`${entry} bundles ${from}, whose licence is not listed`);
  }
}

function licencesFor(folder) {
  const inside = shipped.filter(({ files = {}, bundles = {} }) =>
    [...Object.values(files), ...Object.values(bundles)].includes(folder),
  );
  return inside.map(describe).join(`\n\n${"=".repeat(80)}\n\n`) + "\n";
}

rmSync(vendor, { recursive: true, force: true });
for (const folder of [vendor, fonts]) mkdirSync(folder, { recursive: true });
for (const { name, files = {} } of shipped)
  for (const [path, folder] of Object.entries(files)) copyInto(folder, name, path);
bundle("charts.mjs", vendor);
writeFileSync(join(vendor, "LICENSES.txt"), licencesFor(vendor));
writeFileSync(join(fonts, "LICENSES.txt"), licencesFor(fonts));
console.log("front end: built");
