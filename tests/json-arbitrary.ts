/** Values by a JSON schema, as far as zod writes them: such as fit, and such as nearly do. Seeded by fast-check. */
import fc from "fast-check";

interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** Longer than anything that is checked, short enough for 500 of them. */
const MOST = 40;

export function fitting(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(fitting));
  const { minimum = -1_000, maximum = 1_000, multipleOf = 1 } = schema;
  switch (schema.type) {
    case "string":
      return text(schema);
    case "integer":
      return fc
        .integer({ min: Math.ceil(minimum / multipleOf), max: Math.floor(maximum / multipleOf) })
        .map((times) => times * multipleOf);
    case "number":
      return fc.double({ min: minimum, max: maximum, noNaN: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(fitting(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? MOST, MOST),
      });
    case "object":
      return fc.record(
        Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, part]) => [name, fitting(part)])),
        { requiredKeys: [...(schema.required ?? [])] },
      );
    default:
      return fc.jsonValue();
  }
}

function text({ pattern, format, minLength = 0, maxLength = MOST }: Schema): fc.Arbitrary<string> {
  if (format === "uuid") return fc.uuid();
  if (pattern !== undefined && pattern.length < 100) return fc.stringMatching(new RegExp(pattern, "u"));
  return fc.string({ unit: "grapheme", minLength, maxLength: Math.max(minLength, Math.min(maxLength, MOST)) });
}

/** A part of it replaced by anything at all, or left out, or put beside what belongs there. */
export const nearly = (schema: Schema): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 3, arbitrary: fitting(schema) },
    {
      weight: 4,
      arbitrary: fc.tuple(fitting(schema), fc.nat(), odd(), fc.nat(2)).map(([value, ...how]) => spoiled(value, ...how)),
    },
    { weight: 1, arbitrary: odd() },
  );

/** What a program that was not careful stumbles over. */
const odd = (): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.jsonValue(),
    fc.constantFrom<unknown>(
      ...[
        -1,
        0,
        1e308,
        -0,
        2 ** 53,
        "",
        "\0",
        "../../etc/passwd",
        "__proto__",
        "constructor",
        "x".repeat(3_000),
        "\ud800",
      ],
      ...[[], {}, null, { length: 1e9 }, "<script>alert(1)</script>", "%00", "NaN", "’; drop table orders; --"],
    ),
  );

function spoiled(value: unknown, at: number, by: unknown, how: number): unknown {
  if (value === null || typeof value !== "object") return by;
  const names = Object.keys(value);
  const name = names[at % Math.max(1, names.length)] ?? "unknown";
  if (how === 0) return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
  return how === 1 ? { ...value, [name]: by } : { ...value, [`${name} `]: by };
}
