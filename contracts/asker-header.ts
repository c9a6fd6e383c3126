/** With what a browser kept for later: the id of the person who asked for it, in whose name alone it may be done. */
export const ASKER_HEADER = "x-aria-asker";
