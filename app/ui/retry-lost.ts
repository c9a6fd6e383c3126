import { isKeptForLater } from "#app/pwa/outbox-link.ts";

/** When no answer came, as opposed to a refusal, it is worth another try. Only for what is the same when it is sent twice. */
export const retryLost = (failures: number, error: { readonly data?: unknown }): boolean =>
  failures < 2 && !error.data && !isKeptForLater(error);
