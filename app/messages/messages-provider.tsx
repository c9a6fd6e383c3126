"use client";
import type { ReactNode } from "react";
import { IntlProvider, type Locale } from "use-intl";
import type { Messages } from "./locales.ts";

interface Props {
  readonly locale: Locale;
  readonly messages: Messages;
  readonly children: ReactNode;
}

/** UTC on both sides, or a date would be rendered twice: times of day are told with their zone. */
export const MessagesProvider = ({ locale, messages, children }: Props) => (
  <IntlProvider locale={locale} messages={messages} timeZone="UTC">
    {children}
  </IntlProvider>
);
