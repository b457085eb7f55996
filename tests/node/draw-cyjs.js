// Draws a .cyjs file with a style file as a user of Cytoscape.js would, in Chromium, and keeps the picture:
// node draw-cyjs.js FILE STYLE PICTURE.png [PLACES.json]; the places of the nodes as `dot -Tjson0` gives them
"use strict";
const { readFileSync } = require("node:fs");
const { chromium } = require("playwright-core");

const SIZE = { width: 1200, height: 760 };
const SCALE = { x: 0.24, y: 0.85 };
const LAYOUT = { name: "breadthfirst", directed: true, spacingFactor: 1, padding: 25, animate: false, direction: "rightward" };

async function main() {
  const [file, style, picture, places] = process.argv.slice(2);
  const { elements } = JSON.parse(readFileSync(file, "utf8"));
  let layout = LAYOUT;
  if (places) {
    const positions = {};
    for (const { name, pos } of JSON.parse(readFileSync(places, "utf8")).objects) {
      const [x, y] = pos.split(",").map(Number);
      positions[name] = { x: x * SCALE.x, y: y * SCALE.y };
    }
    layout = { name: "preset", positions, padding: 40 };
  }
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  const page = await browser.newPage({ viewport: SIZE });
  await page.setContent('<body style="margin:0;background:#fff"><div id="map" style="width:100vw;height:100vh"></div>');
  await page.addScriptTag({ path: require.resolve("cytoscape/dist/cytoscape.min.js") });
  await page.evaluate(([given, rules, places]) => {
    cytoscape({ container: document.getElementById("map"), elements: given, style: rules, layout: places });
  }, [elements, JSON.parse(readFileSync(style, "utf8")), layout]);
  await page.waitForTimeout(500);
  await page.screenshot({ path: picture });
  await browser.close();
}

main().catch((error) => { console.error(error); process.exit(1); });
