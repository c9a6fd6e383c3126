/** From the proxy to the page: what an inline script of this one answer is known by. */
export const NONCE_HEADER = "x-nonce";
