/**
 * The dashboard of API Credits, and the section of one account: built-in cards only.
 *
 * What changes by the minute is left to the cards: each is there while its conditions hold, also
 * once a person has taken control. The plan is made anew only where it would be another one.
 */

const DOMAIN = "api_credits";
const TITLE = "API Credits";
const ICON = "mdi:wallet";
const DOCUMENTATION = "https://github.com/api-credits/api-credits/blob/main/docs/dashboard.md";
const DASHBOARD = "api-credits";
const ACCOUNT = "api-credits-account";

const DAYS_SHOWN = 14;
const COLORS = ["teal", "blue", "purple", "cyan", "indigo", "pink", "lime", "brown"];

/** Alerts, the worst first, with the announcement that has the words for each. */
const ALERTS = [
  { key: "exhausted", moment: "exhausted", color: "red", icon: "mdi:battery-off-outline" },
  { key: "low_balance", moment: "became_low", color: "red", icon: "mdi:wallet-bifold-outline" },
  { key: "running_out", moment: "running_out", color: "amber", icon: "mdi:timer-alert-outline" },
];
const UNREAD_ICON = "mdi:cloud-alert-outline";

const EVENT_TEXT = "entity.event.account_activity.state_attributes.event_type.state";

const known = new WeakMap();

/** Our entities, looked for once for each state of the registry. */
function ours(hass) {
  if (!known.has(hass.entities)) {
    const found = Object.values(hass.entities).filter(
      (entity) => entity.platform === DOMAIN && !entity.hidden,
    );
    known.set(hass.entities, found);
  }
  return known.get(hass.entities);
}

/** All accounts, by name, each with its entities by their keys. */
function accountsOf(hass) {
  const found = new Map();
  for (const { entity_id, device_id, translation_key } of ours(hass)) {
    const device = hass.devices[device_id];
    if (!device || !translation_key) continue;
    if (!found.has(device_id)) {
      const name = device.name_by_user || device.name || "";
      found.set(device_id, { id: device_id, name, url: device.configuration_url, entities: {} });
    }
    const { entities } = found.get(device_id);
    const key = translation_key.replace(/_scoped$/, "");
    entities[key] = [...(entities[key] ?? []), entity_id].sort();
  }
  return [...found.values()].sort((one, other) => one.name.localeCompare(other.name));
}

/** The entities of an account of one key: several where it has several balances. */
const of = (account, key) => account.entities[key] ?? [];

/** What is left, by the provider's word or by our own reckoning. */
const balancesOf = (account) => [...of(account, "balance"), ...of(account, "calculated_balance")];

/** When a balance runs out, as something to sort by: what needs a person first comes first. */
function urgency(hass, entityId) {
  const state = hass.states[entityId];
  if (!state || state.state === "unavailable") return 0;
  if (state.attributes.reason === "empty") return 1;
  const at = Date.parse(state.state);
  return Number.isNaN(at) ? Infinity : at;
}

const is = (entity, state) => ({ condition: "state", entity, state });
const isNot = (entity, state) => ({ condition: "state", entity, state_not: state });
const all = (conditions) => ({ condition: "and", conditions });
const any = (conditions) => ({ condition: "or", conditions });

const heading = (text, icon) => ({ type: "heading", heading: text, icon });
const section = (cards, rest) => ({ type: "grid", cards, ...rest });

const OWN_NAME = [{ type: "entity" }];

/** A name among accounts: the account's, and the entity's own where there are several like it. */
const nameAmong = (those) => [{ type: "device" }, ...(those.length > 1 ? OWN_NAME : [])];

const tile = (entity, columns, rest) => ({
  type: "tile",
  entity,
  grid_options: { columns },
  ...rest,
});

/** What is wrong with an account, in words: one tile at a time, and none if all is well. */
function troubles(account, say) {
  const balances = balancesOf(account);
  const cards = [];
  const [unreadable] = of(account, "unreadable");
  const unread = balances.length ? [any(balances.map((each) => is(each, "unavailable")))] : [];
  if (unreadable) {
    const rest = {
      name: say("common.dashboard_unread"),
      icon: UNREAD_ICON,
      state_content: ["last_read"],
    };
    const on = { ...rest, color: "red", visibility: [is(unreadable, "on")] };
    cards.push(tile(unreadable, 12, on));
    if (unread.length) {
      const soon = { ...rest, color: "grey", visibility: [isNot(unreadable, "on"), ...unread] };
      cards.push(tile(unreadable, 12, soon));
    }
  }
  const worse = [];
  for (const { key, moment, color, icon } of ALERTS) {
    for (const alert of of(account, key)) {
      const one = balances.length === 1;
      const visibility = [is(alert, "on"), ...worse.map((each) => isNot(each, "on"))];
      const name = say(`${EVENT_TEXT}.${moment}`);
      const content = one ? {} : { state_content: ["last_changed"] };
      cards.push(tile(one ? balances[0] : alert, 12, { name, icon, color, visibility, ...content }));
      worse.push(alert);
    }
  }
  return cards;
}

