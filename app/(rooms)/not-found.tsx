import Link from "next/link";
import { buttonClass } from "#app/ui/button.tsx";

export default function NotFound() {
  return (
    <section className="grid justify-items-start gap-4 py-16">
      <h1 className="font-serif text-3xl">Nothing hangs here</h1>
      <p className="text-muted">The page is gone, or never was.</p>
      <Link href="/gallery" className={buttonClass("quiet")}>
        To the gallery
      </Link>
    </section>
  );
}
