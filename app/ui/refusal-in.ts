/** What the server says is wrong, in its own words; null where the reply is none of its refusals. */
export async function refusalIn(reply: unknown): Promise<string | null> {
  const { ErrorReply } = await import("#contracts/generation.ts");
  return ErrorReply.safeParse(reply).data?.error.message ?? null;
}
