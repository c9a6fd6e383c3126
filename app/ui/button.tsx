import type { ButtonHTMLAttributes } from "react";

const LOOKS = {
  primary: "bg-accent text-on-accent hover:brightness-110",
  quiet: "border border-line text-ink hover:border-muted",
} as const;

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: keyof typeof LOOKS;
}

export const buttonClass = (look: keyof typeof LOOKS) =>
  `inline-flex min-h-11 items-center justify-center gap-2 rounded-lg px-4 text-sm font-medium disabled:opacity-60 ${LOOKS[look]}`;

export function Button({ look = "quiet", type = "button", className = "", ...rest }: Props) {
  return <button type={type} className={`${buttonClass(look)} ${className}`} {...rest} />;
}
