/** Every text that whoever asks may word as they like, read from what each door takes. */
import { z } from "zod";
import { openApiDocument } from "#server/transport/http/openapi.ts";
import { appRouter } from "#server/transport/trpc/app-router.ts";

/** As much of JSON Schema as zod and openapi.ts write. */
interface Schema {
  readonly type?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: unknown;
  readonly const?: unknown;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly propertyNames?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

const takes = (schema: Schema, text: string): boolean =>
  schema.type === "string" &&
  schema.format === undefined &&
  schema.enum === undefined &&
  schema.const === undefined &&
  (schema.maxLength ?? Number.POSITIVE_INFINITY) >= text.length &&
  (schema.pattern === undefined || new RegExp(schema.pattern, "u").test(text));

/** Where `text` may stand, as "order.place.prompt". */
function textsIn(schema: Schema, at: string, text: string): string[] {
  const { items, propertyNames, additionalProperties, anyOf = [], oneOf = [], allOf = [] } = schema;
  const inner = [items, propertyNames, additionalProperties, ...anyOf, ...oneOf, ...allOf];
  return [
    ...(takes(schema, text) ? [at] : []),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, part]) => textsIn(part, `${at}.${name}`, text)),
    ...inner.flatMap((part) => (typeof part === "object" ? textsIn(part, at, text) : [])),
  ];
}

const PROCEDURES = appRouter._def.procedures as unknown as Record<
  string,
  { readonly _def: { readonly inputs: readonly z.ZodType[] } }
>;

function inProcedures(text: string): string[] {
  return Object.entries(PROCEDURES).flatMap(([path, { _def }]) =>
    _def.inputs.flatMap((input) =>
      textsIn(z.toJSONSchema(input, { io: "input", unrepresentable: "any" }) as Schema, path, text),
    ),
  );
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> };
}

function inRest(text: string): string[] {
  const paths = Object.entries(openApiDocument().paths) as [string, Record<string, Operation>][];
  return paths.flatMap(([path, operations]) =>
    Object.values(operations).flatMap(({ parameters = [], requestBody }) => [
      ...parameters.flatMap(({ name, schema }) => textsIn(schema, `${path}.${name}`, text)),
      ...Object.values(requestBody?.content ?? {}).flatMap(({ schema = {} }) => textsIn(schema, path, text)),
    ]),
  );
}

/** Of tRPC's procedures, and of the doors that `/openapi.json` describes, those that take this text. */
export const freeTexts = (text: string): string[] => [...new Set([...inProcedures(text), ...inRest(text)])].sort();

/**
 * What becomes of each. `kept`: shown later, to others too. `twin`: kept where another is. `asked`: answered, and forgotten.
 * `hidden`: shown to nobody. `refused`: where it is none of a few.
 */
export const FATES: Readonly<Record<string, "kept" | "twin" | "asked" | "hidden" | "refused">> = {
  "/images/{sha}.download": "asked",
  "/oembed.format": "refused",
  "/oembed.maxwidth": "asked",
  "/oembed.url": "asked",
  "/s/{slug}/unlock.password": "hidden",
  "/sdapi/v1/txt2img.Idempotency-Key": "hidden",
  "/sdapi/v1/txt2img.negative_prompt": "kept",
  "/sdapi/v1/txt2img.override_settings.sd_model_checkpoint": "refused",
  "/sdapi/v1/txt2img.prompt": "kept",
  "/sdapi/v1/txt2img.sampler_index": "refused",
  "/sdapi/v1/txt2img.sampler_name": "refused",
  "/sdapi/v1/txt2img.scheduler": "refused",
  "/share-target.text": "asked",
  "/share-target.title": "asked",
  "/sign-in/claim.code": "hidden",
  // The owner's; person.setProfile.name.
  "/sign-in/claim.name": "twin",
  "/sign-in/claim.password": "hidden",
  "/v1/images/generations.Idempotency-Key": "hidden",
  "/v1/images/generations.model": "refused",
  "/v1/images/generations.prompt": "kept",
  "admin.audit.action": "asked",
  "admin.overview.timeZone": "refused",
  "admin.trends.timeZone": "refused",
  "artwork.remix.style": "kept",
  "collection.create.name": "kept",
  "collection.rename.name": "kept",
  "device.put.locale": "hidden",
  "flag.write.rules.variant": "refused",
  "flag.write.shares": "refused",
  "gallery.alike.words": "asked",
  "gallery.outline.q": "asked",
  "gallery.outline.style": "asked",
  "gallery.page.q": "asked",
  "gallery.page.style": "asked",
  "mind.create.name": "kept",
  "mind.propose.theme": "asked",
  "model.plan.from": "asked",
  "model.plan.revision": "asked",
  "model.start.from": "kept",
  "model.start.revision": "hidden",
  "order.place.edited": "kept",
  "order.place.negativePrompt": "kept",
  "order.place.prompt": "kept",
  "person.create.name": "kept",
  "person.create.password": "hidden",
  "person.createKey.name": "kept",
  "person.setOwnPassword.current": "hidden",
  "person.setOwnPassword.password": "hidden",
  "person.setPassword.password": "hidden",
  "person.setProfile.name": "kept",
  "safety.try.rules.allow": "asked",
  "safety.try.rules.deny": "asked",
  "safety.try.rules.people": "asked",
  "safety.try.text": "asked",
  "safety.write.allow": "kept",
  "safety.write.deny": "kept",
  "safety.write.people": "kept",
  "series.place.theme": "kept",
  "share.create.password": "hidden",
};
