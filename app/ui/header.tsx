"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { ThemeToggle } from "./theme-toggle.tsx";

const ROOMS = [
  { href: "/", title: "Studio" },
  { href: "/gallery", title: "Gallery" },
  { href: "/series", title: "Series" },
  { href: "/mind", title: "Mind" },
  { href: "/duels", title: "Duels" },
  { href: "/journal", title: "Journal" },
  { href: "/models", title: "Models" },
];

export function Header() {
  const pathname = usePathname();
  return (
    <header className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-6 px-4 py-4 sm:px-6 sm:py-6">
      <Link href="/" className="flex-1 font-serif text-2xl tracking-wide sm:flex-none">
        Aria
      </Link>
      <nav
        aria-label="Rooms"
        className="order-last -mx-3 flex w-full overflow-x-auto sm:order-none sm:mx-0 sm:w-auto sm:flex-1"
      >
        {ROOMS.map(({ href, title }) => {
          const isHere = pathname === href || (href !== "/" && pathname.startsWith(href));
          return (
            <Link
              key={href}
              href={href}
              aria-current={isHere ? "page" : undefined}
              className="rounded-lg px-3 py-2.5 text-muted text-sm hover:text-ink aria-[current=page]:text-accent"
            >
              {title}
            </Link>
          );
        })}
      </nav>
      <ThemeToggle />
    </header>
  );
}
