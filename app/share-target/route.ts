import { shareTarget } from "#server/web.ts";

export const POST = shareTarget;
