import type { MetadataRoute } from "next";

export default function manifest(): MetadataRoute.Manifest {
  const icon = (name: string, purpose: "any" | "maskable", sizes: string) => ({
    src: `/icons/${name}.png`,
    sizes,
    type: "image/png",
    purpose,
  });
  return {
    id: "/",
    name: "Aria",
    short_name: "Aria",
    description: "An artist of your own: tell her a theme and watch her paint.",
    start_url: "/",
    scope: "/",
    display: "standalone",
    background_color: "#131211",
    theme_color: "#131211",
    categories: ["art", "graphics"],
    icons: [
      icon("icon-192", "any", "192x192"),
      icon("icon-512", "any", "512x512"),
      icon("maskable-512", "maskable", "512x512"),
    ],
    shortcuts: [
      { name: "Paint", url: "/", icons: [icon("icon-192", "any", "192x192")] },
      { name: "Gallery", url: "/gallery", icons: [icon("icon-192", "any", "192x192")] },
      { name: "Journal", url: "/journal", icons: [icon("icon-192", "any", "192x192")] },
    ],
    screenshots: [
      {
        src: "/screens/studio-wide.webp",
        sizes: "1440x900",
        type: "image/webp",
        form_factor: "wide",
        label: "The studio",
      },
      {
        src: "/screens/gallery-narrow.webp",
        sizes: "780x1688",
        type: "image/webp",
        form_factor: "narrow",
        label: "The gallery",
      },
    ],
    share_target: {
      action: "/share-target",
      method: "POST",
      enctype: "multipart/form-data",
      params: {
        title: "title",
        text: "text",
        url: "url",
        files: [{ name: "picture", accept: ["image/png", "image/jpeg", "image/webp", "image/avif"] }],
      },
    },
  };
}
