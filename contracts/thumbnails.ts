/** Small copies of a picture, at `<imageUrl>/<width>.<format>`. Without zod: it is in the bundle of every page. */
export const THUMB_WIDTHS_PX = [320, 640, 1280] as const;
/** The smaller files first: a browser takes the first it knows. */
export const THUMB_FORMATS = ["avif", "webp"] as const;
/** Source of a RegExp for their file names. */
export const THUMB_NAME = `(${THUMB_WIDTHS_PX.join("|")})\\.(${THUMB_FORMATS.join("|")})`;
