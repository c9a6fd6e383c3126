import { useEffect, useRef, useState } from "react";
import { Sheet } from "./sheet.ts";

interface Options {
  /** In canvas pixels. */
  readonly width: number;
  readonly height: number;
  /** Gives the sketch as it stands when asked for; null while the sheet is blank, and once it is gone. */
  readonly onChange: (sketch: (() => Promise<Blob>) | null) => void;
}

/** A sheet on the canvas that `canvas` is put on, and what its buttons need to know. */
export function useSheet({ width, height, onChange }: Options) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const sheet = useRef<Sheet>(null);
  const [{ isBlank, canUndo }, setState] = useState({ isBlank: true, canUndo: false });
  useEffect(() => {
    if (!canvas.current) return;
    sheet.current ??= new Sheet(canvas.current);
    sheet.current.reshape(width, height);
  }, [width, height]);
  const tell = useRef(onChange);
  tell.current = onChange;
  useEffect(() => () => tell.current(null), []);
  const act = (draw: (on: Sheet) => void): void => {
    const on = sheet.current;
    if (!on) return;
    draw(on);
    setState({ isBlank: on.isBlank, canUndo: on.canUndo });
    onChange(on.isBlank ? null : () => on.toBlob());
  };
  return { canvas, sheet, act, isBlank, canUndo };
}
