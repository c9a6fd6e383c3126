import { imagesGenerations } from "#server/web.ts";

export const POST = imagesGenerations;
