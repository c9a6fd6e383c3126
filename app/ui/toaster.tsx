"use client";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";
import { useTranslations } from "use-intl";

interface Toast {
  readonly text: string;
  readonly undo?: () => void;
}
type Tell = (text: string, undo?: () => void) => void;

const TOLD_MS = 8_000;
const TellContext = createContext<Tell>(() => {});

/** Says what was done, for a while, with a way back where there is one. */
export const useTell = (): Tell => useContext(TellContext);

export function Toaster({ children }: { children: ReactNode }) {
  const t = useTranslations("common");
  const [toast, setToast] = useState<Toast | null>(null);
  const tell = useCallback<Tell>((text, undo) => setToast(undo ? { text, undo } : { text }), []);
  useEffect(() => {
    if (!toast) return;
    const gone = setTimeout(() => setToast(null), TOLD_MS);
    return () => clearTimeout(gone);
  }, [toast]);
  return (
    <TellContext value={tell}>
      {children}
      <div aria-live="polite" className="pointer-events-none fixed inset-x-4 bottom-20 z-40 grid justify-items-center">
        {toast && (
          <div className="appear pointer-events-auto flex min-h-12 items-center gap-4 rounded-lg border border-line bg-mat py-1 pr-2 pl-4 text-sm shadow-black/40 shadow-lg">
            <span className="py-2">{toast.text}</span>
            {toast.undo && (
              <button
                type="button"
                onClick={() => {
                  toast.undo?.();
                  setToast(null);
                }}
                className="min-h-10 rounded-md px-3 font-medium text-accent hover:bg-plinth"
              >
                {t("undo")}
              </button>
            )}
          </div>
        )}
      </div>
    </TellContext>
  );
}
