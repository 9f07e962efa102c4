// Renders Vega-Lite specifications to SVG: node render.mjs a.vl.json b.vl.json writes a.svg and b.svg beside them.
// Data are read from files relative to the specification; nothing is loaded from a network.
import { readFile, rename, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import * as vega from "vega";
import * as vegaLite from "vega-lite";

async function render(path) {
  const spec = vegaLite.compile(JSON.parse(await readFile(path, "utf8"))).spec;
  const loader = vega.loader({ mode: "file", baseURL: `${dirname(resolve(path))}/` });
  const view = new vega.View(vega.parse(spec), { renderer: "none", loader, logLevel: vega.Warn });
  const svg = await view.toSVG();
  const target = path.replace(/(\.vl)?\.json$/, ".svg");
  await writeFile(`${target}.writing`, svg);
  await rename(`${target}.writing`, target);
}

let failures = 0;
for (const path of process.argv.slice(2)) {
  try {
    await render(path);
  } catch (error) {
    failures++;
    console.error(`${path}: ${error.message}`);
  }
}
process.exitCode = failures === 0 ? 0 : 1;
