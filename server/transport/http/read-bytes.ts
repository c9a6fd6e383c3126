/** A body that is no longer than it may be; null where it is longer, and then no more of it is read. */
export async function readBytes({ body }: Request, maxBytes: number): Promise<Buffer<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A form that is no longer than it may be; null where it is longer, and an empty one where it is none. */
export async function readForm(request: Request, maxBytes: number): Promise<FormData | null> {
  const bytes = await readBytes(request, maxBytes);
  if (bytes === null) return null;
  const headers = { "content-type": request.headers.get("content-type") ?? "" };
  return new Response(bytes, { headers }).formData().catch(() => new FormData());
}
