/** Web: Next, and before it what server/transport/http/front.ts answers. Listens on ARIA_HOST and PORT. */
import { once } from "node:events";
import { createServer } from "node:http";
import next from "next";

const hostname = process.env.ARIA_HOST ?? "127.0.0.1";
const port = Number(process.env.PORT ?? 3000);
// Next takes over the upgrades of the server it is told of: this one listens nowhere.
const app = next({ dev: false, hostname, port, httpServer: createServer() });

/** Next runs instrumentation.ts, which makes the front, before it first answers. */
async function boot(answer) {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  await fetch(`http://127.0.0.1:${server.address().port}/manifest.webmanifest`);
  server.close();
  server.closeAllConnections();
  return globalThis[Symbol.for("aria.front")];
}

try {
  await app.prepare();
  const answer = app.getRequestHandler();
  const front = await boot(answer);
  const server = createServer((request, response) => front.answers(request, response) || answer(request, response));
  server.on("upgrade", front.upgrade);
  server.listen(port, hostname);
  await once(server, "listening");
  console.log(`listening on http://${hostname}:${port}`);
} catch (error) {
  // Next would log it, and stay.
  console.error(error);
  process.exit(1);
}
