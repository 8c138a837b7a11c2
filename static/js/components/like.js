// Likes: counted once per visitor by the server, remembered here so that the page itself stays the same for all.
for (const button of document.querySelectorAll('[data-like]')) {
  const { like } = button.dataset, count = button.querySelector('[data-count]');
  const show = (liked) => button.setAttribute('aria-pressed', liked);
  try { show(localStorage.getItem(like) === '1'); } catch { continue; }
  button.hidden = false;
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      const response = await fetch(like, { method: 'POST' });
      if (!response.ok) return;
      const { liked, like_count } = await response.json();
      show(liked);
      count.textContent = like_count;
      if (liked) localStorage.setItem(like, '1'); else localStorage.removeItem(like);
    } catch { // offline: nothing was liked
    } finally {
      button.disabled = false;
      button.focus();
    }
  });
}
