import { auth } from "#server/web.ts";

export { auth as GET, auth as POST };
