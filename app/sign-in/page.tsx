import type { Metadata } from "next";
import { readMessages, translatorOf } from "#app/messages/read-messages.ts";
import { Providers } from "#app/providers.tsx";
import { SignIn } from "#app/sign-in/sign-in.tsx";
import { isClaimed } from "#server/web.ts";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await translatorOf("signIn");
  return { title: t("title"), robots: { index: false } };
}

type Props = { searchParams: Promise<{ to?: string }> };

/** A page of ours, and no address elsewhere that somebody has put into a link. */
const ownPath = (to: string | undefined): string => (to && /^\/(?![/\\])/.test(to) ? to : "/");

export default async function Page({ searchParams }: Props) {
  const [{ to }, { locale, messages }, claimed] = await Promise.all([searchParams, readMessages(), isClaimed()]);
  return (
    <Providers locale={locale} messages={messages} personId={null}>
      <SignIn to={ownPath(to)} isClaimed={claimed} />
    </Providers>
  );
}
