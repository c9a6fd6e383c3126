import { translatorOf } from "#app/messages/read-messages.ts";
import { buttonClass } from "#app/ui/button.tsx";

/** Works without a script: a form, and the page again. */
export async function Locked({ slug, refused }: { slug: string; refused: string | undefined }) {
  const t = await translatorOf("shared");
  const problem = refused === "often" ? t("often") : refused === undefined ? null : t("wrong");
  return (
    <main className="mx-auto grid min-h-dvh max-w-sm content-center gap-6 px-6">
      <h1 className="font-serif text-3xl">{t("locked")}</h1>
      <form method="post" action={`/s/${slug}/unlock`} className="grid gap-3">
        <label htmlFor="password" className="text-muted text-sm">
          {t("password")}
        </label>
        <input
          id="password"
          name="password"
          type="password"
          required
          autoComplete="off"
          className="field"
          aria-describedby="problem"
        />
        <p id="problem" role="alert" className="text-alarm text-sm empty:hidden">
          {problem}
        </p>
        <button type="submit" className={buttonClass("primary")}>
          {t("open")}
        </button>
      </form>
    </main>
  );
}
