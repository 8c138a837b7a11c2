// A chat on another site: order a picture, tell each stage, put the result into the conversation.
//
//   import { imagine } from "./chat.js";
//   await imagine(conversation, "a lighthouse in the fog", { base: "https://smartspec.example", key });
//
// `key` belongs to the person who chats (the device sign-in gets it), never to the site: pages are public.

const FINAL = ["completed", "failed", "cancelled"];

/** Every error is a problem document: `code` for programs, `detail` for people. */
async function call(url, key, init = {}) {
  const answer = await fetch(url, { ...init, headers: { ...init.headers, "X-API-Key": key } });
  if (answer.ok) return answer.json();
  const problem = await answer.json();
  throw new Error(`${problem.code}: ${problem.detail}`);
}

function order(prompt, { base, key }) {
  const headers = { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() };
  const body = JSON.stringify({ prompt });
  return call(`${base}/api/v1/generation/image`, key, { method: "POST", headers, body });
}

/** The stream's address carries its own token; after a break the browser resumes where it was. */
function follow(task, tell) {
  return new Promise((resolve) => {
    const stream = new EventSource(task.urls.events);
    stream.addEventListener("status", ({ data }) => {
      const move = JSON.parse(data);
      tell(move.stage);
      if (!FINAL.includes(move.status)) return;
      stream.close();
      resolve();
    });
  });
}

export async function imagine(conversation, prompt, { base, key }) {
  const said = conversation.appendChild(document.createElement("figure"));
  try {
    const task = await order(prompt, { base, key });
    await follow(task, (stage) => (said.textContent = stage));
    const { error, outputs } = await call(task.urls.self, key);
    if (error) throw new Error(error.message);
    const [{ url, width, height }] = outputs;
    said.replaceChildren(Object.assign(new Image(width, height), { src: url, alt: prompt }));
  } catch (trouble) {
    said.textContent = trouble.message;
  }
}
