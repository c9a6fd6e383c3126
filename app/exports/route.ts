import { exportMany } from "#server/web.ts";

export const POST = exportMany;
