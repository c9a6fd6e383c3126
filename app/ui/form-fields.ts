import type { FormEvent } from "react";

/** What the fields of a form that is sent hold, by their names; the page stays. */
export function fieldsOf(event: FormEvent<HTMLFormElement>): Record<string, string> {
  event.preventDefault();
  const texts = [...new FormData(event.currentTarget)].filter(
    (field): field is [string, string] => typeof field[1] === "string",
  );
  return Object.fromEntries(texts);
}
