import { sketches } from "#server/web.ts";

export const POST = sketches;
