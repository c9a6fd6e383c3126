/** What tRPC's procedures are asked with that take something of somebody's. */
import { randomUUID } from "node:crypto";

/** Said in all that is the owner's, and nowhere else. */
export const WORD = "windmill";
const SMALL = { widthPx: 128, heightPx: 128, steps: 4, count: 2 };

export interface Ids {
  readonly artwork: string;
  readonly order: string;
  readonly collection: string;
  readonly series: string;
  readonly artist: string;
  readonly share: string;
  readonly endpoint: string;
  readonly key: string;
}
/** Of what never was. */
export const never = (): Ids => ({
  artwork: randomUUID(),
  order: randomUUID(),
  collection: randomUUID(),
  series: randomUUID(),
  artist: randomUUID(),
  share: randomUUID().replaceAll("-", "").slice(0, 22),
  endpoint: `https://push.example/${randomUUID()}`,
  key: randomUUID(),
});

/** What each procedure is asked with that takes something of somebody's: one input at least. */
export const ASKED: Readonly<Record<string, (ids: Ids) => readonly unknown[]>> = {
  "order.byId": ({ order }) => [order],
  "order.ticket": ({ order }) => [order],
  "order.cancel": ({ order }) => [order],
  "order.restore": ({ order }) => [order],
  "order.move": ({ order }) => [{ id: order, before: null }],
  "order.place": ({ artist }) => [{ prompt: "a lake", artistId: artist, ...SMALL }],
  "artwork.byId": ({ artwork }) => [artwork],
  "artwork.remix": ({ artwork }) => [{ kind: "variation", artworkId: artwork }],
  "artwork.focus": ({ artwork }) => [{ artworkId: artwork, frame: "instagram", paper: "a4", bleedMm: 0 }],
  "artwork.setFocal": ({ artwork }) => [{ artworkId: artwork, focal: null }],
  "artwork.trash": ({ artwork }) => [[artwork]],
  "artwork.restore": ({ artwork }) => [[artwork]],
  "gallery.page": ({ artist, collection }) => [{ artistId: artist }, { collectionId: collection }, { q: WORD }],
  "gallery.outline": ({ artist, collection }) => [{ artistId: artist }, { collectionId: collection }],
  "gallery.family": ({ artwork }) => [artwork],
  "gallery.alike": ({ artwork }) => [{ artworkId: artwork }],
  "collection.byId": ({ collection }) => [collection],
  "collection.rename": ({ collection }) => [{ id: collection, name: "Mine" }],
  "collection.restore": ({ collection }) => [collection],
  "collection.add": ({ collection, artwork }) => [{ collectionId: collection, artworkIds: [artwork] }],
  "collection.take": ({ collection, artwork }) => [{ collectionId: collection, artworkIds: [artwork] }],
  "collection.move": ({ collection, artwork }) => [{ collectionId: collection, artworkId: artwork, before: null }],
  "collection.cover": ({ collection, artwork }) => [{ collectionId: collection, artworkId: artwork }],
  "collection.remove": ({ collection }) => [collection],
  "mind.read": ({ artist }) => [artist],
  "mind.influence": ({ artist }) => [{ artistId: artist, by: "provoke" }],
  "mind.journal": ({ artist }) => [{ artistId: artist }],
  "mind.react": ({ artwork }) => [{ artworkId: artwork, action: "love" }],
  "mind.takeBack": ({ artwork }) => [{ artworkId: artwork, action: "love" }],
  "mind.propose": ({ artist }) => [{ theme: "a lake", artistId: artist }],
  "mind.setAutonomy": ({ artist }) => [{ artistId: artist, isOn: true, quietFrom: 1, quietTo: 2, dailyBudget: 3 }],
  "mind.exhibition": ({ artist }) => [artist],
  "mind.nextDuel": ({ artist }) => [artist],
  "mind.settleDuel": ({ artist, artwork }) => [
    { id: randomUUID(), artistId: artist, winnerId: artwork, loserId: randomUUID(), isCheck: false },
  ],
  "mind.forget": ({ artist }) => [artist],
  "series.byId": ({ series }) => [series],
  "share.list": ({ artwork, collection }) => [{ artworkId: artwork }, { collectionId: collection }],
  "share.create": ({ artwork, collection }) => [
    { of: { artworkId: artwork }, days: 1 },
    { of: { collectionId: collection }, days: 1 },
  ],
  "share.revoke": ({ share }) => [share],
  "device.topics": ({ endpoint }) => [endpoint],
  "person.revokeKey": ({ key }) => [key],
};
/** Theirs alone, whoever asks. */
export const OWN = [
  "order.current",
  "order.line",
  "order.themes",
  "gallery.firstSteps",
  "gallery.facets",
  "mind.artists",
];
export const LISTS = ["collection.list", "series.list", "person.self", "person.keys"];
