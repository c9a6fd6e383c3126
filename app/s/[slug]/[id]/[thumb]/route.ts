import { sharedPicture } from "#server/web.ts";

type Context = { params: Promise<{ slug: string; id: string; thumb: string }> };

export const GET = async (request: Request, { params }: Context): Promise<Response> =>
  sharedPicture(request, await params);
