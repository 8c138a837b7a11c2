// Copy buttons: shown only where they work, answered in words.
if (navigator.clipboard) for (const button of document.querySelectorAll('[data-copy]')) {
  const word = button.querySelector('span'), before = word.textContent;
  word.setAttribute('aria-live', 'polite');
  button.hidden = false;
  button.addEventListener('click', async () => {
    const { copy, done } = button.dataset;
    const text = copy[0] === '#' ? document.querySelector(copy).textContent : copy;
    await navigator.clipboard.writeText(text);
    word.textContent = done;
    setTimeout(() => { word.textContent = before; }, 2000);
  });
}
