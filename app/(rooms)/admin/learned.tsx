import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "use-intl";
import { Forget } from "#app/(rooms)/mind/forget.tsx";
import { useTRPC } from "#app/trpc.ts";
import { Folded } from "#app/ui/folded.tsx";
import { MoodName } from "#app/ui/mood-name.tsx";
import { Problem } from "#app/ui/problem.tsx";
import type { Leader, Learned as OfArtist } from "#contracts/operations.ts";
import { Section } from "./section.tsx";

const LOOK_EVERY_MS = 60_000;

/** Of each artist: whose taste is known how well, and what leads of each choice. */
export function Learned() {
  const t = useTranslations("admin.learned");
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.admin.learned.queryOptions(undefined, { refetchInterval: LOOK_EVERY_MS }));
  return (
    <Section id="learned" title={t("title")}>
      <Problem error={error} />
      <div className="grid min-h-24 content-start gap-8">
        {data?.map((learned) => (
          <Artist key={learned.id} learned={learned} />
        ))}
      </div>
      <p className="max-w-prose text-muted text-xs">{t("note")}</p>
    </Section>
  );
}

function Artist({ learned: { id, name, leaders, taste } }: { learned: OfArtist }) {
  const t = useTranslations("admin.learned");
  const { duels, checks, right, isHeard } = taste;
  const moods = [...new Set(leaders.map(({ mood }) => mood))].filter((mood) => mood !== null);
  return (
    <article aria-label={name} className="grid gap-4">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="grid gap-0.5">
          <h3 className="font-serif text-lg">{name}</h3>
          <p className="max-w-prose text-muted text-sm">
            {t("taste", { duels })} {checks > 0 && t("checks", { checks, right, heard: isHeard ? "yes" : "no" })}
          </p>
        </div>
        {leaders.length > 0 && <Forget artist={{ id, name }} isAnybodys />}
      </div>
      {leaders.length === 0 ? (
        <p className="text-muted text-sm">{t("nothing")}</p>
      ) : (
        <div className="grid gap-3 lg:grid-cols-2">
          <Leaders title={t("everyMood")} leaders={leaders.filter(({ mood }) => mood === null)} />
          <Folded title={t("moods")} open={moods.length === 1} className="self-start rounded-lg border border-line">
            <div className="grid gap-5 p-3 pt-0">
              {moods.map((mood) => (
                <div key={mood} className="grid gap-1">
                  <h4 className="text-sm">
                    <MoodName mood={mood} />
                  </h4>
                  <Leaders title={mood} isTitled={false} leaders={leaders.filter((one) => one.mood === mood)} />
                </div>
              ))}
            </div>
          </Folded>
        </div>
      )}
    </article>
  );
}

function Leaders({
  title,
  leaders,
  isTitled = true,
}: {
  title: string;
  leaders: readonly Leader[];
  isTitled?: boolean;
}) {
  const t = useTranslations("admin.learned");
  const dimensions = useTranslations("mind.leanings.dimensions");
  const format = useFormatter();
  const cell = "py-1.5 pl-3 text-right font-normal tabular-nums";
  return (
    <table className="w-full self-start text-sm">
      <caption className={isTitled ? "pb-1 text-left text-muted" : "sr-only"}>{title}</caption>
      <thead className="text-muted text-xs">
        <tr>
          <th scope="col" className="py-1 text-left font-normal">
            {t("choice")}
          </th>
          <th scope="col" className="py-1 pl-3 text-left font-normal">
            {t("arm")}
          </th>
          <th scope="col" className={cell}>
            {t("mean")}
          </th>
          <th scope="col" className={cell}>
            {t("tries")}
          </th>
        </tr>
      </thead>
      <tbody>
        {leaders.map(({ dimension, arm, mean, tries }) => (
          <tr key={dimension} className="border-line border-t">
            <th scope="row" className="py-1.5 text-left font-normal text-muted first-letter:uppercase">
              {dimensions(dimension)}
            </th>
            <td className="py-1.5 pl-3 [overflow-wrap:anywhere]">{arm}</td>
            <td className={cell}>{format.number(mean, { minimumFractionDigits: 2, maximumFractionDigits: 2 })}</td>
            <td className={cell}>{format.number(tries, { maximumFractionDigits: 1 })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
