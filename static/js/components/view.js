// A view is a second of looking, told once and never waited for.
for (const { dataset } of document.querySelectorAll('[data-view]')) {
  let timer;
  const look = () => {
    clearTimeout(timer);
    if (document.visibilityState !== 'visible' || document.prerendering) return;
    timer = setTimeout(() => {
      document.removeEventListener('visibilitychange', look);
      navigator.sendBeacon(dataset.view);
    }, 1000);
  };
  document.addEventListener('visibilitychange', look);
  document.addEventListener('prerenderingchange', look);
  look();
}
