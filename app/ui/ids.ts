const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Made by the client, so that a repeated request makes one thing. */
export const newId = <Id extends string>(): Id => crypto.randomUUID() as Id;

/** Null where the text is no id: an address, or what was kept, may say anything. */
export const idIn = <Id extends string>(text: string | null): Id | null =>
  text !== null && UUID.test(text) ? (text as Id) : null;
