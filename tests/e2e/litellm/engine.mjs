#!/usr/bin/env node
// Prisma's query engine and PostgreSQL, both in WebAssembly and in memory, in the place of the
// binary that Prisma's client for Python starts. It is that binary's HTTP interface, of which it
// translates the queries: the engine in WebAssembly takes no GraphQL.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";

const { LITELLM_ENGINE_MODULES, LITELLM_MIGRATIONS, PRISMA_DML_PATH } = process.env;
const OPERATION = /^(findUnique|findFirst|findMany|createOne|createMany|updateOne|updateMany|upsertOne|deleteOne|deleteMany|aggregate|groupBy)(\w*?)(OrThrow)?$/;
// Names and lists of names are types that the engine does not know; texts are the same to it.
const TEXTS = { 19: 25, 1003: 1009 };

if (process.argv.includes("--version")) {
  console.log("query-engine in WebAssembly");
  process.exit();
}

const require = createRequire(join(LITELLM_ENGINE_MODULES, "node_modules", "engine.cjs"));
const { parse, valueFromASTUntyped } = require("graphql");
const schema = readFileSync(PRISMA_DML_PATH, "utf8");
const engine = open();

/** Make the database as LiteLLM's migrations have it, and return the engine on it. */
async function open() {
  const { PGlite } = require("@electric-sql/pglite");
  const { bindAdapter } = require("@prisma/driver-adapter-utils");
  const { PrismaPGlite } = require("pglite-prisma-adapter");
  const database = await PGlite.create();
  const query = database.query.bind(database);
  database.query = async (...asked) => {
    const found = await query(...asked);
    for (const field of found.fields) field.dataTypeID = TEXTS[field.dataTypeID] ?? field.dataTypeID;
    return found;
  };
  for (const name of readdirSync(LITELLM_MIGRATIONS).sort()) {
    const file = join(LITELLM_MIGRATIONS, name, "migration.sql");
    if (existsSync(file)) await database.exec(readFileSync(file, "utf8"));
  }
  const glue = require("@prisma/client/runtime/query_engine_bg.postgresql.js");
  const code = readFileSync(require.resolve("@prisma/client/runtime/query_engine_bg.postgresql.wasm"));
  const { instance } = await WebAssembly.instantiate(code, { "./query_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  const opened = new glue.QueryEngine(
    {
      configDir: ".",
      datamodel: schema,
      datasourceOverrides: {},
      enableTracing: false,
      engineProtocol: "json",
      env: { DATABASE_URL: "postgresql://localhost" },
      ignoreEnvVarErrors: true,
      logLevel: "error",
      logQueries: false,
    },
    console.error,
    bindAdapter(new PrismaPGlite(database)),
  );
  await opened.connect("{}");
  return opened;
}

/** By model, the fields that hold JSON. */
const JSON_FIELDS = Object.fromEntries(
  [...schema.matchAll(/^model (\w+) \{(.*?)^\}/gms)].map(([, model, body]) => [
    model,
    new Set([...body.matchAll(/^\s+(\w+)\s+Json/gm)].map(([, field]) => field)),
  ]),
);

function asJson(value) {
  if (typeof value === "string") return { $type: "Json", value };
  if (Array.isArray(value)) return value.map(asJson);
  return value && "set" in value ? { set: asJson(value.set) } : value;
}

function written(model, data) {
  if (Array.isArray(data)) return data.map((each) => written(model, each));
  const fields = Object.entries(data);
  return Object.fromEntries(fields.map(([k, v]) => [k, JSON_FIELDS[model].has(k) ? asJson(v) : v]));
}

function argumentsOf(node) {
  return Object.fromEntries(
    (node.arguments ?? []).map((each) => [each.name.value, valueFromASTUntyped(each.value)]),
  );
}

function selectionOf(node) {
  return Object.fromEntries(
    (node.selectionSet?.selections ?? []).map((each) => [
      each.name.value,
      each.selectionSet || each.arguments?.length
        ? { arguments: argumentsOf(each), selection: selectionOf(each) }
        : true,
    ]),
  );
}

/** Return a query in GraphQL as one in the engine's own protocol. */
function translated(text) {
  const [field] = parse(text).definitions[0].selectionSet.selections;
  const query = { arguments: argumentsOf(field), selection: selectionOf(field) };
  const operation = OPERATION.exec(field.name.value);
  if (!operation) return { action: field.name.value, query };
  const [, action, modelName, orThrow = ""] = operation;
  for (const name of ["create", "data", "update"]) {
    if (name in query.arguments) query.arguments[name] = written(modelName, query.arguments[name]);
  }
  return { action: action + orThrow, modelName, query };
}

/** Return a value without the types that the engine's own protocol says. */
function untyped(value) {
  if (Array.isArray(value)) return value.map(untyped);
  if (value === null || typeof value !== "object") return value;
  if ("$type" in value) return value.value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, untyped(each)]));
}

function answered(answer) {
  if (!answer.data) return answer;
  const result = untyped(Object.values(answer.data)[0]);
  if (result?.columns) {
    const isJson = result.types.map((type) => type === "json");
    const read = (each, at) => (isJson[at] && typeof each === "string" ? JSON.parse(each) : each);
    result.rows = result.rows.map((row) => row.map(read));
  }
  return { data: { result } };
}

async function answer(path, body, transaction) {
  const opened = await engine;
  const ask = async (asked) => JSON.parse(await opened.query(JSON.stringify(asked), "{}", transaction));
  const [, first, id, end] = path.split("/");
  if (first === "status") return { status: "ok" };
  if (path === "/transaction/start") return JSON.parse(await opened.startTransaction(body, "{}"));
  if (first === "transaction") return JSON.parse(await opened[`${end}Transaction`](id, "{}"));
  const asked = JSON.parse(body);
  if (!asked.batch) return answered(await ask(translated(asked.query)));
  const found = await ask({ batch: asked.batch.map(({ query }) => translated(query)), transaction: {} });
  return found.batchResult ? { batchResult: found.batchResult.map(answered) } : found;
}

createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", async () => {
    let status = 200;
    let found;
    try {
      const body = Buffer.concat(parts).toString();
      found = await answer(request.url, body, request.headers["x-transaction-id"]);
    } catch (error) {
      console.error(error);
      [status, found] = [500, { error: String(error) }];
    }
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(found));
  });
}).listen(Number(process.argv[process.argv.indexOf("-p") + 1]), "localhost");

process.on("SIGINT", () => process.exit());
