import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Folded } from "#app/ui/folded.tsx";
import { formatBytes } from "#app/ui/format-bytes.ts";
import { Problem } from "#app/ui/problem.tsx";
import type { Holdings as Held, Overview, ProgramMemory } from "#contracts/operations.ts";
import { Section } from "./section.tsx";

const LOOK_EVERY_MS = 60_000;

/** What the machine has, and what Aria takes of it. */
export function Holdings({ overview }: { overview: Overview | undefined }) {
  const t = useTranslations("admin.holdings");
  const trpc = useTRPC();
  const { data: held, error } = useQuery(
    trpc.admin.holdings.queryOptions(undefined, { refetchInterval: LOOK_EVERY_MS }),
  );
  const { memory, freeDiskBytes = null, programs = [] } = overview ?? {};
  return (
    <Section id="holdings" title={t("title")}>
      <Problem error={error} />
      <div className="grid min-h-48 content-start gap-x-10 sm:grid-cols-2">
        <dl className="grid content-start">
          {memory && (
            <Fact title={t("memory")}>
              {t("memorySay", { used: formatBytes(memory.usedBytes), total: formatBytes(memory.totalBytes) })}
            </Fact>
          )}
          {inAll(programs).map(([program, residentBytes]) => (
            <Fact key={program} title={t("program", { program: t(`programs.${program}`) })}>
              {formatBytes(residentBytes)}
            </Fact>
          ))}
        </dl>
        <dl className="grid content-start">
          {overview && (
            <Fact title={t("disk")}>{freeDiskBytes === null ? t("unknown") : formatBytes(freeDiskBytes)}</Fact>
          )}
          {held && (
            <>
              <Fact title={t("pictures")}>
                {t("picturesSay", { bytes: formatBytes(held.pictures.bytes), count: held.pictures.count })}
              </Fact>
              <Fact title={t("database")}>{formatBytes(held.databaseBytes)}</Fact>
            </>
          )}
        </dl>
      </div>
      {held && <Tables tables={held.tables} />}
    </Section>
  );
}

/** Several of a kind are told as one. */
function inAll(programs: Overview["programs"]): [ProgramMemory["program"], number][] {
  const bytes = new Map<ProgramMemory["program"], number>();
  for (const { program, residentBytes } of programs) bytes.set(program, (bytes.get(program) ?? 0) + residentBytes);
  return [...bytes];
}

const Fact = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <div className="flex flex-wrap justify-between gap-x-4 border-line border-b py-2 text-sm">
    <dt className="text-muted">{title}</dt>
    <dd className="tabular-nums">{children}</dd>
  </div>
);

function Tables({ tables }: Pick<Held, "tables">) {
  const t = useTranslations("admin.holdings");
  const format = useFormatter();
  return (
    <Folded title={t("tables")}>
      <table className="mx-3 mb-3 w-[calc(100%-1.5rem)] text-right text-xs tabular-nums">
        <caption className="sr-only">{t("tables")}</caption>
        <thead className="text-muted">
          <tr>
            <th scope="col" className="py-1 text-left font-normal">
              {t("table")}
            </th>
            <th scope="col" className="py-1 pl-3 font-normal">
              {t("rows")}
            </th>
            <th scope="col" className="py-1 pl-3 font-normal">
              {t("bytes")}
            </th>
          </tr>
        </thead>
        <tbody>
          {tables.map(({ name, rows, bytes }) => (
            <tr key={name} className="border-line border-t">
              <th scope="row" className="py-1 text-left font-normal">
                {name}
              </th>
              <td className="py-1 pl-3">{format.number(rows)}</td>
              <td className="py-1 pl-3">{formatBytes(bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Folded>
  );
}
