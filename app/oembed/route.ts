import { oembed } from "#server/web.ts";

export const GET = oembed;
