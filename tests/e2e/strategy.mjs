// Runs the dashboard's file as a browser would, without one.
// Reads {file, language, hasses, texts, asks} from standard input, and writes an answer for each of `asks`.

import { readFileSync } from "node:fs";

const { file, hasses, texts, asks } = JSON.parse(readFileSync(0, "utf8"));

const elements = new Map();
globalThis.window = globalThis;
globalThis.HTMLElement = class {};
globalThis.document = { querySelector: () => null };
globalThis.customElements = {
  get: (name) => elements.get(name),
  define(name, element) {
    if (elements.has(name)) throw new Error(`${name} is there already`);
    elements.set(name, element);
  },
};

const localize = (key, values = {}) =>
  texts[key]?.replace(/\{(\w+)\}/g, (_, name) => values[name]) ?? "";
for (const hass of hasses) {
  hass.localize = () => "";
  hass.loadBackendTranslation = async () => localize;
}

await import(file);
// A second copy, such as one that an extra module brings along.
await import(`${file}?copy`);

const answers = [];
for (const { element, config, hass, before } of asks) {
  const strategy = elements.get(element);
  answers.push(
    before === undefined
      ? await strategy.generate(config, hasses[hass])
      : strategy.shouldRegenerate(config, hasses[before], hasses[hass]),
  );
}
process.stdout.write(JSON.stringify({ answers, offered: window.customStrategies }));
