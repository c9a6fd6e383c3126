interface Asked {
  readonly prompt: string;
  readonly n: number;
  readonly size?: string | undefined;
}

/** An artwork through the REST door, painted and kept when it resolves. Throws what the door says when it refuses. */
export async function orderArtwork(aria: { readonly url: string }, asked: Asked): Promise<void> {
  const headers = { "content-type": "application/json" };
  const reply = await fetch(`${aria.url}/v1/images/generations`, {
    method: "POST",
    headers,
    body: JSON.stringify(asked),
  });
  if (!reply.ok) throw new Error(await reply.text());
  await reply.arrayBuffer();
}
