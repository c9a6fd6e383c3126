import type { OpenShare } from "#contracts/shares.ts";

/** schema.org: an image, or a gallery of them, and that no camera took it (IPTC's digital source type). */
export function structuredDataOf({ slug, title, isCollection, artworks }: OpenShare, origin: string): string {
  const images = artworks.map(({ id, title: name, statement, widthPx, heightPx, artist, createdAt }) => ({
    "@type": ["ImageObject", "VisualArtwork"],
    name,
    ...(statement && { description: statement }),
    contentUrl: `${origin}/s/${slug}/${id}/1280.webp`,
    thumbnailUrl: `${origin}/s/${slug}/${id}/320.webp`,
    width: widthPx,
    height: heightPx,
    dateCreated: createdAt.toISOString(),
    creator: { "@type": "SoftwareApplication", name: artist },
    creditText: `${artist}, an artist made of software`,
    digitalSourceType: "https://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
  }));
  const context = "https://schema.org";
  const data = isCollection
    ? { "@context": context, "@type": "ImageGallery", name: title, image: images }
    : { "@context": context, ...images[0] };
  // What a title says must not end the script it stands in.
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}
