import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { refusalIn } from "#app/ui/refusal-in.ts";
import type { PlaceOrderInput, SketchReply } from "#contracts/order.ts";

type Sketch = () => Promise<Blob>;

/** A person's own sketch beside the form: sent when the order is placed, so that a draft leaves no file behind. */
export function useSketch(onPlace: (input: PlaceOrderInput) => void) {
  const [sketch, setSketch] = useState<Sketch | null>(null);
  const t = useTranslations("studio.sketching");
  const { mutate, isPending, error, reset } = useMutation({ mutationFn: (drawn: Sketch) => send(t, drawn) });
  return {
    hasSketch: sketch !== null,
    keepSketch: (drawn: Sketch | null) => {
      setSketch(() => drawn);
      reset();
    },
    isSending: isPending,
    problem: error === null ? null : error.message,
    /** Painted over the sketch where there is one and the order begins with one. */
    place: (input: PlaceOrderInput) => {
      reset();
      if (!sketch || input.underpainting === null) return onPlace(input);
      mutate(sketch, { onSuccess: (sha256) => onPlace({ ...input, sketch: sha256 }) });
    },
  };
}

type Translate = ReturnType<typeof useTranslations<"studio.sketching">>;

/** The sketch's content address, once it is kept. Throws an Error whose message is a sentence for people. */
async function send(t: Translate, sketch: Sketch): Promise<string> {
  const body = await sketch();
  const answer = await fetch("/sketches", { method: "POST", headers: { "content-type": body.type }, body }).catch(
    () => null,
  );
  if (!answer) throw new Error(t("unreachable"));
  const reply: unknown = await answer.json().catch(() => null);
  if (answer.ok && reply) return (reply as SketchReply).sha256;
  throw new Error(refusalIn(reply) ?? t("unsent"));
}
