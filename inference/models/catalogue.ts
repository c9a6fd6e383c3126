/** Repositories on the Hub that hold what this engine paints with, as their pages say of themselves. */
import { z } from "zod";
import { CatalogueEntry } from "#contracts/models.ts";
import catalogue from "../../models/catalogue.json" with { type: "json" };

const Catalogue = z.array(CatalogueEntry);

export const readCatalogue = (): CatalogueEntry[] => Catalogue.parse(catalogue);
