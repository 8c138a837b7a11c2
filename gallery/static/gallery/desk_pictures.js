// Pictures on the desk: films play while the pointer rests on them, and all can be blurred.
(() => {
  const desk = document.getElementById("desk");
  const queue = document.getElementById("queue");
  const blur = document.getElementById("blur");
  const FILM_AFTER = 200; // milliseconds
  let rest = 0;

  queue.addEventListener("pointerover", (event) => {
    const ticket = event.target.closest("[data-film]");
    if (!ticket || ticket.querySelector("video") || event.pointerType === "touch") return;
    clearTimeout(rest);
    rest = setTimeout(() => {
      const film = document.createElement("video");
      Object.assign(film, { src: ticket.dataset.film, muted: true, loop: true, playsInline: true });
      ticket.querySelector(".ticket__view").append(film);
      film.play().catch(() => film.remove());
      ticket.addEventListener("pointerleave", () => film.remove(), { once: true });
    }, FILM_AFTER);
  });
  queue.addEventListener("pointerout", () => clearTimeout(rest));

  // a preference of this browser
  function apply() {
    localStorage.setItem("desk-blur", blur.checked ? "1" : "0");
    desk.toggleAttribute("data-blur", blur.checked);
  }
  blur.closest("label").hidden = false;
  blur.checked = localStorage.getItem("desk-blur") === "1";
  blur.addEventListener("change", apply);
  apply();
})();
