/** Whose something is, where nothing is anybody's own: everybody's who may come in. */
export const HOUSE = "house";
