import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { appRouter, createContext } from "#server/web.ts";

const handle = (req: Request) => fetchRequestHandler({ endpoint: "/api/trpc", req, router: appRouter, createContext });

export { handle as GET, handle as POST };
