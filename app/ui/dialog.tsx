"use client";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { IconButton } from "./icon-button.tsx";

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Fills the screen: for pictures. */
  readonly whole?: boolean;
}

/** The browser's own modal: focus stays in it, Escape closes it, and what opened it has the focus again. */
export function Dialog({ title, onClose, children, whole = false }: Props) {
  const t = useTranslations("common");
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  const size = whole
    ? "h-dvh max-h-none w-screen max-w-none bg-wall"
    : "m-auto w-[min(34rem,calc(100vw-2rem))] rounded-xl border border-line bg-plinth";
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the dialog's own
    <dialog
      ref={dialog}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
      className={`text-ink backdrop:bg-black/60 ${size}`}
    >
      <div className={`grid content-start ${whole ? "h-full grid-rows-[auto_1fr]" : "gap-5 p-5 sm:p-6"}`}>
        <div className={`flex items-center justify-between gap-4 ${whole ? "px-4 py-2" : ""}`}>
          <h2 className="truncate font-serif text-xl">{title}</h2>
          <IconButton icon="close" label={t("close")} onClick={onClose} className="-mr-2" />
        </div>
        {children}
      </div>
    </dialog>
  );
}
