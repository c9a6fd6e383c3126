import { useTranslations } from "use-intl";

/** Broad and few, as on a travelling painter's palette: the picture is painted over anyway. */
export const PAINTS = {
  sky: "#9cc9e8",
  sea: "#2f6f8f",
  night: "#1b2547",
  leaf: "#5f8a52",
  pine: "#2b4632",
  sand: "#e0c290",
  earth: "#7d5a38",
  stone: "#8d8f94",
  sun: "#ffd772",
  ember: "#e0662f",
  rose: "#d6475c",
  violet: "#7a5aa0",
  white: "#ffffff",
  black: "#17171a",
} as const;
export type Paint = keyof typeof PAINTS;
/** Shares of the sheet's longer side. */
export const BRUSHES = { fine: 0.012, broad: 0.04, wash: 0.13 } as const;
export type Brush = keyof typeof BRUSHES;

interface Props {
  readonly paint: Paint;
  readonly brush: Brush;
  readonly onPaint: (paint: Paint) => void;
  readonly onBrush: (brush: Brush) => void;
}

export function SketchTools({ paint, brush, onPaint, onBrush }: Props) {
  const t = useTranslations("studio.sketching");
  return (
    <>
      <fieldset className="flex flex-wrap gap-1.5">
        <legend className="sr-only">{t("paint")}</legend>
        {(Object.keys(PAINTS) as Paint[]).map((name) => (
          <button
            key={name}
            type="button"
            aria-label={t(`paints.${name}`)}
            title={t(`paints.${name}`)}
            aria-pressed={paint === name}
            onClick={() => onPaint(name)}
            className="size-8 rounded-full border border-line aria-pressed:outline-2 aria-pressed:outline-accent aria-pressed:outline-offset-2"
            style={{ backgroundColor: PAINTS[name] }}
          />
        ))}
      </fieldset>
      <fieldset className="flex flex-wrap gap-1.5">
        <legend className="sr-only">{t("brush")}</legend>
        {(Object.keys(BRUSHES) as Brush[]).map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={brush === name}
            onClick={() => onBrush(name)}
            className="min-h-9 rounded-full border border-line px-3 text-muted text-xs capitalize hover:text-ink aria-pressed:border-accent aria-pressed:text-accent"
          >
            {t(`brushes.${name}`)}
          </button>
        ))}
      </fieldset>
    </>
  );
}
