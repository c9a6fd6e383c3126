import { sdapi } from "#server/web.ts";

export const POST = sdapi.interrupt;
