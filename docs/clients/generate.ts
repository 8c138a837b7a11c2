// Submit a prompt, follow the task, save its files: `node generate.ts image "a lighthouse in the fog"`.
// Needs nothing but Node (22.18 or newer runs TypeScript as it is) and two variables: BASE_URL and API_KEY.

import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { basename } from "node:path";

type Output = { url: string; bytes: number };
type Task = {
  outputs: Output[];
  credits_used: number;
  error: { message: string } | null;
  urls: { self: string; events: string };
};

const base = `${process.env.BASE_URL?.replace(/\/$/, "")}/api/v1`;
const key = { "X-API-Key": process.env.API_KEY ?? "" };

/** Every error is a problem document: `code` for programs, `detail` for people. */
async function request(url: string, init: RequestInit = {}): Promise<Response> {
  const answer = await fetch(url, init);
  if (answer.ok) return answer;
  const problem = (await answer.json()) as { code: string; detail: string };
  throw new Error(`${problem.code}: ${problem.detail}`);
}

/** The Idempotency-Key makes the request safe to repeat: the same key never buys twice. */
async function submit(kind: string, prompt: string): Promise<Task> {
  const headers = { ...key, "Content-Type": "application/json", "Idempotency-Key": randomUUID() };
  const body = JSON.stringify({ [kind === "audio" ? "text" : "prompt"]: prompt });
  return (await request(`${base}/generation/${kind}`, { method: "POST", headers, body })).json() as Promise<Task>;
}

/** Print every move as it happens; the stream ends when the task does. */
async function follow(task: Task): Promise<Task> {
  const stream = await request(task.urls.events);
  let text = "";
  for await (const piece of stream.body!.pipeThrough(new TextDecoderStream())) {
    const lines = (text + piece).split("\n");
    text = lines.pop()!;
    for (const line of lines) if (line.startsWith("data: ")) console.log(JSON.parse(line.slice(6)).stage);
  }
  return (await request(task.urls.self, { headers: key })).json() as Promise<Task>;
}

try {
  const finished = await follow(await submit(process.argv[2], process.argv[3]));
  if (finished.error) throw new Error(finished.error.message);
  for (const { url, bytes } of finished.outputs) {
    const name = basename(new URL(url).pathname);
    await writeFile(name, Buffer.from(await (await request(url)).arrayBuffer()));
    console.log(`${name} (${bytes} bytes, ${finished.credits_used} credits)`);
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
