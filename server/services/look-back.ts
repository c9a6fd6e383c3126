import type { ArtworkTile } from "#contracts/artwork.ts";
import type { Artist, ArtistId } from "#contracts/mind.ts";
import { hang, nightBefore, weekBefore, weekInWords, within } from "#server/domain/autonomy/look-back.ts";
import { retellBrief, retold } from "#server/domain/prompt/retell.ts";
import type { Ports } from "#server/ports.ts";
import { findArtist } from "./find-artist.ts";

type Deps = Pick<Ports, "artists" | "artworks" | "now">;
type Telling = Deps & Pick<Ports, "writer">;

/** As far back as a week of a busy artist goes. */
const WORKS = 700;

/** Asked every hour: the morning's exhibition and the week that is over are written down, once each. */
export function makeLookBack(deps: Telling, onExhibition?: (artist: Artist, titles: string) => Promise<unknown>) {
  return async function lookBack(signal: AbortSignal = new AbortController().signal): Promise<void> {
    const { artists, artworks, now } = deps;
    for (const artist of await artists.list()) {
      const { id, autonomy } = artist;
      const works = await artworks.recent(id, WORKS);
      const night = nightBefore(now(), autonomy.quietTo);
      const hung = night === null ? [] : hang(within(works, night));
      const [best] = hung;
      if (night && best) {
        const titles = hung.map(({ title }) => `"${title}"`).join(", ");
        const text = `This morning I hang ${hung.length === 1 ? "one work" : `${hung.length} works`}: ${titles}.`;
        const key = `${id}:exhibition:${dateOf(night.to)}`;
        const isNew = !(await artists.remembers(key));
        await artists.remember(id, { key, at: now(), kind: "exhibition", text, artworkId: best.id });
        if (isNew) await onExhibition?.(artist, titles);
      }
      const week = weekBefore(now());
      const painted = within(works, week);
      if (painted.length === 0) continue;
      const key = `${id}:week:${dateOf(week.from)}`;
      if (await artists.remembers(key)) continue;
      const text = await inItsWords(deps, weekInWords(painted), signal);
      await artists.remember(id, { key, at: now(), kind: "week", text, artworkId: null });
    }
  };
}

/** As composed, or as a language model retells it where one is configured. */
async function inItsWords({ writer }: Telling, entry: string, signal: AbortSignal): Promise<string> {
  return writer ? retold((await writer.write(retellBrief(entry), signal)).text, entry) : entry;
}

const dateOf = (day: Date): string => [day.getFullYear(), day.getMonth() + 1, day.getDate()].join("-");

/** What hangs this morning, the best first; nothing before the quiet hours are over, and where nothing was painted. */
export function makeReadExhibition({ artists, artworks, now }: Deps) {
  return async function readExhibition(id: ArtistId): Promise<ArtworkTile[]> {
    const { autonomy } = await findArtist(artists, id);
    const night = nightBefore(now(), autonomy.quietTo);
    return night === null ? [] : hang(within(await artworks.recent(id, WORKS), night));
  };
}
