import { AriaError } from "#contracts/errors.ts";
import type { Ports } from "#server/ports.ts";

/** A picture by its content address, or by the URL that ends in it. Throws UNAVAILABLE where its file is gone. */
export const makeReadPng = ({ blobs }: Pick<Ports, "blobs">) =>
  async function readPng(address: string, whose: "artwork" | "candidate" | "sketch" = "artwork"): Promise<Uint8Array> {
    const png = await blobs.read(address.slice(address.lastIndexOf("/") + 1));
    if (!png) throw new AriaError("UNAVAILABLE", { dependency: "storage", reason: `The ${whose}'s file is missing.` });
    return png;
  };
