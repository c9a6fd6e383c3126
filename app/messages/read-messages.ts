import compile from "icu-minify/compile";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { createFormatter, createTranslator, type Locale, type NamespaceKeys, type NestedKeyOf } from "use-intl/core";
import de from "./de.json";
import en from "./en.json";
import { LOCALE_COOKIE, LOCALES, type Messages } from "./locales.ts";

const RAW = { en, de } satisfies Record<Locale, Messages>;

type Tree = { readonly [key: string]: string | Tree };

const compileAll = (tree: Tree): object =>
  Object.fromEntries(
    Object.entries(tree).map(([key, part]) => [key, typeof part === "string" ? compile(part) : compileAll(part)]),
  );
/** Parsed here once, so that the browser comes without a parser: next.config.mjs gives it the formatter alone. */
const compiled = (tree: Tree): unknown => JSON.parse(JSON.stringify(compileAll(tree))); // plain, or React refuses it
// To whoever translates by them they are the messages that they were.
const MESSAGES: Record<Locale, Messages> = { en: compiled(RAW.en) as Messages, de: compiled(RAW.de) as Messages };

const isLocale = (name: string | undefined): name is Locale => LOCALES.some((locale) => locale === name);

/** The first of a browser's languages that is spoken here, as in `Accept-Language`; English where none is. */
export function localeFor(acceptLanguage: string): Locale {
  const wanted = acceptLanguage.split(",").map((part) => {
    const [tag = "", weight = "q=1"] = part.trim().split(";");
    return { name: tag.split("-")[0]?.toLowerCase(), weight: Number(weight.trim().slice(2)) };
  });
  const known = wanted.toSorted((a, b) => b.weight - a.weight).map(({ name }) => name);
  return known.find(isLocale) ?? "en";
}

/** In the language that was chosen, else in the browser's. */
export const readMessages = cache(async (): Promise<{ locale: Locale; messages: Messages }> => {
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value;
  const locale = isLocale(chosen) ? chosen : localeFor((await headers()).get("accept-language") ?? "");
  return { locale, messages: MESSAGES[locale] };
});

/** For what is rendered on the server alone: titles, pages without a script. */
export async function translatorOf<const N extends NamespaceKeys<Messages, NestedKeyOf<Messages>>>(namespace: N) {
  return createTranslator({ ...(await readMessages()), namespace });
}

export const formatterOf = async () => createFormatter({ locale: (await readMessages()).locale, timeZone: "UTC" });
