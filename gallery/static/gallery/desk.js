// The moderation desk by keys. Every act is a form of the page sent in the background; acts follow
// each other in the order of the keys, so that a fast hand never judges a work that is not before it.
(() => {
  const desk = document.getElementById("desk");
  const queue = document.getElementById("queue");
  const panel = document.getElementById("panel");
  const said = document.getElementById("said");
  const help = document.getElementById("help");
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const HOLDERS_EVERY = 15000; // milliseconds
  const ON_PHONE = matchMedia("(max-width: 64rem)");
  let line = Promise.resolve();
  let wantsReason = false;

  const tickets = () => [...queue.children];
  const here = () => queue.querySelector(".ticket--here");
  const isFree = (ticket) => !ticket.dataset.decided && !ticket.querySelector("[data-holder]").textContent.trim();
  const say = (words) => { said.textContent = words; };
  const judgeForm = () => document.getElementById("judge");

  // one act after the other
  function inLine(act) {
    desk.dataset.waiting = Number(desk.dataset.waiting) + 1;
    line = line.then(act).catch((error) => say(String(error.message || error))).finally(() => {
      desk.dataset.waiting = Number(desk.dataset.waiting) - 1;
    });
  }

  async function send(path, given) {
    const body = given instanceof FormData ? given : new FormData();
    if (!(given instanceof FormData)) Object.entries(given || {}).forEach(([name, value]) => body.append(name, value));
    const headers = { "X-CSRFToken": token, Accept: "application/json" };
    const answer = await fetch(desk.dataset.base + path, { method: "POST", body, headers });
    if (answer.headers.get("Content-Type").startsWith("text/html")) return { ok: answer.ok, html: await answer.text() };
    return { ok: answer.ok, ...(await answer.json()) };
  }

  function mark(ticket) {
    tickets().forEach((each) => {
      const isHere = each === ticket;
      each.classList.toggle("ticket--here", isHere);
      const link = each.querySelector(".ticket__link");
      if (isHere) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }

  async function open(ticket) {
    wantsReason = false;
    mark(ticket);
    ticket.querySelector(".ticket__link").focus({ preventScroll: true });
    ticket.scrollIntoView({ block: "nearest" });
    const answer = await send(`${ticket.dataset.id}/look/`, { back: desk.dataset.back });
    if (!answer.html) {
      say(answer.said);
      return false;
    }
    panel.innerHTML = answer.html;
    const article = panel.querySelector(".panel");
    ticket.dataset.seen = article.dataset.seen;
    hold(ticket, article.dataset.held);
    if (article.dataset.status !== ticket.dataset.status) taken(ticket, article.dataset);
    return !article.dataset.held && !ticket.dataset.taken;
  }

  // somebody else decided about it while it lay on this desk: it is no longer ours to judge
  function taken(ticket, state) {
    ticket.dataset.taken = ticket.dataset.decided = state.status;
    ticket.querySelector("[data-stamp]").textContent = state.words;
  }

  function hold(ticket, name) {
    ticket.querySelector("[data-holder]").textContent = name ? desk.dataset.held.replace("%s", name) : "";
  }

  async function more() {
    const link = document.getElementById("more");
    if (!link) return false;
    const answer = await fetch(link.href);
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    const known = new Set(tickets().map((ticket) => ticket.dataset.id));
    next.querySelectorAll("#queue > .ticket").forEach((ticket) => {
      ticket.classList.remove("ticket--here");
      if (!known.has(ticket.dataset.id)) queue.append(ticket);
    });
    const further = next.getElementById("more");
    if (further) link.href = further.href;
    else link.remove();
    return true;
  }

  async function goOn(from) {
    const all = tickets();
    const at = all.indexOf(from);
    const next = all.slice(at + 1).find(isFree);
    if (next) return (await open(next)) || goOn(next);
    if (await more()) return goOn(from);
    const left = all.find((ticket) => ticket !== from && isFree(ticket));
    if (left) return (await open(left)) || goOn(left);
    desk.removeAttribute("data-open");
    return say(desk.dataset.nothing);
  }

  function show(ticket, state) {
    ticket.dataset.seen = state.seen;
    ticket.dataset.status = state.status;
    ticket.querySelector("[data-stamp]").textContent = state.status === "pending" ? "" : state.words;
    ticket.querySelector(".ticket__title").textContent = state.title;
  }

  async function judge(verb, reason) {
    const ticket = here();
    if (!ticket) return undefined;
    if (ticket.dataset.taken || panel.querySelector("[data-held]")) return goOn(ticket);
    const form = judgeForm();
    if (!form || !form.querySelector(`[name=do][value=${verb}]`)) return undefined;
    const given = new FormData(form);
    given.set("do", verb);
    given.set("seen", ticket.dataset.seen);
    if (reason) given.set("preset", reason);
    const answer = await send(`${ticket.dataset.id}/judge/`, given);
    say(answer.said);
    if (answer.code === "being_judged") return goOn(ticket);
    if (!answer.ok) return open(ticket);
    show(ticket, answer);
    if (verb !== "approve" && verb !== "reject") return open(ticket);
    ticket.dataset.decided = answer.status;
    return goOn(ticket);
  }

  function reject() {
    const form = judgeForm();
    const hasReason = form && (form.querySelector("[name=preset]:checked") || form.elements.reason?.value.trim());
    if (hasReason) return judge("reject");
    if (wantsReason) return form.elements.reason.focus();
    wantsReason = true;
    return say(desk.dataset.choose);
  }

  function digit(number) {
    if (wantsReason) return judge("reject", number);
    const choice = judgeForm()?.querySelector(`[name=preset][value="${number}"]`);
    if (choice) choice.checked = true;
    return undefined;
  }

  async function undo() {
    const answer = await send("undo/");
    say(answer.said);
    if (!answer.ok) return undefined;
    const ticket = tickets().find((each) => each.dataset.id === answer.id);
    if (!ticket) return location.assign(`${desk.dataset.back}&item=${answer.id}`);
    show(ticket, answer);
    delete ticket.dataset.decided;
    return open(ticket);
  }

  async function save(form) {
    const ticket = here();
    const given = new FormData(form);
    given.set("seen", ticket.dataset.seen);
    const answer = await send(`${ticket.dataset.id}/words/`, given);
    say(answer.said);
    if (!answer.ok) return undefined;
    show(ticket, answer);
    return open(ticket);
  }

  // the nearest ticket in the row above or below
  function vertical(from, step) {
    const box = from.getBoundingClientRect();
    const middle = (each) => { const b = each.getBoundingClientRect(); return [b.left + b.width / 2, b.top]; };
    const rows = tickets().filter((each) => step * (each.getBoundingClientRect().top - box.top) > 1);
    const [x] = middle(from);
    return rows.sort((one, two) => {
      const [ax, ay] = middle(one);
      const [bx, by] = middle(two);
      return step * (ay - by) || Math.abs(ax - x) - Math.abs(bx - x);
    })[0];
  }

  async function move(step) {
    const all = tickets();
    const next = all[all.indexOf(here()) + step];
    if (next) return open(next);
    if (step > 0 && (await more())) return move(step);
    return undefined;
  }

  function edit() {
    const words = panel.querySelector(".review__words");
    if (!words) return;
    words.open = true;
    words.querySelector("#words_title").focus();
  }

  function play() {
    const media = panel.querySelector("video, audio");
    if (media) return media.paused ? media.play() : media.pause();
    return undefined;
  }

  function select() {
    const box = here()?.querySelector("[name=pick]");
    if (box) box.checked = !box.checked;
  }

  const row = (step) => { const next = here() && vertical(here(), step); return next && open(next); };
  const ACTS = {
    a: () => judge("approve"), r: reject, f: () => judge("feature"), e: edit, z: undo, u: undo, x: select,
    p: play, b: () => document.getElementById("blur").click(), "?": () => help.showModal(),
    arrowright: () => move(1), j: () => move(1), arrowleft: () => move(-1), k: () => move(-1),
    arrowdown: () => row(1), arrowup: () => row(-1),
    1: () => digit("1"), 2: () => digit("2"), 3: () => digit("3"), 4: () => digit("4"), 5: () => digit("5"),
  };

  function isWriting(event) {
    const field = event.target;
    return field.isContentEditable || /^(TEXTAREA|SELECT)$/.test(field.tagName)
      || (field.tagName === "INPUT" && !/^(checkbox|radio|submit|button)$/.test(field.type));
  }

  document.addEventListener("keydown", (event) => {
    if (help.open) return;
    if (event.key === "Escape" && isWriting(event)) {
      here()?.querySelector(".ticket__link").focus();
      return;
    }
    if (event.key === "Enter" && event.ctrlKey && event.target.form?.id === "words") {
      event.preventDefault();
      inLine(() => save(event.target.form));
      return;
    }
    if (isWriting(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = ACTS[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    if (event.repeat && !event.key.startsWith("Arrow")) return;
    inLine(act);
  });

  // the same acts by mouse and touch
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.id === "judge") {
      if (event.submitter?.hasAttribute("formaction")) return; // a page that asks first
      event.preventDefault();
      const verb = event.submitter?.value || "reject";
      inLine(() => (verb === "reject" ? reject() : judge(verb)));
    } else if (form.id === "words") {
      event.preventDefault();
      inLine(() => save(form));
    }
  });

  document.getElementById("undo")?.addEventListener("click", (event) => {
    event.preventDefault();
    inLine(undo);
  });

  queue.addEventListener("click", (event) => {
    const link = event.target.closest(".ticket__link");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    desk.setAttribute("data-open", "");
    inLine(() => open(link.closest(".ticket")));
  });

  document.getElementById("more")?.addEventListener("click", (event) => {
    event.preventDefault();
    inLine(more);
  });

  document.getElementById("close").addEventListener("click", () => desk.removeAttribute("data-open"));

  async function holders() {
    const given = new FormData();
    const current = here();
    if (current && panel.querySelector("#judge")) given.append("current", current.dataset.id);
    tickets().forEach((ticket) => given.append("id", ticket.dataset.id));
    const answer = await send("holders/", given);
    if (!answer.ok) return;
    tickets().forEach((ticket) => {
      hold(ticket, answer.holders[ticket.dataset.id]);
    });
  }
  setInterval(() => holders().catch(() => {}), HOLDERS_EVERY);

  desk.dataset.waiting = 0; // from now on keys are heard
  if (!ON_PHONE.matches) here()?.querySelector(".ticket__link").focus({ preventScroll: true });
})();
