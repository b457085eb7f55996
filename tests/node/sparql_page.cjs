// The SPARQL page in a real browser: node sparql_page.cjs CHROMIUM ADDRESS [SCREENSHOT]; prints what was seen as JSON.
"use strict";

const { chromium } = require("playwright-core");

const QUIET = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

async function watched(browser, options, address) {
  const page = await browser.newPage(options);
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
  page.on("request", (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith("data:")) troubles.push(`asked ${request.url()}`);
  });
  return [page, troubles];
}

async function wide(browser, address, shot) {
  const [page, troubles] = await watched(browser, { viewport: { width: 1200, height: 900 } }, address);
  const seen = {};
  await page.goto(`${address}/sparql`);
  await page.focus("#query");
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector("#table table");
  seen.told = await page.textContent("#told");
  seen.link = await page.getAttribute("#table td a", "href");
  seen.downloads = await page.locator("#downloads a").allTextContents();
  seen.csv = await page.evaluate(async () => {
    const link = [...document.querySelectorAll("#downloads a")].find((one) => one.textContent === "csv");
    return (await (await fetch(link.href)).text()).split("\r\n")[0];
  });
  seen.shared = page.url();
  if (shot) await page.screenshot({ path: shot });
  await page.waitForFunction(() => document.querySelectorAll("#examples option").length > 10);
  await page.selectOption("#examples", "meetings-that-feed-a-meeting");
  // The query and the sign that it is being answered come in one step: without the sign, the table is the new one.
  await page.waitForFunction(
    () => document.querySelector("#query").value.includes("# param: meeting") && document.querySelector("#stop").hidden,
  );
  seen.example = await page.textContent("#told");
  seen.before = [...troubles];
  await page.fill("#query", "SELECT ?from WHERE {\n  ?from mg:feeds ?to .\n  ?from ?x\n}");
  await page.click("#run");
  await page.waitForSelector("#problem:not([hidden])");
  seen.problem = await page.textContent("#problem");
  seen.marked = await page.textContent("#lines .here");
  seen.chosen = await page.evaluate(() => {
    const field = document.querySelector("#query");
    return field.value.slice(0, field.selectionStart).split("\n").length;
  });
  await page.fill("#query", "CONSTRUCT { ?s mg:feeds ?o } WHERE { ?s mg:feeds ?o } LIMIT 3");
  await page.click("#run");
  await page.waitForSelector("#table pre");
  seen.graph = (await page.textContent("#table pre")).includes("mg:feeds");
  return seen;
}

async function narrow(browser, address, shared) {
  const options = { viewport: { width: 360, height: 740 }, colorScheme: "dark", isMobile: true, hasTouch: true };
  const [page, troubles] = await watched(browser, options, address);
  await page.goto(`${shared}&lang=zh`);
  await page.waitForSelector("#table table");
  return {
    told: await page.textContent("#told"),
    width: await page.evaluate(() => document.documentElement.scrollWidth),
    paper: await page.evaluate(() => getComputedStyle(document.body).backgroundColor),
    troubles,
  };
}

(async () => {
  const [program, address, shot] = process.argv.slice(2);
  const browser = await chromium.launch({ executablePath: program, args: QUIET });
  try {
    const seen = await wide(browser, address, shot);
    console.log(JSON.stringify({ ...seen, narrow: await narrow(browser, address, seen.shared) }));
  } finally {
    await browser.close();
  }
})();
