import { exportOne } from "#server/web.ts";

type Context = { params: Promise<{ id: string }> };

export const GET = async (request: Request, { params }: Context): Promise<Response> =>
  exportOne(request, (await params).id);
