/** Repositories on the Hub that hold what this engine paints with, as their pages say of themselves. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

const Catalogue = z.array(
  z.object({
    hubId: z.string(),
    family: z.string(),
    /** Of what an install would bring, roughly; null where the page was not seen. */
    bytes: z.int().nullable(),
    licence: z.string().nullable(),
    /** Whether it was ever opened by this engine. */
    verified: z.boolean(),
  }),
);
export type Catalogue = z.infer<typeof Catalogue>;

const FILE = path.resolve(import.meta.dirname, "../../models/catalogue.json");

export const readCatalogue = async (): Promise<Catalogue> => Catalogue.parse(JSON.parse(await readFile(FILE, "utf8")));
