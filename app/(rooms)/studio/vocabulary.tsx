import { useTranslations } from "use-intl";
import { Folded } from "#app/ui/folded.tsx";
import { phrasesIn } from "#contracts/theme.ts";

interface Props {
  /** Words the model was taught, by kind. */
  readonly words: Readonly<Record<string, readonly string[]>>;
  readonly prompt: string;
  readonly onChange: (prompt: string) => void;
}

const TITLED = ["scene", "style", "time", "palette"] as const;

/** What the model paints well, to be put into the theme and taken out again. */
export function Vocabulary({ words, prompt, onChange }: Props) {
  const t = useTranslations("studio.vocabulary");
  const kinds = Object.entries(words).filter(([, phrases]) => phrases.length > 0);
  if (kinds.length === 0) return null;
  const titleOf = (kind: string) => {
    const known = TITLED.find((titled) => titled === kind);
    return known && t(known);
  };
  return (
    <Folded title={t("title")}>
      <div className="grid gap-4 p-3">
        {kinds.map(([kind, phrases]) => (
          <fieldset key={kind} className="grid gap-2">
            <legend className="mb-2 text-muted text-xs">{titleOf(kind) ?? kind}</legend>
            <div className="flex flex-wrap gap-1.5">
              {phrases.map((phrase) => (
                <button
                  key={phrase}
                  type="button"
                  aria-pressed={says(prompt, phrase)}
                  onClick={() => onChange(says(prompt, phrase) ? without(prompt, phrase) : withPhrase(prompt, phrase))}
                  className="min-h-8 rounded-full border border-line px-2.5 text-muted text-xs hover:border-muted hover:text-ink aria-pressed:border-accent aria-pressed:text-accent"
                >
                  {phrase}
                </button>
              ))}
            </div>
          </fieldset>
        ))}
      </div>
    </Folded>
  );
}

const says = (prompt: string, phrase: string): boolean => phrasesIn(prompt).includes(phrase);
const withPhrase = (prompt: string, phrase: string): string => [...phrasesIn(prompt), phrase].join(", ");
const without = (prompt: string, phrase: string): string =>
  phrasesIn(prompt)
    .filter((part) => part !== phrase)
    .join(", ");
