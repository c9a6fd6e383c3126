import { PASSWORD_CHARACTERS } from "#contracts/terms.ts";
import { Field } from "./field.tsx";

/** A password that is chosen here, and that the browser offers to make and to keep. */
export const NewPassword = ({ label, note }: { readonly label: string; readonly note?: string }) => (
  <Field
    label={label}
    note={note}
    name="password"
    type="password"
    required
    minLength={PASSWORD_CHARACTERS.min}
    maxLength={PASSWORD_CHARACTERS.max}
    autoComplete="new-password"
  />
);
