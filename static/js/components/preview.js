// A film on a card moves after a quarter of a second of attention, without sound, and stops when it ends.
const calm = matchMedia('(prefers-reduced-motion: reduce)');
let wanted, moving;
const rest = () => {
  clearTimeout(wanted);
  moving?.remove();
  moving = null;
};
const attend = ({ target }) => {
  const card = target.closest?.('[data-preview]');
  if (!card || calm.matches || navigator.connection?.saveData) return;
  rest();
  wanted = setTimeout(() => {
    moving = Object.assign(document.createElement('video'), { className: 'card__preview', muted: true, playsInline: true });
    moving.setAttribute('aria-hidden', 'true');
    moving.addEventListener('playing', () => moving?.classList.add('card__preview--on'));
    moving.addEventListener('ended', rest);
    moving.src = card.dataset.preview;
    card.querySelector('.card__frame').append(moving);
    moving.play().catch(rest);
  }, 250);
};
document.addEventListener('pointerover', (event) => {
  if (event.pointerType === 'mouse' && !event.relatedTarget?.closest?.('[data-preview]')?.contains(event.target)) attend(event);
});
document.addEventListener('pointerout', ({ target, relatedTarget }) => {
  const card = target.closest?.('[data-preview]');
  if (card && !card.contains(relatedTarget)) rest();
});
document.addEventListener('focusin', (event) => { if (event.target.matches(':focus-visible')) attend(event); });
document.addEventListener('focusout', rest);
