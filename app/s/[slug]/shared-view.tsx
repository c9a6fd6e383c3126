import { formatterOf, translatorOf } from "#app/messages/read-messages.ts";
import { Picture } from "#app/ui/picture.tsx";
import type { OpenShare, SharedArtwork } from "#contracts/shares.ts";

interface Props {
  readonly share: OpenShare;
  /** Which of a collection; the whole of it where it is none of them. */
  readonly chosen: string | undefined;
}

/** What the browser is told of a picture: its file's own address is none of its business. */
const pictureOf = ({ slug }: OpenShare, { id, thumbhash, widthPx, heightPx }: SharedArtwork) => ({
  imageUrl: `/s/${slug}/${id}`,
  thumbhash,
  widthPx,
  heightPx,
});

/** The artwork, or the wall of a collection, as anybody with the link sees it. */
export async function SharedView({ share, chosen }: Props) {
  const t = await translatorOf("shared");
  const artwork = share.isCollection ? share.artworks.find(({ id }) => id === chosen) : share.artworks[0];
  return (
    <div className="mx-auto grid min-h-dvh max-w-6xl grid-rows-[1fr_auto] gap-10 px-4 py-6 sm:px-6 sm:py-10">
      <main>{artwork ? <One share={share} artwork={artwork} /> : <Hung share={share} />}</main>
      <footer className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2 border-line border-t pt-5 text-muted text-sm">
        <span className="font-serif text-ink text-lg tracking-wide">Aria</span>
        <span>{t("made")}</span>
      </footer>
    </div>
  );
}

async function One({ share, artwork }: { share: OpenShare; artwork: SharedArtwork }) {
  const t = await translatorOf("shared");
  const format = await formatterOf();
  const { title, statement, artist, createdAt, modelId } = artwork;
  return (
    <article className="grid gap-8">
      {share.isCollection && (
        <a href={`/s/${share.slug}`} className="justify-self-start py-2 text-muted text-sm hover:text-ink">
          ← {share.title}
        </a>
      )}
      <div className="rounded-sm bg-mat p-3 shadow-black/30 shadow-lg sm:p-10">
        <Picture
          {...pictureOf(share, artwork)}
          alt={title}
          sizes="(min-width: 72rem) 64rem, 100vw"
          eager
          className="mx-auto h-auto w-[min(100%,78dvh*var(--ratio))]"
        />
      </div>
      <div className="mx-auto grid w-full max-w-2xl gap-3 text-center">
        <h1 className="text-balance font-serif text-4xl">{title}</h1>
        {statement && <p className="text-balance font-serif text-xl leading-snug">{statement}</p>}
        <p className="text-muted text-sm">
          {t("credit", { artist, date: format.dateTime(createdAt, { dateStyle: "long" }), model: modelId })}
        </p>
      </div>
    </article>
  );
}

async function Hung({ share }: { share: OpenShare }) {
  const t = await translatorOf("shared");
  return (
    <section className="grid gap-8">
      <header className="grid gap-1">
        <h1 className="font-serif text-4xl">{share.title}</h1>
        <p className="text-muted">{t("count", { count: share.artworks.length })}</p>
      </header>
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4">
        {share.artworks.map((artwork, i) => (
          <li key={artwork.id} className="bg-mat p-2">
            <a href={`/s/${share.slug}?artwork=${artwork.id}`} className="block aspect-square overflow-hidden">
              <Picture
                {...pictureOf(share, artwork)}
                alt={artwork.title}
                sizes="(min-width: 64rem) 17rem, 45vw"
                eager={i < 4}
                className="size-full object-cover"
              />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
