// Reads a calendar with ical.js and prints its events: node read-ics.js FILE
"use strict";
const { readFileSync } = require("node:fs");
const loaded = require("ical.js");
const ICAL = loaded.default ?? loaded;

const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], "utf8")));
const names = ["uid", "summary", "description", "location", "status", "sequence", "url", "dtstamp", "dtstart", "dtend"];
console.log(JSON.stringify(calendar.getAllSubcomponents("vevent").map((event) => Object.fromEntries(
  names.map((name) => [name, event.getFirstPropertyValue(name)?.toString() ?? null]).concat([
    ["allday", event.getFirstPropertyValue("dtstart")?.isDate ?? null],
  ]),
))));
