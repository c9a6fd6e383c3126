/** `GET /openapi.json`: every REST door, described from the schemas that read and write what passes through it (OpenAPI 3.1). */
import { z } from "zod";
import { ArtworkId } from "#contracts/artwork.ts";
import { ExportManyInput, ExportSettings } from "#contracts/exports.ts";
import { LiveReply, ReadyReply } from "#contracts/health.ts";
import {
  CompletedImageEvent,
  ErrorEvent,
  ImagesReply,
  ImagesRequest,
  ModelsReply,
  OpenAiError,
  PartialImageEvent,
} from "#contracts/images.ts";
import { Sha256, SketchReply } from "#contracts/order.ts";
import { ClaimInput, ClaimReply } from "#contracts/people.ts";
import { PROBLEM_TYPE, Problem } from "#contracts/problem.ts";
import {
  InterruptReply,
  OptionsReply,
  ProgressReply,
  SamplersReply,
  SdModelsReply,
  Txt2ImgReply,
  Txt2ImgRequest,
} from "#contracts/sdapi.ts";
import { OembedReply, ShareSlug } from "#contracts/shares.ts";
import { THUMB_NAME } from "#contracts/thumbnails.ts";
import { guarded, type Json, type Paths, type Reply, SECURITY_SCHEMES } from "./openapi-guards.ts";

/** Inputs as they are sent, outputs as they are answered. */
function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}

const COMPONENTS = {
  Problem: schemaOf(Problem, "output"),
  OpenAiError: schemaOf(OpenAiError, "output"),
  ImagesReply: schemaOf(ImagesReply, "output"),
  PartialImageEvent: schemaOf(PartialImageEvent, "output"),
  CompletedImageEvent: schemaOf(CompletedImageEvent, "output"),
  ErrorEvent: schemaOf(ErrorEvent, "output"),
  ModelsReply: schemaOf(ModelsReply, "output"),
  Txt2ImgReply: schemaOf(Txt2ImgReply, "output"),
  ProgressReply: schemaOf(ProgressReply, "output"),
  SamplersReply: schemaOf(SamplersReply, "output"),
  SdModelsReply: schemaOf(SdModelsReply, "output"),
  OptionsReply: schemaOf(OptionsReply, "output"),
  InterruptReply: schemaOf(InterruptReply, "output"),
  SketchReply: schemaOf(SketchReply, "output"),
  LiveReply: schemaOf(LiveReply, "output"),
  ReadyReply: schemaOf(ReadyReply, "output"),
  OembedReply: schemaOf(OembedReply, "output"),
  ClaimReply: schemaOf(ClaimReply, "output"),
} as const;
type Component = keyof typeof COMPONENTS;

const ref = (name: Component): Json => ({ $ref: `#/components/schemas/${name}` });
const reply = (description: string, ...types: readonly (readonly [string, Json])[]): Reply => ({
  description,
  ...(types.length > 0 && { content: Object.fromEntries(types.map(([type, schema]) => [type, { schema }])) }),
});
const json = (description: string, name: Component): Reply => reply(description, ["application/json", ref(name)]);
/** Bytes have no schema in OpenAPI 3.1. */
const bytes = (description: string, ...types: readonly string[]): Reply =>
  reply(description, ...types.map((type) => [type, {}] as const));
const text = (description: string, type: string): Reply => reply(description, [type, { type: "string" }]);

const WHY = {
  400: "The request does not fit, or asks for what is not painted: `field` and `reason` say which part and which limit.",
  404: "What it names is not there.",
  409: "It cannot be done as things stand; an Idempotency-Key that was another request's, for one.",
  429: "Too much at once.",
  499: "The order was cancelled.",
  500: "The painting did not come out.",
  503: "The painting engine, or the storage, is away.",
} as const;
const errors = (type: string, name: Component, statuses: readonly (keyof typeof WHY)[]): Record<number, Reply> =>
  Object.fromEntries(statuses.map((status) => [status, reply(WHY[status], [type, ref(name)])]));
const problems = (...statuses: readonly (keyof typeof WHY)[]) => errors(PROBLEM_TYPE, "Problem", statuses);
/** Whoever follows a link there in a browser reads a sentence. */
const problem = (description: string): Reply =>
  reply(description, [PROBLEM_TYPE, ref("Problem")], ["text/plain", { type: "string" }]);
const openAiErrors = (...statuses: readonly (keyof typeof WHY)[]) =>
  errors("application/json", "OpenAiError", statuses);

