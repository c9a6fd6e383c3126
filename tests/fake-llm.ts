/** A language model's HTTP server on this machine, speaking OpenAI's and Anthropic's protocols as they are on the wire. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What it does when it is asked; a string is what it says. */
export type Manner = "hangs" | "fails" | "rambles" | { readonly says: string };

export interface FakeLlm {
  readonly url: string;
  /** Bodies of what it was asked, as they came. */
  readonly asked: Record<string, unknown>[];
  manner: Manner;
  close(): void;
}

export async function startFakeLlm(manner: Manner): Promise<FakeLlm> {
  const asked: Record<string, unknown>[] = [];
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    asked.push(JSON.parse(Buffer.concat(chunks).toString()));
    if (llm.manner === "hangs") return;
    if (llm.manner === "fails") return void response.writeHead(500).end("overloaded");
    const text = llm.manner === "rambles" ? "a word ".repeat(2_900) : llm.manner.says;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(request.url?.endsWith("/messages") ? anthropic(text) : openAi(text)));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const llm: FakeLlm = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    manner,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return llm;
}

const openAi = (content: string) => ({
  id: "chatcmpl-1",
  object: "chat.completion",
  created: 1,
  model: "tiny",
  choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
});

const anthropic = (text: string) => ({
  id: "msg_1",
  type: "message",
  role: "assistant",
  model: "tiny",
  content: [{ type: "text", text }],
  stop_reason: "end_turn",
  stop_sequence: null,
  usage: { input_tokens: 1, output_tokens: 1 },
});
