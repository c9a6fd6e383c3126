import { metrics } from "#server/web.ts";

export const dynamic = "force-dynamic";
export const GET = metrics;