const parameter = (
  where: "path" | "query" | "header",
  name: string,
  schema: Json,
  required = where === "path",
): Json => ({
  name,
  in: where,
  required,
  schema,
});
const body = (type: string, schema: Json): Json => ({ required: true, content: { [type]: { schema } } });
const input = (schema: z.ZodType): Json => body("application/json", schemaOf(schema, "input"));

const KEY = parameter("header", "Idempotency-Key", { type: "string", pattern: "^[!-~]{1,255}$" });
const PAINTED = [400, 404, 409, 429, 499, 500, 503] as const;
const SHA = parameter("path", "sha", schemaOf(Sha256, "input"));
const THUMB = parameter("path", "thumb", { type: "string", pattern: `^${THUMB_NAME}$` });
const SLUG = parameter("path", "slug", schemaOf(ShareSlug, "input"));
const ARTWORK = parameter("path", "id", schemaOf(ArtworkId, "input"));
const SKETCHES = ["image/png", "image/jpeg", "image/webp", "image/avif"];

const OPEN_AI: Paths = {
  "/v1/images/generations": {
    post: {
      operationId: "generateImages",
      summary: "Paint, as OpenAI's images API does; with `stream`, previews and pictures as server-sent events",
      parameters: [KEY],
      requestBody: input(ImagesRequest),
      responses: {
        200: reply(
          "The pictures, the kept one first.",
          ["application/json", ref("ImagesReply")],
          ["text/event-stream", { oneOf: [ref("PartialImageEvent"), ref("CompletedImageEvent"), ref("ErrorEvent")] }],
        ),
        ...openAiErrors(...PAINTED),
      },
    },
  },
  "/v1/models": {
    get: {
      operationId: "listModels",
      summary: "The models there are",
      responses: { 200: json("Models.", "ModelsReply"), ...openAiErrors(503) },
    },
  },
};

const getOf = (
  operationId: string,
  summary: string,
  name: Component,
  more: { readonly parameters?: readonly Json[] } = {},
): Paths[string] => ({
  get: { operationId, summary, responses: { 200: json("As it is now.", name), ...problems(503) }, ...more },
});

const SDAPI: Paths = {
  "/sdapi/v1/txt2img": {
    post: {
      operationId: "txt2img",
      summary: "Paint word for word, as AUTOMATIC1111's web UI does",
      parameters: [KEY],
      requestBody: input(Txt2ImgRequest),
      responses: { 200: json("Every picture, in the order of the seeds.", "Txt2ImgReply"), ...problems(...PAINTED) },
    },
  },
  "/sdapi/v1/progress": getOf("progress", "How far the painting on the easel is", "ProgressReply", {
    parameters: [parameter("query", "skip_current_image", { type: "string", enum: ["true", "false"] })],
  }),
  "/sdapi/v1/interrupt": {
    post: {
      operationId: "interrupt",
      summary: "Cancel what is being painted; what waits stays",
      responses: { 200: json("It was, or nothing was being painted.", "InterruptReply"), ...problems(400) },
    },
  },
  "/sdapi/v1/samplers": getOf("samplers", "Names that `sampler_name` takes", "SamplersReply"),
  "/sdapi/v1/sd-models": getOf("sdModels", "The models there are", "SdModelsReply"),
  "/sdapi/v1/options": getOf("options", "What is painted with where nothing else is asked for", "OptionsReply"),
};

const FILES: Paths = {
  "/images/{sha}": {
    get: {
      operationId: "picture",
      summary: "A picture, or a film, by its content address",
      parameters: [SHA, parameter("query", "download", { type: "string" })],
      responses: { 200: bytes("The bytes, for ever the same.", "image/png", "image/webp"), 404: problem(WHY[404]) },
    },
  },
  "/images/{sha}/{thumb}": {
    get: {
      operationId: "thumbnail",
      summary: "A small copy of a picture",
      parameters: [SHA, THUMB],
      responses: { 200: bytes("The bytes.", "image/avif", "image/webp"), 404: problem(WHY[404]) },
    },
  },
  "/artworks/{id}/export": {
    get: {
      operationId: "exportArtwork",
      summary: "An artwork as one file",
      parameters: [
        ARTWORK,
        ...Object.entries(ExportSettings.shape).map(([name, schema]) =>
          parameter("query", name, schemaOf(schema, "input")),
        ),
      ],
      responses: {
        200: bytes("The file.", "image/png", "image/jpeg", "image/webp", "image/avif", "image/tiff", "application/pdf"),
        ...problems(400, 404),
      },
    },
  },
  "/exports": {
    post: {
      operationId: "exportArtworks",
      summary: "Many artworks in a zip",
      requestBody: input(ExportManyInput),
      responses: { 200: bytes("The zip, as it is made.", "application/zip"), ...problems(400, 404) },
    },
  },
  "/sketches": {
    post: {
      operationId: "keepSketch",
      summary: "Keep a picture to be painted over",
      requestBody: { required: true, content: Object.fromEntries(SKETCHES.map((type) => [type, {}])) },
      responses: { 200: json("Its content address.", "SketchReply"), ...problems(400, 503) },
    },
  },
};

