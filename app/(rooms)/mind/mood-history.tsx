import { useFormatter, useTranslations } from "use-intl";
import { Chapter } from "#app/ui/chapter.tsx";
import { MoodName } from "#app/ui/mood-name.tsx";
import type { MoodChange } from "#contracts/mind.ts";
import { MOOD_NATURES } from "#contracts/mood-natures.ts";

const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
const LISTED = 12;

interface Props {
  /** Newest first. */
  readonly moods: readonly MoodChange[];
  readonly until: Date;
}

/** The moods she has lived through, each as wide as it was long. */
export function MoodHistory({ moods, until }: Props) {
  const t = useTranslations("mind.history");
  const moodNames = useTranslations("moods");
  const format = useFormatter();
  const tell = (at: Date): string => format.dateTime(at, { dateStyle: "medium", timeStyle: "short", timeZone });
  const oldest = moods.at(-1);
  if (!oldest) return null;
  const spans = moods.map((change, i) => ({ ...change, end: moods[i - 1]?.at ?? until })).toReversed();
  const wholeMs = Math.max(1, until.getTime() - oldest.at.getTime());
  return (
    <Chapter title={t("title")}>
      <div aria-hidden="true" className="flex h-10 overflow-hidden rounded-lg border border-line">
        {spans.map(({ at, end, mood }) => (
          <span
            key={at.getTime()}
            title={t("span", { mood: moodNames(mood), at: tell(at) })}
            style={{
              backgroundColor: MOOD_NATURES[mood].hex,
              flexGrow: Math.max(0.002, (end.getTime() - at.getTime()) / wholeMs),
            }}
          />
        ))}
      </div>
      <ol className="grid gap-x-8 gap-y-2 text-sm sm:grid-cols-2">
        {moods.slice(0, LISTED).map(({ at, mood, cause }) => (
          <li key={at.getTime()} className="grid grid-cols-[1fr_auto] gap-4 border-line border-b pb-2">
            <span>
              <MoodName mood={mood} /> <span className="text-muted">{t(`causes.${cause}`)}</span>
            </span>
            <time dateTime={at.toISOString()} className="text-muted tabular-nums" suppressHydrationWarning>
              {tell(at)}
            </time>
          </li>
        ))}
      </ol>
    </Chapter>
  );
}
