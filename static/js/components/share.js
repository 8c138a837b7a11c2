// The system's own share sheet, where there is one.
if (navigator.share) for (const button of document.querySelectorAll('[data-share]')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    const { share: url, title } = button.dataset;
    navigator.share({ url, title }).catch(() => {}); // closed without a choice
  });
}
