// Shares and remixes begun: the button that was pressed is told, never who pressed it.
for (const work of document.querySelectorAll('[data-view]')) work.addEventListener('click', ({ target }) => {
  const it = target.closest('.share :is(a, button), a[href^="smartspec:"], [data-copy]');
  if (!it) return;
  const { copy, share } = it.dataset, isShare = it.closest('.share');
  const shared = copy ? 'copy' : share ? 'send' : it.protocol === 'mailto:' ? 'mail' : it.textContent.trim().toLowerCase();
  const made = copy ? (it.closest('.recipe') ? 'api' : 'prompt') : 'app';
  navigator.sendBeacon(`${work.dataset.view}?utm_source=${isShare ? 'share' : 'remix'}&utm_medium=${isShare ? shared : made}`);
});
