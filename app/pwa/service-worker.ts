/// <reference lib="webworker" />
/**
 * What is there without a network: the app itself, pages that were visited, the last 50 pictures, the last answers. Bundled by
 * app/sw.js/route.ts, which fills in what the app is made of.
 */
import { CacheFirst, ExpirationPlugin, NetworkFirst, NetworkOnly, type PrecacheEntry, Serwist } from "serwist";
import { SYNC_TAG, sendAll } from "./outbox.ts";

declare const self: ServiceWorkerGlobalScope & { readonly __ASSETS: readonly PrecacheEntry[] };
declare const __ASSETS: PrecacheEntry[];
declare const __BUILD: string;

const OFFLINE = "/offline";
const IMAGES_KEPT = 50;
const PAGES_KEPT = 60;
const ANSWERS_KEPT = 200;
const NETWORK_WITHIN_S = 4;

/** They name the scripts they need, which another build has not. */
const [PAGES, PARTS] = [`pages-${__BUILD}`, `parts-${__BUILD}`];

const kept = (maxEntries: number) => new ExpirationPlugin({ maxEntries, purgeOnQuotaError: true });
const pages = new NetworkFirst({
  cacheName: PAGES,
  networkTimeoutSeconds: NETWORK_WITHIN_S,
  plugins: [kept(PAGES_KEPT)],
});

const serwist = new Serwist({
  precacheEntries: [...__ASSETS, { url: OFFLINE, revision: __BUILD }],
  skipWaiting: false,
  clientsClaim: true,
  navigationPreload: false,
  runtimeCaching: [
    {
      matcher: ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith("/images/"),
      handler: new CacheFirst({ cacheName: "images", plugins: [kept(IMAGES_KEPT)] }),
    },
    {
      matcher: ({ url, sameOrigin, request }) =>
        sameOrigin && request.method === "GET" && /^\/api\/trpc\/(gallery|artwork|collection)\./.test(url.pathname),
      handler: new NetworkFirst({
        cacheName: "answers",
        networkTimeoutSeconds: NETWORK_WITHIN_S,
        plugins: [kept(ANSWERS_KEPT)],
      }),
    },
    // Others' pages, files that are made, and what is alive, are never kept.
    {
      matcher: ({ url }) => /^\/(s|socket\.io|health|exports|sw\.js)(\/|$)|\/export$/.test(url.pathname),
      handler: new NetworkOnly(),
    },
    { matcher: ({ request, sameOrigin }) => sameOrigin && request.mode === "navigate", handler: pages },
    {
      matcher: ({ request, sameOrigin }) => sameOrigin && request.headers.get("rsc") === "1",
      handler: new NetworkFirst({
        cacheName: PARTS,
        networkTimeoutSeconds: NETWORK_WITHIN_S,
        plugins: [kept(PAGES_KEPT)],
      }),
    },
  ],
  fallbacks: { entries: [{ url: OFFLINE, matcher: ({ request }) => request.mode === "navigate" }] },
});

/** Told to every page that is open, so that it shows what is true now. */
async function deliver(): Promise<void> {
  const deliveries = await sendAll();
  if (deliveries.length === 0) return;
  for (const client of await self.clients.matchAll({ type: "window" }))
    client.postMessage({ type: "DELIVERED", deliveries });
}

interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}
self.addEventListener("sync" as never, (event: SyncEvent) => {
  if (event.tag === SYNC_TAG) event.waitUntil(deliver());
});

self.addEventListener("message", (event) => {
  if (event.data?.type === "DELIVER") event.waitUntil(deliver());
  // Only when a person says so: a page must not change under their hands.
  if (event.data?.type === "SKIP_WAITING") void self.skipWaiting();
});

interface Told {
  readonly title: string;
  readonly body: string;
  readonly url: string;
  readonly tag: string;
}
self.addEventListener("push", (event) => {
  const told = event.data?.json() as Told | undefined;
  if (!told) return;
  const { title, body, url, tag } = told;
  event.waitUntil(
    self.registration.showNotification(title, {
      body,
      tag,
      icon: "/icons/icon-192.png",
      badge: "/icons/badge-96.png",
      data: { url },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { url } = event.notification.data as { url: string };
  event.waitUntil(show(url));
});

async function show(url: string): Promise<void> {
  const open = await self.clients.matchAll({ type: "window" });
  // Another page may have something half written in it: it is left alone.
  const there = open.find((client) => new URL(client.url).pathname === url);
  if (there) await there.focus();
  else await self.clients.openWindow(url);
}

self.addEventListener("activate", (event) => {
  const isOld = (name: string) => /^(pages|parts)-/.test(name) && name !== PAGES && name !== PARTS;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name)))));
});

/** As a browser asks for a page: what is asked for otherwise comes without a page's policy. */
const asPage = (url: string): Request => new Request(url, { headers: { accept: "text/html" } });

/** What a person is likely to want first, kept before they ask. */
self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(PAGES).then((cache) => Promise.allSettled(["/", "/gallery"].map((url) => cache.add(asPage(url))))),
  );
});

serwist.addEventListeners();
