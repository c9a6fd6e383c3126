"use client";
import { type CSSProperties, useEffect, useMemo, useRef } from "react";
import { thumbHashToAverageRGBA, thumbHashToDataURL } from "thumbhash";
import { THUMB_FORMATS, THUMB_WIDTHS_PX } from "#contracts/thumbnails.ts";

interface Props {
  readonly imageUrl: string;
  readonly thumbhash: string;
  readonly alt: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** As in HTML: which share of the screen it will fill. */
  readonly sizes: string;
  /** The PNG itself rather than a thumbnail: where the picture is what the page is about. */
  readonly original?: boolean;
  /** On screen at once, so it is not put off. */
  readonly eager?: boolean;
  readonly className?: string;
}

/** The thumbnails worth choosing from: none is wider than the picture itself. */
function srcSet(imageUrl: string, format: string, widthPx: number): string {
  const useful = THUMB_WIDTHS_PX.filter((_, i) => i === 0 || (THUMB_WIDTHS_PX[i - 1] ?? 0) < widthPx);
  return useful.map((width) => `${imageUrl}/${width}.${format} ${Math.min(width, widthPx)}w`).join(", ");
}

/** `--ratio`, width over height, is for the classes of whoever hangs it. */
type Looks = CSSProperties & { readonly "--ratio": number };

/** A picture that is not there by then is worth its ThumbHash, which is 6 kB to keep on a page. */
const GLANCE_MS = 120;

/** A picture that holds its place before it comes: its own size and colour, and its ThumbHash where it takes a while. */
export function Picture({ imageUrl, thumbhash, alt, widthPx, heightPx, sizes, ...looks }: Props) {
  const { original = false, eager = false, className = "" } = looks;
  const img = useRef<HTMLImageElement>(null);
  const hash = useMemo(() => bytesOf(thumbhash), [thumbhash]);
  useEffect(() => {
    const shown = img.current;
    if (!hash || !shown) return;
    if (shown.complete) return bare(shown);
    const glance = setTimeout(() => {
      if (!shown.complete) shown.style.backgroundImage = `url(${thumbHashToDataURL(hash)})`;
    }, GLANCE_MS);
    return () => clearTimeout(glance);
  }, [hash]);
  return (
    <picture className="contents">
      {!original &&
        THUMB_FORMATS.map((format) => (
          <source key={format} type={`image/${format}`} srcSet={srcSet(imageUrl, format, widthPx)} sizes={sizes} />
        ))}
      <img
        ref={img}
        src={original ? imageUrl : `${imageUrl}/${THUMB_WIDTHS_PX.at(-1)}.webp`}
        alt={alt}
        width={widthPx}
        height={heightPx}
        loading={eager ? "eager" : "lazy"}
        fetchPriority={eager ? "high" : "auto"}
        decoding="async"
        className={className}
        onLoad={({ currentTarget }) => bare(currentTarget)}
        style={
          { backgroundColor: hash && colourOf(hash), backgroundSize: "cover", "--ratio": widthPx / heightPx } as Looks
        }
      />
    </picture>
  );
}

/** What stood in for it would else be seen beside it. */
function bare(shown: HTMLImageElement): void {
  shown.style.backgroundImage = "none";
  shown.style.backgroundColor = "transparent";
}

function bytesOf(thumbhash: string): Uint8Array | undefined {
  const bytes = Uint8Array.from(atob(thumbhash), (character) => character.charCodeAt(0));
  return bytes.length > 4 ? bytes : undefined;
}

function colourOf(hash: Uint8Array): string {
  const { r, g, b } = thumbHashToAverageRGBA(hash);
  return `rgb(${[r, g, b].map((part) => Math.round(part * 255)).join(" ")})`;
}
