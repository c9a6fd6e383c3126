import { openApi } from "#server/web.ts";

export const dynamic = "force-static";
export const GET = openApi;
