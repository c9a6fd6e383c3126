import Link from "next/link";
import type { ReactNode } from "react";
import { LineIcon } from "./line-icon.tsx";

/** The way to where this page hangs, above all else on it. */
export const BackLink = ({ href, children }: { href: string; children: ReactNode }) => (
  <Link href={href} className="flex min-h-11 items-center gap-1 justify-self-start text-muted text-sm hover:text-ink">
    <LineIcon name="back" /> {children}
  </Link>
);
