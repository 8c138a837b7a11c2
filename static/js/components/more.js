// The last leaf brings the next page into this one. The page remembers how far it was unrolled, and where
// its reader stood, for the way back from a work.
const rows = document.querySelector('[data-more]');
if (rows) {
  const said = document.createElement('p');
  said.className = 'quiet';
  said.setAttribute('role', 'status');
  rows.after(said);
  const leaf = () => rows.querySelector('.leaf__link[rel="next"]');
  const unroll = async () => {
    const response = await fetch(leaf().href);
    if (!response.ok) throw new Error(response.status);
    const next = new DOMParser().parseFromString(await response.text(), 'text/html');
    const known = new Set([...rows.querySelectorAll('.card__link')].map((link) => link.pathname));
    const cards = [...next.querySelectorAll('[data-more] > .card')]
      .filter((card) => !known.has(card.querySelector('a').pathname));
    const turn = next.querySelector('[data-more] > .leaf'), pager = next.querySelector('.pager');
    if (turn) leaf().parentElement.replaceWith(...cards, turn); else leaf().parentElement.replaceWith(...cards);
    if (pager) document.querySelector('.pager')?.replaceWith(pager);
    return cards;
  };
  rows.addEventListener('click', async (event) => {
    const link = event.target.closest('.leaf__link[rel="next"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.ariaBusy) return;
    link.ariaBusy = 'true';
    try {
      const cards = await unroll();
      history.replaceState({ ...history.state, pages: (history.state?.pages || 0) + 1 }, '');
      said.textContent = rows.dataset.more.replace('0', cards.length);
      cards[0]?.querySelector('a').focus({ preventScroll: true });
    } catch {
      location.assign(link.href);
    }
  });
  addEventListener('pagehide', () => {
    if (history.state?.pages) history.replaceState({ ...history.state, y: scrollY }, '');
  });
  const { pages, y } = history.state || {};
  if (pages) (async () => {
    history.scrollRestoration = 'manual';
    try {
      for (let at = 0; at < pages && leaf(); at += 1) await unroll();
    } catch { // what is there stays
    }
    scrollTo(0, y || 0);
    history.scrollRestoration = 'auto';
  })();
}
