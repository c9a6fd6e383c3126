import { Button } from "./button.tsx";

interface Props {
  /** What would be done, for who does not see it. */
  readonly legend: string;
  readonly note: string;
  readonly act: string;
  readonly keep: string;
  readonly isPending: boolean;
  readonly onAct: () => void;
  readonly onKeep: () => void;
}

/** Asks once more, in place, before what cannot be undone; the keyboard stands on what changes nothing. */
export const Confirm = ({ legend, note, act, keep, isPending, onAct, onKeep }: Props) => (
  <fieldset className="flex flex-wrap items-center gap-2">
    <legend className="sr-only">{legend}</legend>
    <span className="text-sm">{note}</span>
    <Button onClick={onAct} disabled={isPending} className="border-alarm text-alarm">
      {act}
    </Button>
    <Button onClick={onKeep} autoFocus>
      {keep}
    </Button>
  </fieldset>
);
