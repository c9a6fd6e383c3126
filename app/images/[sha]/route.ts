import { serveImage } from "#server/web.ts";

type Context = { params: Promise<{ sha: string }> };

export const GET = async (request: Request, { params }: Context) => serveImage(request, (await params).sha);
