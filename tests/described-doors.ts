/** Doors as an OpenAPI document describes them: requests that fit it, or nearly do, and what it does not say of an answer. */
import Ajv2020 from "ajv/dist/2020.js";
import fc from "fast-check";
import { nearly } from "./json-arbitrary.ts";

interface Said {
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}
interface Operation {
  readonly operationId: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly schema: object }[];
  readonly requestBody?: Said;
  readonly responses: Readonly<Record<string, Said>>;
}
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: object;
}
export interface Door {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

export const doorsIn = ({ paths }: OpenApi): Door[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );

/** Says what an answer has that the document does not: a status, a content type, a body that does not fit; null where nothing. */
export function faultFinder({ components }: OpenApi) {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: "aria", components });
  const checkOf = (schema: object) =>
    ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"aria#/components')));
  return async ({ operation }: Door, reply: Response): Promise<string | null> => {
    const said = operation.responses[reply.status];
    const type = (reply.headers.get("content-type") ?? "").split(";")[0]!;
    const text = await reply.text();
    const what = `${operation.operationId} says ${reply.status} ${type}: ${text.slice(0, 300)}`;
    if (!said) return what;
    if (!said.content) return text === "" ? null : what;
    if (!Object.hasOwn(said.content, type)) return what;
    const schema = said.content[type]?.schema;
    if (!schema || Object.keys(schema).length === 0) return null;
    const isFit = checkOf(schema);
    const wrong = bodiesIn(type, text).find((body) => !isFit(body));
    return wrong === undefined ? null : `${what}, ${ajv.errorsText(isFit.errors)}`;
  };
}

function bodiesIn(type: string, text: string): unknown[] {
  if (type === "text/event-stream") return [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data!));
  return [type.endsWith("json") ? JSON.parse(text) : text];
}

interface Asked {
  /** Those of the address. */
  readonly params: Readonly<Record<string, string>>;
  readonly request: Request;
}

/** Requests as the document describes them, or nearly so; none has an address that leads elsewhere. */
export function requestsTo({ path, method, operation }: Door, origin: string): fc.Arbitrary<Asked> {
  const { parameters = [], requestBody } = operation;
  const parts = fc.record(Object.fromEntries(parameters.map(({ name, schema }) => [name, nearly(schema)])), {
    requiredKeys: parameters.filter(({ in: where }) => where === "path").map(({ name }) => name),
  });
  const type = Object.keys(requestBody?.content ?? {})[0];
  const body = nearly(requestBody?.content?.[type ?? ""]?.schema ?? {});
  const where = (name: string) => parameters.find((parameter) => parameter.name === name)?.in;
  return fc
    .record({ parts, body, isPlain: fc.nat(9) })
    .map(({ parts: chosen, body: sent, isPlain }) => {
      const told = Object.entries(chosen).map(([name, value]) => [name, plain(value)] as const);
      const params = Object.fromEntries(told.filter(([name]) => where(name) === "path"));
      const query = new URLSearchParams(told.filter(([name]) => where(name) === "query").map(([n, v]) => [n, v]));
      const headers = new Headers(isPlain === 0 || !type ? {} : { "content-type": type });
      for (const [name, value] of told)
        if (where(name) === "header" && /^[\x20-\x7e]+$/.test(value)) headers.set(name, value);
      const at = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(safe(params[name] ?? "")));
      const payload = type ? { body: type.endsWith("json") ? JSON.stringify(sent) : safe(plain(sent)) } : {};
      return { params, request: new Request(`${origin}${at}?${query}`, { method, headers, ...payload }) };
    })
    .filter(({ request }) => isAt(path, new URL(request.url).pathname));
}

/** A part that is empty, or dots, makes another address. */
function isAt(path: string, pathname: string): boolean {
  const [wanted, found] = [path.split("/"), pathname.split("/")];
  return (
    found.length === wanted.length &&
    found.every((part, at) => part === wanted[at] || (part && wanted[at]?.startsWith("{")))
  );
}

/** Without half characters, which no address can hold. */
const safe = (text: string): string => Buffer.from(text).toString();
const plain = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));
