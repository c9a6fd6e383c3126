import { ImageResponse } from "next/og";
import { dataUrlOf, nothingShared, openShare } from "#server/web.ts";

export const alt = "An artwork by Aria";
export const size = { width: 1200, height: 630 };
export const contentType = "image/png";

const FRAME_PX = 470;

/** The artwork on its mat, and whose it is: what a link looks like where it is posted. */
export default async function OpenGraphImage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const share = await openShare(slug, undefined);
  const artwork = share?.state === "open" ? share.artworks[0] : undefined;
  if (share?.state !== "open" || !artwork) return nothingShared();
  const scale = FRAME_PX / Math.max(artwork.widthPx, artwork.heightPx);
  const [width, height] = [Math.round(artwork.widthPx * scale), Math.round(artwork.heightPx * scale)];
  return new ImageResponse(
    <div style={{ display: "flex", width: "100%", height: "100%", background: "#131211", color: "#efeae2" }}>
      <div style={{ display: "flex", width: 630, height: 630, alignItems: "center", justifyContent: "center" }}>
        <div style={{ display: "flex", padding: 30, background: "#24211e" }}>
          {/* biome-ignore lint/performance/noImgElement: drawn by satori, not by a browser */}
          <img src={await dataUrlOf(artwork.sha256)} width={width} height={height} alt="" />
        </div>
      </div>
      <div
        style={{
          display: "flex",
          flexDirection: "column",
          justifyContent: "space-between",
          flex: 1,
          padding: "80px 70px 80px 10px",
        }}
      >
        <div style={{ display: "flex", fontSize: share.title.length > 40 ? 48 : 62, lineHeight: 1.15 }}>
          {share.title.slice(0, 90)}
        </div>
        <div style={{ display: "flex", fontSize: 32, color: "#dcb872" }}>{artwork.artist}</div>
      </div>
    </div>,
    { ...size, headers: { "cache-control": "public, max-age=300" } },
  );
}
