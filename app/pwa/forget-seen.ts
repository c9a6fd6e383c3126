/** Caches of what was seen; what the app is made of stays, or it would not open without a network. */
const SEEN = /^(images|answers|pages-|parts-)/;

/** What this browser has kept of pages and pictures goes; nothing where it keeps none. */
export async function forgetSeen(): Promise<void> {
  const names = "caches" in globalThis ? (await caches.keys()).filter((name) => SEEN.test(name)) : [];
  await Promise.all(names.map((name) => caches.delete(name)));
}
