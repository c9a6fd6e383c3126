"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "use-intl";
import { type IconName, LineIcon } from "./line-icon.tsx";
import { ThemeToggle } from "./theme-toggle.tsx";

interface Room {
  readonly name:
    | "studio"
    | "gallery"
    | "collections"
    | "mind"
    | "settings"
    | "people"
    | "models"
    | "series"
    | "journal"
    | "duels"
    | "operations"
    | "flags";
  readonly href: string;
  readonly isAdmins?: boolean;
}
interface MainRoom extends Room {
  readonly icon: IconName;
  /** Rooms behind it, itself the first. */
  readonly doors: readonly Room[];
}

const room = (name: Room["name"], href = `/${name}`): Room => ({ name, href });
const ADMINS: readonly Room[] = [room("operations", "/admin"), room("flags")].map((one) => ({
  ...one,
  isAdmins: true,
}));
const ROOMS: readonly MainRoom[] = [
  { ...room("studio", "/"), icon: "brush", doors: [] },
  { ...room("gallery"), icon: "wall", doors: [] },
  { ...room("collections"), icon: "collect", doors: [room("collections"), room("series")] },
  { ...room("mind"), icon: "mind", doors: [room("mind"), room("journal"), room("duels")] },
  { ...room("settings"), icon: "settings", doors: [room("settings"), room("people"), room("models"), ...ADMINS] },
];

const isWithin = (pathname: string, { href }: Room): boolean =>
  pathname === href || (href !== "/" && pathname.startsWith(`${href}/`));

/** Rooms that are not everybody's are shown to those alone whose they are. */
export function Header({ isAdmin }: { isAdmin: boolean }) {
  const t = useTranslations("rooms");
  const pathname = usePathname();
  const here = ROOMS.find((main) => [main, ...main.doors].some((one) => isWithin(pathname, one)));
  const doors = here?.doors.filter(({ isAdmins = false }) => isAdmin || !isAdmins) ?? [];
  return (
    <header className="mx-auto flex max-w-[110rem] flex-wrap items-center gap-x-6 px-4 py-4 sm:px-6 sm:py-5">
      <a
        href="#page"
        className="sr-only rounded-lg bg-mat text-sm focus:not-sr-only focus:absolute focus:px-4 focus:py-3 focus:top-2 focus:left-2 focus:z-30"
      >
        {t("skip")}
      </a>
      <Link href="/" className="flex-1 font-serif text-2xl tracking-wide sm:flex-none">
        Aria
      </Link>
      <nav
        aria-label={t("rooms")}
        className="fixed inset-x-0 bottom-0 z-20 flex border-line border-t bg-wall/95 pb-[env(safe-area-inset-bottom)] backdrop-blur sm:static sm:flex-1 sm:border-0 sm:bg-transparent sm:pb-0 sm:backdrop-blur-none"
      >
        {ROOMS.map((main) => (
          <Link
            key={main.name}
            href={main.href}
            aria-current={main === here ? "page" : undefined}
            className="grid min-h-14 flex-1 content-center justify-items-center gap-0.5 rounded-lg text-[0.6875rem] text-muted hover:text-ink aria-[current=page]:text-accent sm:min-h-0 sm:flex-none sm:px-3 sm:py-2.5 sm:text-sm"
          >
            <span className="sm:hidden">
              <LineIcon name={main.icon} />
            </span>
            {t(main.name)}
          </Link>
        ))}
      </nav>
      <ThemeToggle />
      {here && doors.length > 0 && (
        <nav
          aria-label={t(here.name)}
          className="mx-auto flex w-full max-w-6xl basis-full flex-wrap gap-1 pt-3 sm:px-2"
        >
          {doors.map((door) => (
            <Link
              key={door.name}
              href={door.href}
              aria-current={isWithin(pathname, door) ? "page" : undefined}
              className="rounded-full px-4 py-2.5 text-muted text-sm hover:text-ink aria-[current=page]:bg-mat aria-[current=page]:text-ink"
            >
              {t(door.name)}
            </Link>
          ))}
        </nav>
      )}
    </header>
  );
}
