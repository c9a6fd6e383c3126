"use client";
import { Button } from "#app/ui/button.tsx";

export default function Failure({ reset }: { error: Error; reset: () => void }) {
  return (
    <section className="grid justify-items-start gap-4 py-16">
      <h1 className="font-serif text-3xl">Something went wrong</h1>
      <p className="text-muted">Your pictures are safe. The server's log has the details.</p>
      <Button onClick={reset}>Try again</Button>
    </section>
  );
}
