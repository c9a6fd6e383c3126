/** What leaves a program by its log or its error reports holds no secrets, and nothing of what a person asked for. */

const GONE = "[redacted]";

/** Fields by their name, whatever they hang on. The second line is what people say to her. */
const SECRET_FIELD =
  /pass(word|phrase)|secret|token|api_?key|authorization|cookie|dsn|credential|connection_?string|database_?url|^(auth|p256dh|keys|endpoint)$/i;
const SAID_FIELD = /^(prompt|negativePrompt|negative_prompt|theme|edited|words|subject|text|brief)$/;

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // A password in an address, as a database's has it.
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s@/]+@/gi, `$1:${GONE}@`],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${GONE}`],
  [/\b(sk|hf|pk)[-_][\w-]{12,}/g, GONE],
];

const DEEPEST = 6;
const MOST_ITEMS = 50;
const SHORTEST_SECRET = 8;

export type Redact = ReturnType<typeof makeRedact>;

/** `secrets` are this program's own, wherever they may turn up. What it gives shares nothing with what it was given. */
export function makeRedact(secrets: readonly (string | undefined)[]) {
  const own = secrets.filter((secret): secret is string => secret !== undefined && secret.length >= SHORTEST_SECRET);
  const text = (value: string): string => {
    const known = own.reduce((left, secret) => left.replaceAll(secret, GONE), value);
    return PATTERNS.reduce((left, [pattern, instead]) => left.replace(pattern, instead), known);
  };
  const walk = (value: unknown, depth: number): unknown => {
    if (typeof value === "string") return text(value);
    if (typeof value !== "object" || value === null || value instanceof Date) return value;
    if (depth > DEEPEST) return "[deeper]";
    if (value instanceof Error) return error(value, depth);
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (Array.isArray(value)) return value.slice(0, MOST_ITEMS).map((item) => walk(item, depth + 1));
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, isHidden(key) ? GONE : walk(item, depth + 1)]),
    );
  };
  const error = (one: Error, depth: number): object => {
    const { name, stack = "", cause, ...more } = one as Error & Record<string, unknown>;
    const message = text(messageOf(one));
    const frames = stack.split("\n").filter((line) => /^\s+at /.test(line));
    return {
      type: name,
      message,
      stack: [`${name}: ${message}`, ...frames].join("\n"),
      ...(walk(more, depth + 1) as object),
      ...(cause !== undefined && { cause: walk(cause, depth + 1) }),
    };
  };
  return { text, value: (value: unknown): unknown => walk(value, 0), message: (one: Error) => text(messageOf(one)) };
}

const isHidden = (key: string): boolean => SECRET_FIELD.test(key) || SAID_FIELD.test(key);

/** Prisma says what it was called with, prompts and all; what went wrong is the last thing it says. */
function messageOf({ name, message }: Error): string {
  if (!name.startsWith("PrismaClient")) return message;
  return (
    message
      .trim()
      .split("\n")
      .findLast((line) => line.trim() !== "") ?? message
  );
}
