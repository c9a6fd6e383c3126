import { unlockShare } from "#server/web.ts";

type Context = { params: Promise<{ slug: string }> };

export const POST = async (request: Request, { params }: Context): Promise<Response> =>
  unlockShare(request, (await params).slug);
