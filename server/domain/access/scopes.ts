/** Whose something is where it is everybody's. */
export const HOUSE = "house";
