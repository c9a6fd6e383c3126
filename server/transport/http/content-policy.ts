/**
 * What a page of Aria's may load and run: its own, by the nonce of this one answer, and what that brings along
 * (Content Security Policy Level 3, `strict-dynamic`). Pictures may also be drawn in the browser; sketches and strokes are.
 */
export function contentPolicy(nonce: string): string {
  return Object.entries({
    "default-src": "'self'",
    "script-src": `'nonce-${nonce}' 'strict-dynamic'`,
    // Places and colours that are computed: a style runs nothing.
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' blob: data:",
    "media-src": "'self' blob:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
  })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join("; ");
}
