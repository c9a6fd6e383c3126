import { sentenceOf } from "./sentence-of.ts";

/** What went wrong with a call, told where it was made; nothing while all is well. */
export const Problem = ({ error }: { error: unknown }) =>
  Boolean(error) && (
    <p role="alert" className="text-alarm text-sm">
      {sentenceOf(error)}
    </p>
  );
