import { sentenceFor } from "#contracts/error-sentences.ts";
import { HTTP_STATUS, isAriaError } from "#contracts/errors.ts";

/** What `act` gives, or `ErrorReply` where it throws an AriaError; all else it throws is thrown on. */
export async function answer(act: () => Promise<Response>): Promise<Response> {
  try {
    return await act();
  } catch (error) {
    if (!isAriaError(error)) throw error;
    const { code, facts } = error;
    return Response.json({ error: { code, facts, message: sentenceFor(error) } }, { status: HTTP_STATUS[code] });
  }
}
