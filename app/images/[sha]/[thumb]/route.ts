import { serveImage } from "#server/web.ts";

type Context = { params: Promise<{ sha: string; thumb: string }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { sha, thumb } = await params;
  return serveImage(request, sha, thumb);
}
