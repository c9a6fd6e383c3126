"use client";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type ReactNode, type Ref, useEffect, useImperativeHandle, useMemo, useRef } from "react";
import { useFormatter } from "use-intl";
import type { ArtworkTile } from "#contracts/artwork.ts";
import { ratioOf } from "#contracts/wall-outline.ts";
import { GAP_PX, HEADING_PX, layRows, pictureHeight, type Row, rowHeight, rowOf } from "./lay-rows.ts";
import { Scrubber } from "./scrubber.tsx";
import type { Wall as WallData } from "./use-wall.ts";
import { useWidth } from "./use-width.ts";

/** Width over height of a row, by how wide the wall is. */
const CAPACITIES = [
  { belowPx: 560, capacity: 2.1 },
  { belowPx: 900, capacity: 3.6 },
  { belowPx: 1400, capacity: 5.2 },
  { belowPx: Number.POSITIVE_INFINITY, capacity: 6.6 },
];
const DEFAULT_CAPACITY = { phone: 2.1, desk: 5.2 };
const capacityFor = (widthPx: number): number => CAPACITIES.find(({ belowPx }) => widthPx < belowPx)!.capacity;

export interface WallHandle {
  /** Brings a place into sight. */
  show(index: number): void;
  /** How many places lie in a row beside one. */
  besides(index: number): { readonly above: number; readonly below: number };
}

interface Props {
  readonly wall: WallData;
  readonly isPhone: boolean;
  readonly handle: Ref<WallHandle>;
  readonly renderTile: (tile: ArtworkTile, index: number) => ReactNode;
}

/** Rows of whole pictures; of a hundred thousand, those in sight are there. */
export function Wall({ wall, isPhone, handle, renderTile }: Props) {
  const { ref, widthPx } = useWidth();
  const capacity = widthPx === null ? DEFAULT_CAPACITY[isPhone ? "phone" : "desk"] : capacityFor(widthPx);
  const { ratios, months } = wall;
  const rows = useMemo(() => layRows(ratios, months, capacity), [ratios, months, capacity]);
  return (
    <div ref={ref} data-testid="wall">
      {widthPx === null ? (
        <StillWall rows={rows} wall={wall} renderTile={renderTile} />
      ) : (
        <MovingWall rows={rows} wall={wall} widthPx={widthPx} handle={handle} renderTile={renderTile} />
      )}
    </div>
  );
}

type Rows = { readonly rows: readonly Row[] } & Pick<Props, "wall" | "renderTile">;

/** As the server sends it, before any width is known: the same rows, laid by the browser itself. */
const StillWall = ({ rows, wall, renderTile }: Rows) =>
  rows.map((row) => (
    <section key={row.start} style={{ paddingBottom: GAP_PX }}>
      {row.month !== null && <MonthName month={row.month} />}
      <ul className="flex" style={{ gap: GAP_PX }}>
        {placesOf(row, wall.ratios).map(({ index, ratio }) => (
          <li
            key={index}
            data-testid="gallery-tile"
            // Its width is its own, not what is left: a row that has only half arrived does not stretch.
            style={{ width: `calc((100% - ${GAP_PX * (row.count - 1)}px) * ${ratio / row.span})`, aspectRatio: ratio }}
            className="shrink-0"
          >
            {tileOrPlace(wall, index, renderTile)}
          </li>
        ))}
      </ul>
    </section>
  ));

const placesOf = ({ start, count }: Row, ratios: string) =>
  Array.from({ length: count }, (_, i) => ({ index: start + i, ratio: ratioOf(ratios[start + i]!) }));

function tileOrPlace(wall: WallData, index: number, renderTile: Props["renderTile"]): ReactNode {
  const tile = wall.tileAt(index);
  return tile ? renderTile(tile, index) : <div className="size-full bg-plinth" />;
}

function MonthName({ month }: { month: string }) {
  const format = useFormatter();
  const name = format.dateTime(new Date(`${month}-01T00:00:00Z`), { year: "numeric", month: "long" });
  return (
    <h2 style={{ height: HEADING_PX }} className="flex items-end pb-3 font-serif text-xl">
      {name}
    </h2>
  );
}

function MovingWall({
  rows,
  wall,
  widthPx,
  handle,
  renderTile,
}: Rows & { readonly widthPx: number; readonly handle: Ref<WallHandle> }) {
  const top = useRef<HTMLDivElement>(null);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (i) => rowHeight(rows[i]!, widthPx),
    overscan: 3,
    scrollMargin: top.current?.offsetTop ?? 0,
    getItemKey: (i) => rows[i]!.start,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights change with the rows and the width, of which it knows nothing
  useEffect(() => virtualizer.measure(), [rows, widthPx, virtualizer]);
  useImperativeHandle(handle, () => ({
    show: (index) => virtualizer.scrollToIndex(rowOf(rows, index), { align: "auto" }),
    besides(index) {
      const row = rowOf(rows, index);
      return { above: rows[row - 1]?.count ?? 0, below: rows[row]?.count ?? 0 };
    },
  }));
  const items = virtualizer.getVirtualItems();
  const [firstRow, lastRow] = [rows[items[0]?.index ?? 0], rows[items.at(-1)?.index ?? 0]];
  const [from, to] = [firstRow?.start ?? 0, (lastRow?.start ?? 0) + (lastRow?.count ?? 0)];
  const { lookAt } = wall;
  useEffect(() => lookAt(from, to), [lookAt, from, to]);
  const margin = virtualizer.options.scrollMargin;
  return (
    <>
      <div ref={top} className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {items.map(({ index, start }) => (
          <RowOnWall
            key={rows[index]!.start}
            row={rows[index]!}
            topPx={start - margin}
            {...{ wall, widthPx, renderTile }}
          />
        ))}
      </div>
      <Scrubber rows={rows} months={wall.months} onGo={(row) => virtualizer.scrollToIndex(row, { align: "start" })} />
    </>
  );
}

interface RowProps extends Pick<Props, "wall" | "renderTile"> {
  readonly row: Row;
  readonly topPx: number;
  readonly widthPx: number;
}

function RowOnWall({ row, topPx, widthPx, wall, renderTile }: RowProps) {
  const height = pictureHeight(row, widthPx);
  const place: CSSProperties = { position: "absolute", insetInline: 0, transform: `translateY(${topPx}px)` };
  return (
    <section style={place}>
      {row.month !== null && <MonthName month={row.month} />}
      <ul className="flex" style={{ gap: GAP_PX, height }}>
        {placesOf(row, wall.ratios).map(({ index, ratio }) => (
          <li key={index} data-testid="gallery-tile" style={{ width: ratio * height }} className="h-full shrink-0">
            {tileOrPlace(wall, index, renderTile)}
          </li>
        ))}
      </ul>
    </section>
  );
}