/** Trouble of all accounts, which is there only while there is some. */
function needsAttention(accounts, text) {
  const say = (key) => [{ type: "device" }, { type: "text", text: `· ${text(key)}` }];
  const each = accounts.map((account) => troubles(account, say));
  const most = Math.max(0, ...each.map((cards) => cards.length));
  const cards = Array.from({ length: most }, (_, rank) => each.map((them) => them[rank]))
    .flat()
    .filter(Boolean);
  if (!cards.length) return [];
  return [
    section([heading(text("common.dashboard_trouble"), "mdi:alert-outline"), ...cards], {
      column_span: 2,
      visibility: [any(cards.map((card) => all(card.visibility)))],
    }),
  ];
}

/** What is left of each balance; an account in trouble has another icon, not only a colour. */
function left(account, nameOf) {
  const balances = balancesOf(account);
  const looks = [];
  const worse = [];
  for (const { key, color, icon } of ALERTS) {
    for (const alert of of(account, key)) {
      const visibility = [is(alert, "on"), ...worse.map((each) => isNot(each, "on"))];
      looks.push({ color, icon, visibility });
      worse.push(alert);
    }
  }
  looks.push({ color: "green", visibility: worse.map((each) => isNot(each, "on")) });
  const name = nameOf(balances);
  return balances.flatMap((each) => looks.map((look) => tile(each, 12, { name, ...look })));
}

/** A figure, or why it is not known. */
const figure = (entity, columns, name) => [
  tile(entity, columns, { name, visibility: [isNot(entity, "unknown")] }),
  tile(entity, columns, { name, state_content: ["reason"], visibility: [is(entity, "unknown")] }),
];

/** All balances by when they run out. */
function runsOutFirst(hass, accounts, text) {
  const rows = accounts.flatMap((account) => {
    const those = of(account, "runs_out");
    const name = nameAmong(those);
    return those.map((entity) => [urgency(hass, entity), figure(entity, 12, name)]);
  });
  rows.sort(([one], [other]) => (one === other ? 0 : one - other));
  const cards = rows.flatMap(([, tiles]) => tiles);
  return [section([heading(text("common.dashboard_runs_out"), "mdi:calendar-alert"), ...cards])];
}

/** Bars of what is spent a day. */
const bars = (entities, rows) => ({
  type: "statistics-graph",
  chart_type: "bar-stack",
  period: "day",
  stat_types: ["change"],
  days_to_show: DAYS_SHOWN,
  entities,
  grid_options: { columns: 12, rows },
});

/** What is spent a day: a graph for each unit, every account in a colour of its own. */
function spend(hass, accounts, text) {
  const byUnit = new Map();
  accounts.forEach((account, number) => {
    const those = of(account, "spent");
    for (const entity of those) {
      const unit = hass.states[entity]?.attributes.unit_of_measurement ?? "";
      const color = COLORS[number % COLORS.length];
      const bar = { entity, name: nameAmong(those), color };
      byUnit.set(unit, [...(byUnit.get(unit) ?? []), bar]);
    }
  });
  return [...byUnit].map(([unit, entities]) =>
    section([heading(text("common.dashboard_spend", { unit }), "mdi:chart-bar"), bars(entities, 5)]),
  );
}

/** What has happened lately. */
function activity(accounts, text) {
  const entity_id = accounts.flatMap((account) => of(account, "account_activity"));
  if (!entity_id.length) return [];
  const log = {
    type: "logbook",
    target: { entity_id },
    hours_to_show: 24 * 7,
    name_detail: "device",
    grid_options: { columns: "full", rows: 4 },
  };
  const cards = [heading(text("common.dashboard_activity"), "mdi:bell-outline"), log];
  return [section(cards, { column_span: 2 })];
}

/** The dashboard: an overview, and all that there is of each account. */
function planDashboard(_, hass, text) {
  const accounts = accountsOf(hass);
  const overview = accounts.length
    ? [
        ...needsAttention(accounts, text),
        section([
          heading(text("common.dashboard_left"), ICON),
          ...accounts.flatMap((account) => left(account, nameAmong)),
        ]),
        ...runsOutFirst(hass, accounts, text),
        ...spend(hass, accounts, text),
        ...activity(accounts, text),
      ]
    : [section([nothing(text("common.dashboard_nothing"))])];
  const view = { type: "sections", max_columns: 2 };
  const strategies = accounts.map(({ id }) => ({
    strategy: { type: `custom:${ACCOUNT}`, device_id: id },
  }));
  return {
    title: TITLE,
    views: [
      { ...view, title: TITLE, path: "overview", icon: ICON, sections: overview },
      ...(accounts.length
        ? [
            {
              ...view,
              title: text("common.dashboard_accounts"),
              path: "accounts",
              icon: "mdi:view-list",
              sections: strategies,
            },
          ]
        : []),
    ],
  };
}

/** A sentence in the place of what is not there. */
const nothing = (words) => ({
  type: "markdown",
  content: `${words}\n\n[${TITLE}](/config/integrations/integration/${DOMAIN})`,
});

