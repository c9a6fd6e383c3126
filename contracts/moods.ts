/** The moods and influences there are, as they cross the wire. */
import { z } from "zod";
import { INFLUENCES, MOODS } from "./mood-natures.ts";

export const Mood = z.enum(MOODS);
export type Mood = z.infer<typeof Mood>;

export const Influence = z.enum(Object.keys(INFLUENCES) as (keyof typeof INFLUENCES)[]);
export type Influence = z.infer<typeof Influence>;
