"use client";
import { useMemo } from "react";
import { thumbHashToDataURL } from "thumbhash";

interface Props {
  readonly imageUrl: string;
  readonly thumbhash: string;
  readonly alt: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** As in HTML: which share of the screen it will fill. */
  readonly sizes: string;
  /** On screen at once, so it is not put off. */
  readonly eager?: boolean;
  readonly className?: string;
}

const WIDTHS = [320, 640, 1280];
const srcSet = (imageUrl: string, format: string) =>
  WIDTHS.map((width) => `${imageUrl}/${width}.${format} ${width}w`).join(", ");

/** A picture that holds its place before it comes: its own size, and its ThumbHash for a first glance. */
export function Picture({ imageUrl, thumbhash, alt, widthPx, heightPx, sizes, eager = false, className = "" }: Props) {
  const placeholder = useMemo(() => placeholderOf(thumbhash), [thumbhash]);
  return (
    <picture className="contents">
      <source type="image/avif" srcSet={srcSet(imageUrl, "avif")} sizes={sizes} />
      <source type="image/webp" srcSet={srcSet(imageUrl, "webp")} sizes={sizes} />
      <img
        src={imageUrl}
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
