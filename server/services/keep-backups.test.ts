import { expect, it } from "vitest";
import type { BackupCard, BackupKind } from "#contracts/backups.ts";
import type { BackupKeeper } from "#server/ports.ts";
import { makeBackUp, makeBackUpDaily } from "./keep-backups.ts";

const NOW = new Date("2026-11-22T12:00:00Z");
const QUIET = new AbortController().signal;

/** A keeper whose backups are cards alone. */
function keeping(kept: BackupCard[], isLocked = false) {
  const make: BackupKeeper["make"] = async (kind) => {
    if (isLocked) return null;
    kept.unshift(card(NOW.toISOString(), kind));
    return kept[0]!;
  };
  const remove: BackupKeeper["remove"] = async (ids) => {
    kept.splice(0, kept.length, ...kept.filter(({ id }) => !ids.includes(id)));
    return true;
  };
  const read: BackupKeeper["read"] = async () => ({ kept, underWay: null, isAsked: false });
  return { backups: { read, make, remove, ask: async () => {} }, retention: { daily: 2, weekly: 0 }, now: () => NOW };
}

const card = (at: string, kind: BackupKind = "daily"): BackupCard => ({
  id: at,
  kind,
  madeAt: new Date(at),
  artworks: 0,
  bytes: 0,
  lost: 0,
  verifiedAt: null,
  faults: 0,
});

it("makes one, and gives up what is not kept beside it", async () => {
  const kept = [card("2026-11-20T00:00:00Z"), card("2026-11-19T00:00:00Z"), card("2026-11-18T00:00:00Z")];
  const made = await makeBackUp(keeping(kept))("asked", QUIET);
  expect(made).toMatchObject({ kind: "asked" });
  expect(kept.map(({ id }) => id)).toEqual([made!.id, "2026-11-20T00:00:00Z"]);
});

it("makes one a day by itself, and none while another is being made", async () => {
  const kept: BackupCard[] = [card("2026-11-21T23:00:00Z")];
  const daily = makeBackUpDaily(keeping(kept));
  expect(await daily(QUIET)).toMatchObject({ kind: "daily" });
  expect(await daily(QUIET)).toBeNull();
  expect(kept).toHaveLength(2);
  expect(await makeBackUpDaily(keeping([], true))(QUIET)).toBeNull();
});
