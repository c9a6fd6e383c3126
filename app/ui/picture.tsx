"use client";
import { useMemo } from "react";
import { thumbHashToDataURL } from "thumbhash";
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

/** A picture that holds its place before it comes: its own size, and its ThumbHash for a first glance. */
export function Picture({ imageUrl, thumbhash, alt, widthPx, heightPx, sizes, ...looks }: Props) {
  const { original = false, eager = false, className = "" } = looks;
  const placeholder = useMemo(() => placeholderOf(thumbhash), [thumbhash]);
  return (
    <picture className="contents">
      {!original &&
        THUMB_FORMATS.map((format) => (
          <source key={format} type={`image/${format}`} srcSet={srcSet(imageUrl, format, widthPx)} sizes={sizes} />
        ))}
      <img
        src={original ? imageUrl : `${imageUrl}/${THUMB_WIDTHS_PX.at(-1)}.webp`}
        alt={alt}
        width={widthPx}
        height={heightPx}
        loading={eager ? "eager" : "lazy"}
        decoding="async"
        className={className}
        style={{ backgroundImage: placeholder, backgroundSize: "cover" }}
      />
    </picture>
  );
}

function placeholderOf(thumbhash: string): string | undefined {
  const bytes = Uint8Array.from(atob(thumbhash), (character) => character.charCodeAt(0));
  return bytes.length > 4 ? `url(${thumbHashToDataURL(bytes)})` : undefined;
}