/** The section of an account: the first one where none is chosen. */
function planAccount({ device_id }, hass, text) {
  const accounts = accountsOf(hass);
  const account = device_id ? accounts.find(({ id }) => id === device_id) : accounts[0];
  if (!account) return section([nothing(text("common.dashboard_gone"))]);
  const own = () => OWN_NAME;
  const say = (key) => [{ type: "text", text: text(key) }];
  const figures = ["runs_out", "burn_rate"].flatMap((key) => of(account, key));
  const thresholds = ["low_balance_threshold", "runway_days"];
  const spent = of(account, "spent").map((entity, number) => ({
    entity,
    name: OWN_NAME,
    color: COLORS[number % COLORS.length],
  }));
  const topUp = {
    type: "button",
    icon: "mdi:credit-card-plus-outline",
    text: text("common.dashboard_top_up"),
    tap_action: { action: "url", url_path: account.url },
  };
  return section([
    {
      ...heading(account.name, ICON),
      badges: /^https?:/.test(account.url ?? "") ? [topUp] : [],
      tap_action: { action: "navigate", navigation_path: `/config/devices/device/${account.id}` },
    },
    ...troubles(account, say),
    ...left(account, own),
    ...figures.flatMap((entity) => figure(entity, 12, OWN_NAME)),
    ...(spent.length ? [bars(spent, 4)] : []),
    ...thresholds.flatMap((key) => of(account, key)).map((each) => tile(each, 6, { name: OWN_NAME })),
    ...of(account, "check_now").map((each) => tile(each, 6, { name: OWN_NAME, hide_state: true })),
  ]);
}

const loading = new Map();

/** Load the texts of a language once, as who asks while they are on their way is given none. */
async function load(hass) {
  let { localize } = hass;
  for (const category of ["entity", "common"]) {
    localize = await hass.loadBackendTranslation(category, DOMAIN).catch(() => localize);
  }
  return localize;
}

/** Return a function that looks up a text in the person's language. */
async function texts(hass) {
  if (!loading.has(hass.language)) loading.set(hass.language, load(hass));
  const localize = await loading.get(hass.language);
  return (key, values) => localize(`component.${DOMAIN}.${key}`, values) || key;
}

/** A strategy that follows a plan, and plans anew only what would be another plan. */
const strategy = (plan, rest) => {
  const outline = (config, hass) => JSON.stringify(plan(config, hass, (...words) => words.join()));
  return Object.assign(
    class extends HTMLElement {
      static async generate(config, hass) {
        return plan(config, hass, await texts(hass));
      }

      static shouldRegenerate(config, before, now) {
        if (before.language !== now.language) return true;
        const same =
          before.entities === now.entities &&
          before.devices === now.devices &&
          ours(now).every(({ entity_id }) => before.states[entity_id] === now.states[entity_id]);
        return !same && outline(config, before) !== outline(config, now);
      }
    },
    rest,
  );
};

/** A choice among the accounts: what the editor of the section shows. */
class AccountChoice extends HTMLElement {
  setConfig(config) {
    this.config = config;
    this.show();
  }

  set hass(hass) {
    this.accounts ??= accountsOf(hass);
    this.show();
  }

  show() {
    if (this.firstChild || !this.config || !this.accounts) return;
    const select = document.createElement("select");
    select.setAttribute("aria-label", TITLE);
    select.style.cssText =
      "width: 100%; padding: 12px; font: inherit; color: var(--primary-text-color);" +
      "background: var(--card-background-color); border: 1px solid var(--divider-color); border-radius: 8px";
    for (const { id, name } of this.accounts) select.add(new Option(name, id));
    select.value = this.config.device_id ?? select.value;
    select.addEventListener("change", () => {
      const detail = { config: { ...this.config, device_id: select.value } };
      this.dispatchEvent(new CustomEvent("config-changed", { detail, bubbles: true, composed: true }));
    });
    this.append(select);
  }
}

/** Offer a strategy in Home Assistant's dialogs, in the person's language once that is known. */
async function offer(strategyType, type, made, words) {
  const entry = { type, strategyType, name: TITLE, documentationURL: DOCUMENTATION };
  customElements.define(`ll-strategy-${strategyType}-${type}`, made);
  (window.customStrategies ??= []).push(entry);
  const hass = document.querySelector("home-assistant")?.hass;
  if (hass) entry.description = (await texts(hass))(words);
}

// Two copies of this file, such as an older one in a browser's cache, must not get in each other's way.
if (!customElements.get(`ll-strategy-dashboard-${DASHBOARD}`)) {
  customElements.define(`${ACCOUNT}-choice`, AccountChoice);
  const suggestions = { title: TITLE, icon: ICON };
  offer(
    "dashboard",
    DASHBOARD,
    strategy(planDashboard, { noEditor: true, getCreateSuggestions: () => suggestions }),
    "common.dashboard_description",
  );
  offer(
    "section",
    ACCOUNT,
    strategy(planAccount, {
      getConfigElement: () => document.createElement(`${ACCOUNT}-choice`),
      getStubConfig: (hass) => ({ type: `custom:${ACCOUNT}`, device_id: accountsOf(hass)[0]?.id }),
    }),
    "common.dashboard_section",
  );
}
