// The page of ordered variants: what changed is taken from the page as it is now.
(() => {
  const EVERY = 1500; // milliseconds
  const list = document.getElementById("variants");
  const texts = document.getElementById("texts");

  async function look() {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const now = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = now.getElementById("variants");
    [...fresh.children].forEach((variant, place) => {
      const old = list.children[place];
      if (old.dataset.state !== variant.dataset.state) old.replaceWith(variant);
    });
    const newTexts = now.getElementById("texts");
    if (texts.hidden && !newTexts.hidden) texts.replaceChildren(...newTexts.childNodes);
    texts.hidden = newTexts.hidden;
    list.toggleAttribute("data-live", fresh.hasAttribute("data-live"));
  }

  async function watch() {
    await look().catch(() => {});
    if (list.hasAttribute("data-live")) setTimeout(watch, EVERY);
  }

  if (list.hasAttribute("data-live")) setTimeout(watch, EVERY);
})();
