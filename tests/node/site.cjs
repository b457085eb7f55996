// Uses the site as people do, in Chromium over file://, and tells what it found as JSON: site.cjs FOLDER CHROMIUM
const { pathToFileURL } = require("url");
const { chromium } = require("playwright-core");

const [root, executablePath] = process.argv.slice(2);
const address = (page) => pathToFileURL(root).href + "/" + page;
const AXE = require.resolve("axe-core/axe.min.js");
const CHECKED = ["en/index.html", "en/meeting/SBSTTA-24.html", "zh/meeting/SBSTTA-24.html", "en/map.html",
  "en/timeline.html", "en/coverage.html", "en/reservations.html", "zh/search.html?q=%E4%BC%9A%E8%AE%AE"];
const told = { console: [], elsewhere: [], faults: {}, sideways: [] };

function watched(page) {
  page.on("console", (one) => told.console.push(`${page.url()}: ${one.text()}`));
  page.on("pageerror", (error) => told.console.push(`${page.url()}: ${error.message}`));
  page.on("request", (one) => { if (!/^(file|data):/.test(one.url())) told.elsewhere.push(one.url()); });
  return page;
}

async function faults(page, name) {
  await page.addScriptTag({ path: AXE });
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"], preload: false }));
  const serious = found.violations.filter((one) => ["serious", "critical"].includes(one.impact));
  if (serious.length) told.faults[name] = serious.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 200)} (${one.nodes.length})`);
}

async function looked(browser, colorScheme, width, pages) {
  const context = await browser.newContext({ colorScheme, reducedMotion: "reduce", viewport: { width, height: 800 } });
  const page = watched(await context.newPage());
  for (const one of pages) {
    await page.goto(address(one));
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (over > 0) told.sideways.push(`${one} at ${width}: ${over}`);
    if (width > 500) await faults(page, `${one} ${colorScheme}`);
  }
  await context.close();
}

async function mapUsed(page) {
  const rows = () => page.locator("#rows tbody tr:visible").count();
  await page.goto(address("en/map.html"));
  const found = { meetings: await page.locator("#drawing a.meeting:not(.other)").count(), rows: await rows() };
  await page.selectOption("select[name=modality]", "may");
  found.may = await rows();
  await page.keyboard.press("Escape");
  await page.waitForFunction((all) => document.querySelectorAll("#rows tbody tr:not([hidden])").length === all, found.rows);
  await page.selectOption("select[name=direction]", "down");
  await page.locator("#meeting-WG2020-2").focus();
  await page.keyboard.press("Space");
  found.chain = await page.locator("#drawing a.meeting:not(.off)").evaluateAll((some) => some.map((one) => one.id));
  await page.locator("#meeting-WG2020-3 rect").first().click();
  await page.waitForURL(/meeting\/WG2020-3/);
  found.clicked = page.url();
  return found;
}

(async () => {
  const options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
  const browser = await chromium.launch({ executablePath, args: options });
  try {
    await looked(browser, "light", 1280, CHECKED);
    await looked(browser, "dark", 1280, ["en/meeting/SBSTTA-24.html", "en/map.html"]);
    await looked(browser, "light", 360, CHECKED);
    const page = watched(await browser.newPage());
    told.map = await mapUsed(page);
    await page.goto(address("zh/index.html"));
    await page.fill("#bigfind", "序列 信息");
    await page.keyboard.press("Enter");
    await page.waitForURL(/search\.html\?q=/);
    told.search = await page.locator("#found li a").allTextContents();
    await page.goto(address("en/coverage.html"));
    await page.check("#only-gaps");
    told.gaps = await page.locator("table.matrix tbody tr:visible").count();
    console.log(JSON.stringify(told));
  } finally {
    await browser.close();
  }
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
