import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { appRouter, createContext, logUnforeseen } from "#server/web.ts";

const handle = (req: Request) =>
  fetchRequestHandler({
    endpoint: "/api/trpc",
    req,
    router: appRouter,
    createContext: () => createContext(req.headers),
    onError: logUnforeseen,
  });

export { handle as GET, handle as POST };
