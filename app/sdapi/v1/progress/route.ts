import { sdapi } from "#server/web.ts";

export const dynamic = "force-dynamic";
export const GET = sdapi.progress;
