/** Dialogs that are opened now and then: their code is fetched then. */
import dynamic from "next/dynamic";

export const CollectDialog = dynamic(() => import("./collect-dialog.tsx").then((ui) => ui.CollectDialog), {
  ssr: false,
});
export const ExportDialog = dynamic(() => import("./export-dialog.tsx").then((ui) => ui.ExportDialog), { ssr: false });
export const ShareDialog = dynamic(() => import("./share-dialog.tsx").then((ui) => ui.ShareDialog), { ssr: false });
