import { AriaError } from "#contracts/errors.ts";
import type { FocalPointInput } from "#contracts/exports.ts";
import type { DeviceInput } from "#contracts/notifications.ts";
import type { ShareSlug } from "#contracts/shares.ts";
import type { Ports } from "#server/ports.ts";
import { makeActAlone, makeSetAutonomy } from "#server/services/act-alone.ts";
import { makeCancelOrder } from "#server/services/cancel-order.ts";
import { makeCreateArtist } from "#server/services/create-artist.ts";
import { makeExportArtwork, makeExportArtworks, makeFindFocus } from "#server/services/export-artwork.ts";
import { makeFindAlike } from "#server/services/find-alike.ts";
import { makeForgetLearned, makeGiveFeedback, makeTakeBackFeedback } from "#server/services/give-feedback.ts";
import { makeInfluence } from "#server/services/influence.ts";
import { makeNextDuel, makeSettleDuel } from "#server/services/judge-taste.ts";
import { makeBackUp, makeBackUpDaily } from "#server/services/keep-backups.ts";
import { makeKeepCollections } from "#server/services/keep-collections.ts";
import { makeKeepFlags } from "#server/services/keep-flags.ts";
import { makeKeepPeople } from "#server/services/keep-people.ts";
import { makeKeepSafe } from "#server/services/keep-safe.ts";
import { makeLiveOn } from "#server/services/live-on.ts";
import { makeLookBack, makeReadExhibition } from "#server/services/look-back.ts";
import { makeNotifyExhibition, makeNotifyPainted } from "#server/services/notify.ts";
import { makeKeepSketch, makeOwnsFile } from "#server/services/own-files.ts";
import { makePaintOrder } from "#server/services/paint-order.ts";
import { makePlaceOrder } from "#server/services/place-order.ts";
import { makePlaceSeries } from "#server/services/place-series.ts";
import { makeProposePrompt } from "#server/services/propose-prompt.ts";
import { makeReadGallery } from "#server/services/read-gallery.ts";
import { makeReadHealth } from "#server/services/read-health.ts";
import { makeReadMetrics } from "#server/services/read-metrics.ts";
import { makeReadMind } from "#server/services/read-mind.ts";
import { makeReadOperations } from "#server/services/read-operations.ts";
import { makeReadPng } from "#server/services/read-png.ts";
import { makeRemixArtwork } from "#server/services/remix-artwork.ts";
import {
  makeCreateShare,
  makeFindShared,
  makeListShares,
  makeOpenShare,
  makeRevokeShare,
  makeUnlockShare,
} from "#server/services/share.ts";
import { makePurgeTrash, makeRequeueAbandoned, makeSweepFiles } from "#server/services/sweep.ts";
import { makeTendOperations } from "#server/services/tend-operations.ts";
import { makeRestoreArtworks, makeTrashArtworks } from "#server/services/trash-artworks.ts";

const ofSharing = (ports: Ports) => ({
  createShare: makeCreateShare(ports),
  listShares: makeListShares(ports),
  revokeShare: makeRevokeShare(ports),
  openShare: makeOpenShare(ports),
  findShared: makeFindShared(ports),
  unlockShare: makeUnlockShare(ports),
  countShareView: (slug: ShareSlug) => ports.shares.countView(slug),
});

/** What keeps her: people, what they did, backups, and whoever looks after all of it. */
const ofKeeping = (ports: Ports) => ({
  people: makeKeepPeople(ports),
  writeAudit: (entry: Omit<Parameters<Ports["audit"]["write"]>[0], "at">) =>
    ports.audit.write({ ...entry, at: ports.now() }),
  flags: makeKeepFlags(ports),
  /** Who asks, for the flags that go by it. */
  asCaller: ports.flags.as,
  backups: ports.backups,
  backUp: makeBackUp(ports),
  backUpDaily: makeBackUpDaily(ports),
});

/**
 * Everything Aria can do for one person, or for the house, given its ports. Tests hand it fakes; entry points hand it
 * `productionPorts`. `everybodys`: what whoever looks after Aria sees and does, where the ports are one person's.
 */
export function createContainer(ports: Ports, everybodys: Ports = ports) {
  return {
    ...ofSharing(ports),
    ...ofKeeping(ports),
    operations: { ...makeReadOperations(everybodys), ...makeTendOperations(everybodys) },
    owner: ports.owner,
    ownsFile: makeOwnsFile(ports),
    keepSketch: makeKeepSketch(ports),
    orders: ports.orders,
    artworks: ports.artworks,
    artists: ports.artists,
    line: ports.line,
    gallery: makeReadGallery(ports),
    collections: makeKeepCollections(ports),
    exportArtwork: makeExportArtwork(ports),
    exportArtworks: makeExportArtworks(ports),
    focusOf: makeFindFocus(ports),
    async setFocal({ artworkId: id, focal }: FocalPointInput) {
      if (!(await ports.artworks.setFocal(id, focal))) throw new AriaError("NOT_FOUND", { kind: "artwork", id });
    },
    putDevice: (input: DeviceInput) => ports.devices.put(input, ports.now()),
    topicsOf: (endpoint: string) => ports.devices.topicsOf(endpoint),
    pushKey: () => ports.pusher.publicKey(),
    notifyPainted: makeNotifyPainted(ports),
    findAlike: makeFindAlike(ports),
    readPng: makeReadPng(ports),
    models: async () => (await ports.generator.health()).models,
    watchOrder: ports.watcher.watch,
    readLexicon: ports.generator.lexicon,
    modelKeeper: ports.modelKeeper,
    createArtist: makeCreateArtist(ports),
    giveFeedback: makeGiveFeedback(ports),
    takeBackFeedback: makeTakeBackFeedback(ports),
    forgetLearned: makeForgetLearned(ports),
    influence: makeInfluence(ports),
    liveOn: makeLiveOn(ports),
    readMind: makeReadMind(ports),
    nextDuel: makeNextDuel(ports),
    settleDuel: makeSettleDuel(ports),
    setAutonomy: makeSetAutonomy(ports),
    actAlone: makeActAlone(ports),
    lookBack: makeLookBack(ports, makeNotifyExhibition(ports)),
    readExhibition: makeReadExhibition(ports),
    remixArtwork: makeRemixArtwork(ports),
    placeSeries: makePlaceSeries(ports),
    series: ports.series,
    safety: makeKeepSafe(ports),
    proposePrompt: makeProposePrompt(ports),
    placeOrder: makePlaceOrder(ports),
    cancelOrder: makeCancelOrder(ports),
    paintOrder: makePaintOrder(ports),
    requeueAbandoned: makeRequeueAbandoned(ports),
    sweepFiles: makeSweepFiles(ports),
    purgeTrash: makePurgeTrash(ports),
    trashArtworks: makeTrashArtworks(ports),
    restoreArtworks: makeRestoreArtworks(ports),
    readHealth: makeReadHealth(ports),
    readMetrics: makeReadMetrics(ports),
  };
}
export type Container = ReturnType<typeof createContainer>;
