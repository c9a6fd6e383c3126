import { useEffect, useRef, useState } from "react";
import type { AlignedData, Options } from "uplot";
import { useTranslations } from "use-intl";
import { Folded } from "#app/ui/folded.tsx";
import { type RoomTheme, useTheme } from "#app/ui/use-theme.ts";
import "uplot/dist/uPlot.min.css";

type Colour = "accent" | "ink" | "muted" | "alarm";
interface Series {
  readonly name: string;
  readonly colour: Colour;
  /** In px, so that lines differ by more than their colour. */
  readonly dash?: readonly number[];
  /** One a day; null where there is none. */
  readonly values: readonly (number | null)[];
}
interface Props {
  readonly title: string;
  /** The newest figure, in words. */
  readonly said: string;
  /** As 2026-11-22, oldest first. */
  readonly days: readonly string[];
  readonly dayName: (day: string) => string;
  readonly series: readonly Series[];
  readonly tell: (value: number) => string;
  /** Where the axis ends; else where the values do. */
  readonly most?: number;
  /** As bars upon each other, the first at the bottom. */
  readonly isStacked?: boolean;
}

const DASH = "–";

/** A curve of days, told in words above it, and in figures behind it. */
export function TrendChart(props: Props) {
  const { title, said, days, series, tell, dayName } = props;
  const t = useTranslations("admin.trends");
  const { holder, pointed } = usePlot(props);
  const shown = pointed ?? days.length - 1;
  return (
    <figure className="grid min-w-0 content-start gap-2">
      <figcaption className="grid gap-0.5">
        <span className="font-medium text-sm">{title}</span>
        <span className="text-muted text-sm">{said}</span>
      </figcaption>
      <div ref={holder} role="img" aria-label={`${title}. ${said}`} className="h-44 w-full min-w-0 overflow-hidden" />
      <p aria-hidden="true" className="flex min-h-5 flex-wrap gap-x-4 text-muted text-xs tabular-nums">
        <span>{dayName(days[shown] ?? "1970-01-01")}</span>
        {series.map(({ name, colour, values }) => (
          <span key={name} className="inline-flex items-center gap-1.5">
            <span className="size-2 rounded-full" style={{ backgroundColor: `var(--${colour})` }} />
            {name} {values[shown] == null ? DASH : tell(values[shown])}
          </span>
        ))}
      </p>
      <Folded title={t("table")}>
        <div className="max-h-72 overflow-auto p-3 pt-0">
          <table className="w-full text-right text-xs tabular-nums">
            <caption className="sr-only">{title}</caption>
            <thead className="text-muted">
              <tr>
                <th scope="col" className="py-1 text-left font-normal">
                  {t("day")}
                </th>
                {series.map(({ name }) => (
                  <th key={name} scope="col" className="py-1 pl-3 font-normal">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {days.toReversed().map((day, i) => (
                <tr key={day} className="border-line border-t">
                  <th scope="row" className="py-1 text-left font-normal text-muted">
                    {dayName(day)}
                  </th>
                  {series.map(({ name, values }) => {
                    const value = values[days.length - 1 - i];
                    return (
                      <td key={name} className="py-1 pl-3">
                        {value == null ? DASH : tell(value)}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Folded>
    </figure>
  );
}

/** The plot is drawn anew whenever what it shows, or how the room is lit, changes; `pointed` is the day that a mouse rests on. */
function usePlot(props: Props) {
  const holder = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const { theme } = useTheme();
  const drawn = JSON.stringify([props.days, props.series, theme]);
  const latest = useRef(props);
  latest.current = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `drawn` is all that is drawn, by its value
  useEffect(() => {
    const element = holder.current;
    if (!element) return;
    let isLeft = false;
    let end = () => {};
    // uPlot's own code is fetched once there is something to draw.
    void import("uplot").then(({ default: UPlot }) => {
      if (isLeft) return;
      const { bars } = UPlot.paths;
      const options = optionsOf(latest.current, { element, theme, bars, onPoint: setPointed });
      const plot = new UPlot(options, dataOf(latest.current), element);
      const watcher = new ResizeObserver(() =>
        plot.setSize({ width: element.clientWidth, height: element.clientHeight }),
      );
      watcher.observe(element);
      end = () => {
        watcher.disconnect();
        plot.destroy();
      };
    });
    return () => {
      isLeft = true;
      end();
    };
  }, [drawn]);
  return { holder, pointed };
}

const secondsOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 1_000;

/** Stacked, each is drawn from the ground to the top of its own, the highest first. */
function dataOf({ days, series, isStacked = false }: Props): AlignedData {
  const stacked = series.map((_, at) =>
    days.map((_day, i) => series.slice(0, at + 1).reduce((sum, { values }) => sum + (values[i] ?? 0), 0)),
  );
  const values = isStacked ? stacked.toReversed() : series.map((one) => [...one.values]);
  return [days.map(secondsOf), ...values];
}

const DAY_S = 86_400;
const FONT_PX = 11;
/** Of the marks below, and beside. */
const AXIS_PX = { x: 28, y: 52 };
/** Of days between two marks. */
const STEPS = [1, 2, 7, 14, 28].map((days) => days * DAY_S);
const BAR_SHARE = 0.7;
const BAR_PX = 28;

interface Drawing {
  readonly element: HTMLElement;
  readonly theme: RoomTheme;
  readonly bars: NonNullable<typeof import("uplot").paths>["bars"];
  readonly onPoint: (index: number | null) => void;
}

function optionsOf(props: Props, { element, bars, onPoint }: Drawing): Options {
  const { days, series, tell, dayName, most, isStacked = false } = props;
  const style = getComputedStyle(element);
  const colourOf = (name: string): string => colourIn(element, name);
  const axis = {
    stroke: colourOf("muted"),
    font: `${FONT_PX}px ${style.fontFamily}`,
    grid: { stroke: colourOf("line"), width: 1 },
    ticks: { show: false },
  };
  const order = isStacked ? series.toReversed() : series;
  const half = days.length === 1 || isStacked ? DAY_S / 2 : 0;
  return {
    width: element.clientWidth,
    height: element.clientHeight,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: !isStacked } },
    hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)] },
    scales: {
      x: { range: (_plot, from, to) => [from - half, to + half] },
      y: { range: (_plot, _from, to) => [0, most ?? Math.max(1, to * 1.1)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: AXIS_PX.x,
        incrs: STEPS,
        space: 64,
        values: (_plot, marks) => marks.map((at) => dayName(new Date(at * 1_000).toISOString().slice(0, 10))),
      },
      {
        ...axis,
        size: AXIS_PX.y,
        ...(isStacked && { incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000] }),
        values: (_plot, marks) => marks.map((mark) => tell(mark)),
      },
    ],
    series: [
      {},
      ...order.map(({ colour, dash }) => ({
        stroke: colourOf(colour),
        width: isStacked ? 0 : 1.5,
        ...(dash && { dash: [...dash] }),
        ...(isStacked
          ? {
              fill: colourOf(colour),
              points: { show: false },
              ...(bars && { paths: bars({ size: [BAR_SHARE, BAR_PX] }) }),
            }
          : { points: { show: true, size: 4, fill: colourOf(colour) } }),
      })),
    ],
  };
}

/** As the canvas can take it: a token is not a colour until it stands on an element. */
function colourIn(element: HTMLElement, token: string): string {
  element.style.color = `var(--${token})`;
  const { color } = getComputedStyle(element);
  element.style.color = "";
  return color;
}
