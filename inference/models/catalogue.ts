/** Repositories on the Hub that hold what this engine paints with, as their pages say of themselves. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { CatalogueEntry } from "#contracts/models.ts";

const Catalogue = z.array(CatalogueEntry);

const FILE = path.resolve(import.meta.dirname, "../../models/catalogue.json");

export const readCatalogue = async (): Promise<CatalogueEntry[]> =>
  Catalogue.parse(JSON.parse(await readFile(FILE, "utf8")));
