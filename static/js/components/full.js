// The work as large as the window: Escape closes, arrow keys turn to the works beside it.
const opener = document.querySelector('[data-full]'), full = document.querySelector('.full');
if (opener && full) {
  const stage = full.querySelector('.full__stage'), wall = opener.parentElement;
  const show = () => {
    if (!stage.firstChild) {
      const picture = (wall.querySelector('picture') || wall.querySelector('img')).cloneNode(true);
      for (const part of [picture, ...picture.children]) if (part.sizes) part.sizes = '100vw';
      stage.append(picture);
    }
    full.showModal();
  };
  opener.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show();
  });
  wall.addEventListener('click', (event) => { if (event.target.tagName === 'IMG') show(); });
  wall.classList.add('work__frame--opens');
  stage.addEventListener('click', () => full.close());
  full.querySelector('[data-full-close]').addEventListener('click', () => full.close());
  full.addEventListener('close', () => {
    if (location.hash === '#full') history.replaceState(history.state, '', location.pathname + location.search);
    opener.focus();
  });
  full.addEventListener('keydown', ({ key, altKey }) => {
    const turn = !altKey && full.querySelector(`[data-key="${key}"]`);
    if (turn) location.replace(turn.href);
  });
  if (location.hash === '#full') show();
}
