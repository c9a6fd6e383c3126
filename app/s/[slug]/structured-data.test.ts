import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { ArtworkId } from "#contracts/artwork.ts";
import { type OpenShare, ShareSlug } from "#contracts/shares.ts";
import { structuredDataOf } from "./structured-data.ts";

const artwork = {
  id: ArtworkId.parse(randomUUID()),
  title: "</script><script>alert(1)</script>",
  widthPx: 512,
  heightPx: 512,
  thumbhash: "",
  createdAt: new Date("2026-01-01T00:00:00Z"),
  sha256: "",
  statement: null,
  artist: "Aria",
  modelId: "aria",
};
const share: OpenShare = {
  state: "open",
  slug: ShareSlug.parse("a".repeat(22)),
  title: artwork.title,
  isCollection: false,
  artworks: [artwork],
};

it("says what it is, and that no camera took it", () => {
  const data = JSON.parse(structuredDataOf(share, "https://aria.example"));
  expect(data["@type"]).toContain("ImageObject");
  expect(data.contentUrl).toBe(`https://aria.example/s/${share.slug}/${artwork.id}/1280.webp`);
  expect(data.digitalSourceType).toMatch(/trainedAlgorithmicMedia$/);
  expect(JSON.parse(structuredDataOf({ ...share, isCollection: true }, "https://a.b")).image).toHaveLength(1);
});

it("cannot be ended by a title", () => {
  expect(structuredDataOf(share, "https://aria.example")).not.toContain("<");
});