const SHARED: Paths = {
  "/oembed": {
    get: {
      operationId: "oembed",
      summary: "What a share link embeds as (oembed.com, 1.0)",
      parameters: ["url", "format", "maxwidth"].map((name) => parameter("query", name, { type: "string" })),
      responses: {
        200: json("A photo.", "OembedReply"),
        404: problem(WHY[404]),
        501: problem("Another form than json."),
      },
    },
  },
  "/s/{slug}/unlock": {
    post: {
      operationId: "unlockShare",
      summary: "Give a share link its password",
      parameters: [SLUG],
      requestBody: body("application/x-www-form-urlencoded", {
        type: "object",
        properties: { password: { type: "string" } },
      }),
      responses: { 303: reply("Back to the page, with a key where it was right."), 404: problem(WHY[404]) },
    },
  },
  "/s/{slug}/{id}/{thumb}": {
    get: {
      operationId: "sharedPicture",
      summary: "A picture that a share link leads to",
      parameters: [SLUG, ARTWORK, THUMB],
      responses: { 200: bytes("The bytes.", "image/avif", "image/webp"), 404: problem(WHY[404]) },
    },
  },
  "/share-target": {
    post: {
      operationId: "takeShare",
      summary: "What another app on the device shares: words, or a picture",
      requestBody: body("multipart/form-data", {
        type: "object",
        properties: { title: { type: "string" }, text: { type: "string" }, picture: {} },
      }),
      responses: { 303: reply("To the studio."), 413: problem("It is too large.") },
    },
  },
};

const HOUSE: Paths = {
  "/health/live": {
    get: { operationId: "live", summary: "Whether she runs", responses: { 200: json("She does.", "LiveReply") } },
  },
  "/health/ready": {
    get: {
      operationId: "ready",
      summary: "Whether what is ordered now would be painted and kept",
      responses: { 200: json("It would.", "ReadyReply"), 503: json("It would not; the checks say why.", "ReadyReply") },
    },
  },
  "/metrics": {
    get: {
      operationId: "metrics",
      summary: "What Prometheus reads",
      responses: { 200: text("OpenMetrics' text format.", "application/openmetrics-text") },
    },
  },
  "/sign-in/claim": {
    get: {
      operationId: "claimState",
      summary: "Whether the owner can sign in already",
      responses: { 200: json("Whether.", "ClaimReply") },
    },
    post: {
      operationId: "claim",
      summary: "Makes whoever knows the code the owner who can sign in, once",
      requestBody: input(ClaimInput),
      responses: { 204: reply("They can."), ...problems(400, 409) },
    },
  },
  "/openapi.json": {
    get: { operationId: "openApi", summary: "This", responses: { 200: bytes("OpenAPI 3.1.", "application/json") } },
  },
  "/sw.js": {
    get: {
      operationId: "serviceWorker",
      summary: "What works without a network",
      responses: { 200: bytes("A script.", "text/javascript") },
    },
  },
};

export const openApiDocument = () => ({
  openapi: "3.1.0",
  info: {
    title: "Aria",
    version: "1",
    description:
      "Every way in but tRPC's, which is typed by `AppRouter`. Errors are problem details (RFC 9457), and OpenAI's own at its doors; " +
      "whoever asks for `text/html` is told in a sentence, or led to where one signs in. At the machine that Aria listens on alone " +
      "nobody needs a key.",
    license: { name: "MIT", identifier: "MIT" },
  },
  servers: [{ url: "/" }],
  paths: guarded({ ...OPEN_AI, ...SDAPI, ...FILES, ...SHARED, ...HOUSE }),
  components: { schemas: COMPONENTS, securitySchemes: SECURITY_SCHEMES },
});

export const openApiReply = (): Response => Response.json(openApiDocument());
